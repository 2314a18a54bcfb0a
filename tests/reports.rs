//! One sample through every format; each position is read back from the source.
#![expect(clippy::unwrap_used, reason = "a test may panic, and the sample is known")]

use std::io;
use std::io::Write;

use authorizer_lint::analysis::Effort;
use authorizer_lint::analysis::facts;
use authorizer_lint::finding::Confidence;
use authorizer_lint::finding::Evidence;
use authorizer_lint::finding::Finding;
use authorizer_lint::finding::Label;
use authorizer_lint::finding::OutcomeName;
use authorizer_lint::finding::Refused;
use authorizer_lint::finding::Severity;
use authorizer_lint::load;
use authorizer_lint::load::Met;
use authorizer_lint::load::PolicyInput;
use authorizer_lint::model::project::Project;
use authorizer_lint::model::project::Settings;
use authorizer_lint::model::route::Method;
use authorizer_lint::model::route::Request;
use authorizer_lint::report;
use authorizer_lint::report::Detail;
use authorizer_lint::report::Look;
use authorizer_lint::report::Paint;
use authorizer_lint::select::Conclusion;
use authorizer_lint::select::Need;
use authorizer_lint::select::Report;
use authorizer_lint::select::Selection;
use authorizer_lint::select::select;
use authorizer_lint::source::SourceId;
use authorizer_lint::source::Sources;
use authorizer_lint::source::Span;
use serde_json::Value;

/// A masked value stands before the Resource in its line, and one that isn't ASCII.
const RESPONSE: &str = r#"{
  "principalId": "CANARY-1", "größe": "CANARY-2", "policyDocument": {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "execute-api:Invoke", "Condition": {"StringEquals": {"aws:x": "CANARY-3"}}, "Resource": "arn:aws:execute-api:eu-west-1:123456789012:abc/dev/GET/v1/users"}]
  }, "context": {"token": "CANARY-4"}
}
"#;
const RESOURCE: &str = "\"arn:aws:execute-api:eu-west-1:123456789012:abc/dev/GET/v1/users\"";
const ROUTES: &str = "GET /v1/users\nGET /v1/users/{id}\nPOST /v1/orders\n";
const BROKEN: &str = "{\"principalId\": \"CANARY-5";

struct Sample {
    sources: Sources,
    project: Project,
    findings: Vec<Finding>,
}

fn sample() -> Sample {
    let mut sources = Sources::default();
    let response = sources.add("policies/echo.json", RESPONSE);
    let routes = sources.add("routes.txt", ROUTES);
    let broken = sources.add("broken.json", BROKEN);
    let named = |source| PolicyInput { source, met: Met::Named };
    let inputs = load::Inputs {
        policies: vec![named(response), named(broken)],
        routes: vec![routes],
        ..load::Inputs::default()
    };
    let project = load::project(&sources, &inputs, Settings::default());
    let echo = finding(
        (Severity::Error, "method-arn-echo"),
        "the policy allows only `GET /v1/users` of 3 routes that share it",
        label(&sources, response, RESOURCE, "the request that was answered first"),
    )
    .with_related(span(&sources, routes, "POST /v1/orders"), "refused while the response is cached")
    .with_related(span(&sources, response, "\"CANARY-2\""), "private")
    .with_help(
        "allow every route that the caller may use: `arn:aws:execute-api:eu-west-1:123456789012:abc/dev/*/v1/*`",
    );
    let declared = span(&sources, routes, "POST /v1/orders");
    let order = Request { method: Some(Method::Post), path: "v1/orders".to_owned() };
    let echo = echo.with_evidence(Evidence {
        authorizer: "default".to_owned(),
        cache_key: vec!["method.request.header.Authorization".to_owned()],
        ttl: Some(300),
        ttl_origin: "API Gateway's default".to_owned(),
        routes_in_scope: 3,
        routes_allowed: 1,
        routes_partly: 0,
        refused: (1..=7).map(|number| refused(number, &order, declared)).collect(),
    });
    let context = label(&sources, response, "{\"token\": \"CANARY-4\"}", "nested");
    let note = finding((Severity::Note, "nested-context"), "a note\u{1b}[31m", context);
    let unread = label(&sources, broken, "\"CANARY-5", "reading ends here");
    let invalid = finding((Severity::Error, "invalid-input"), "not valid JSON", unread);
    Sample { sources, project, findings: vec![echo, note, invalid] }
}

fn refused(number: usize, request: &Request, declared: Span) -> Refused {
    Refused {
        route: if number == 1 { "POST /v1/orders".to_owned() } else { format!("POST /v1/{{x{number}}}") },
        request: request.clone(),
        outcome: OutcomeName::ImplicitDeny,
        declared,
    }
}

fn finding((severity, rule): (Severity, &'static str), message: &str, primary: Label) -> Finding {
    Finding {
        rule,
        severity,
        confidence: Confidence::High,
        message: message.to_owned(),
        primary,
        related: Vec::new(),
        help: String::new(),
        evidence: None,
        yields_to: Vec::new(),
    }
}

fn label(sources: &Sources, source: SourceId, text: &str, label: &str) -> Label {
    Label { span: span(sources, source, text), text: label.to_owned() }
}

fn span(sources: &Sources, source: SourceId, text: &str) -> Span {
    let start = sources.get(source).text.find(text).unwrap();
    let offset = |at: usize| u32::try_from(at).unwrap();
    Span { source, start: offset(start), end: offset(start + text.len()) }
}

const EVERYTHING: Selection = Selection {
    fail_on: Some(Severity::Warning),
    min_severity: Severity::Note,
    policies: Need::Required,
    routes: Need::Required,
};

fn written(write: impl FnOnce(&Report<'_>, &mut dyn Write) -> io::Result<()>) -> String {
    let sample = sample();
    let facts = facts(&sample.project, &sample.sources, Effort::Usual);
    let report = select(&facts, sample.findings.clone(), EVERYTHING);
    let mut out = Vec::new();
    write(&report, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn text(look: Look) -> String {
    written(|report, out| report::text::write(report, &look, out))
}

fn json() -> Value {
    serde_json::from_str(&written(report::json::write)).unwrap()
}

/// What stands in the sample at a place of the JSON report.
fn at(place: &Value) -> String {
    let source = match place["file"].as_str().unwrap() {
        "routes.txt" => ROUTES,
        "broken.json" => BROKEN,
        _ => RESPONSE,
    };
    let number = |key: &str| usize::try_from(place[key].as_u64().unwrap()).unwrap();
    assert_eq!(number("line"), number("end_line"));
    let line = source.lines().nth(number("line") - 1).unwrap();
    line.chars().skip(number("column") - 1).take(number("end_column") - number("column")).collect()
}

#[test]
fn text_for_people() {
    insta::assert_snapshot!("wide", text(Look::PLAIN));
    insta::assert_snapshot!("narrow", text(Look { width: 50, detail: Detail::Brief, ..Look::PLAIN }));
}

#[test]
fn one_line_a_finding() {
    insta::assert_snapshot!(written(report::concise::write));
}

#[test]
fn nothing_private_is_printed() {
    let full = Look { detail: Detail::Full, width: 400, ..Look::PLAIN };
    let coloured = Look { paint: Paint::Ansi, ..Look::PLAIN };
    for shown in [text(full), text(coloured), written(report::concise::write), written(report::json::write)] {
        assert!(!shown.contains("CANARY"), "{shown}");
    }
    assert!(!text(full).contains('\u{1b}'));
    assert!(text(coloured).contains('\u{1b}'));
}

#[test]
fn json_places_are_those_of_the_files() {
    let report = json();
    let findings = report["findings"].as_array().unwrap();
    let places: Vec<String> = findings.iter().map(|finding| at(&finding["location"])).collect();
    assert_eq!(places, [RESOURCE, "{\"token\": \"CANARY-4\"}", "\"CANARY-5"]);
    assert_eq!(at(&findings[0]["related"][0]), "POST /v1/orders");
    assert_eq!(at(&findings[0]["related"][1]), "\"CANARY-2\"");
    assert_eq!(findings[0]["location"]["pointer"], "/policyDocument/Statement/0/Resource");
}

#[test]
fn text_underlines_what_it_means_although_the_line_is_masked_and_cut() {
    for width in [40, 60, 80, 120, 250] {
        let shown = text(Look { width, ..Look::PLAIN });
        let lines: Vec<&str> = shown.lines().collect();
        let carets = lines.iter().position(|line| line.contains("^^")).unwrap();
        let marked: String = (lines[carets - 1].chars().zip(lines[carets].chars()))
            .filter_map(|(symbol, caret)| (caret == '^').then_some(symbol))
            .collect();
        let (start, end) = marked.split_once(['…', '.']).unwrap_or((&marked, ""));
        assert!(RESOURCE.starts_with(start) && RESOURCE.ends_with(end.trim_start_matches('.')), "{width}: {marked}");
        assert!(start.len() > 5, "{shown}");
        assert!(shown.contains("--> policies/echo.json:4:137\n"), "{shown}");
        let rows = lines.iter().filter(|line| line.contains(" | "));
        assert!(rows.map(|line| line.chars().count()).max().unwrap() <= width.max(60) + 45, "{shown}");
    }
}

#[test]
fn json_has_the_promised_keys() {
    let report = json();
    let keys = |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    let expect = |value: &Value, expected: &str| {
        let mut expected: Vec<&str> = expected.split(' ').collect();
        expected.sort_unstable();
        let mut found = keys(value);
        found.sort_unstable();
        assert_eq!(found, expected);
    };
    expect(&report, "schema_version tool summary findings");
    expect(&report["tool"], "name version");
    expect(&report["summary"], "policies routes shared_scopes errors warnings notes skipped_files undecided");
    let finding = &report["findings"][0];
    expect(finding, "rule severity confidence message help fingerprint location related evidence url");
    expect(&finding["location"], "file line column end_line end_column pointer");
    expect(&finding["related"][0], "file line column end_line end_column text");
    let evidence = "authorizer cache_key ttl routes_in_scope routes_allowed routes_partly refused_total refused";
    expect(&finding["evidence"], evidence);
    expect(&finding["evidence"]["refused"][0], "route request outcome");
    assert_eq!(finding["evidence"]["refused"][0]["outcome"], "implicit-deny");
    assert_eq!(finding["evidence"]["refused_total"], 7);
    assert!(report["findings"][1]["evidence"].is_null());
}

#[test]
fn the_matrix_and_the_routes_have_the_promised_keys() {
    let sample = sample();
    let facts = facts(&sample.project, &sample.sources, Effort::Usual);
    let (mut matrix, mut routes, mut people) = (Vec::new(), Vec::new(), Vec::new());
    report::matrix::json::write(&facts, &mut matrix).unwrap();
    report::routes::json::write(&sample.project, &sample.sources, &mut routes).unwrap();
    report::matrix::text::write(&facts, &Look::PLAIN, &mut people).unwrap();
    people.push(b'\n');
    report::routes::text::write(&sample.project, &sample.sources, &Look::PLAIN, &mut people).unwrap();
    insta::assert_snapshot!("matrix.json", String::from_utf8(matrix).unwrap());
    insta::assert_snapshot!("routes.json", String::from_utf8(routes).unwrap());
    insta::assert_snapshot!("matrix_and_routes", String::from_utf8(people).unwrap());
}

#[test]
fn a_threshold_never_hides_what_fails_the_run() {
    let mut sample = sample();
    sample.project.unreadable.clear();
    let facts = facts(&sample.project, &sample.sources, Effort::Usual);
    let count = |fail_on, min_severity| {
        let report = select(&facts, sample.findings.clone(), Selection { fail_on, min_severity, ..EVERYTHING });
        (report.entries.len(), report.conclusion)
    };
    assert_eq!(count(Some(Severity::Note), Severity::Error), (3, Conclusion::Findings));
    assert_eq!(count(Some(Severity::Error), Severity::Note), (3, Conclusion::Findings));
    assert_eq!(count(Some(Severity::Error), Severity::Error), (2, Conclusion::Findings));
    assert_eq!(count(None, Severity::Error), (2, Conclusion::Clean));
}
