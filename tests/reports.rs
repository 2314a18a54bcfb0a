//! One sample through every format; each position is read back from the source.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic, and the sample is known")]

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
use authorizer_lint::report::Lines;
use authorizer_lint::report::Look;
use authorizer_lint::report::Paint;
use authorizer_lint::report::uri::Base;
use authorizer_lint::report::uri::System;
use authorizer_lint::rules::RULES;
use authorizer_lint::select::Conclusion;
use authorizer_lint::select::Entry;
use authorizer_lint::select::Exceptions;
use authorizer_lint::select::Hidden;
use authorizer_lint::select::Need;
use authorizer_lint::select::Report;
use authorizer_lint::select::Selection;
use authorizer_lint::select::Suppression;
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
    let report = select(&facts, sample.findings.clone(), EVERYTHING, &Exceptions::none());
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
fn messages_break_between_words_in_terminals_and_nowhere_in_files() {
    let message = |text: &str| -> Vec<String> {
        let first = text.lines().take_while(|line| !line.trim_start().starts_with("-->"));
        first.flat_map(str::split_whitespace).map(str::to_owned).collect()
    };
    let summary = |text: &str| text.split("shared cache").last().unwrap().to_owned();
    for width in [40, 60, 80] {
        let narrow = text(Look { width, lines: Lines::Wrapped, ..Look::PLAIN });
        assert_eq!(message(&narrow), message(&text(Look::PLAIN)));
        let long = |line: &str| line.chars().count() > width;
        // A rule's name may leave no room to go on below the message.
        let title = narrow.lines().take_while(|line| !line.trim_start().starts_with("-->"));
        assert!(!title.into_iter().any(long) || width == 40, "{narrow}");
        assert!(!summary(&narrow).lines().any(long), "{narrow}");
        let whole = text(Look { width, ..Look::PLAIN });
        assert_eq!(whole.lines().next(), text(Look::PLAIN).lines().next());
        assert_eq!(summary(&whole), summary(&text(Look::PLAIN)));
    }
}

#[test]
fn one_line_a_finding() {
    insta::assert_snapshot!(written(report::concise::write));
}

#[test]
fn nothing_private_is_printed() {
    let full = Look { detail: Detail::Full, width: 400, ..Look::PLAIN };
    let coloured = Look { paint: Paint::Ansi, ..Look::PLAIN };
    let ci = [
        written(|report, out| report::sarif::write(report, &base(), out)),
        written(|report, out| report::github::write(report, &base(), out)),
        written(|report, out| report::gitlab::write(report, &base(), out)),
        written(|report, out| report::junit::write(report, &base(), Some(Severity::Note), out)),
        written(report::jsonl::write),
    ];
    let ours = [text(full), text(coloured), written(report::concise::write), written(report::json::write)];
    for shown in ours.into_iter().chain(ci) {
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
    assert_eq!(places, PRIMARY);
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
    expect(
        &report["summary"],
        "policies routes shared_scopes errors warnings notes skipped_files undecided ignored baselined",
    );
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
        let report = select(
            &facts,
            sample.findings.clone(),
            Selection { fail_on, min_severity, ..EVERYTHING },
            &Exceptions::none(),
        );
        (report.entries.len(), report.conclusion)
    };
    assert_eq!(count(Some(Severity::Note), Severity::Error), (3, Conclusion::Findings));
    assert_eq!(count(Some(Severity::Error), Severity::Note), (3, Conclusion::Findings));
    assert_eq!(count(Some(Severity::Error), Severity::Error), (2, Conclusion::Findings));
    assert_eq!(count(None, Severity::Error), (2, Conclusion::Clean));
}

/// A place as a format tells it: the file, then line, column, end line, end column.
type Told = (String, [u64; 4]);

fn told(file: &str, numbers: [&Value; 4]) -> Told {
    (file.to_owned(), numbers.map(|number| number.as_u64().unwrap()))
}

/// What stands in the sample at a place.
fn read_back((file, [line, column, end_line, end_column]): &Told) -> String {
    at(&serde_json::json!({
        "file": file, "line": line, "column": column, "end_line": end_line, "end_column": end_column,
    }))
}

fn base() -> Base {
    Base::new(System::Unix, "/repo", &[])
}

fn sarif() -> Value {
    serde_json::from_str(&written(|report, out| report::sarif::write(report, &base(), out))).unwrap()
}

/// A location of SARIF.
fn of_sarif(location: &Value) -> Told {
    let physical = &location["physicalLocation"];
    let region = ["startLine", "startColumn", "endLine", "endColumn"].map(|key| &physical["region"][key]);
    told(physical["artifactLocation"]["uri"].as_str().unwrap(), region)
}

const PRIMARY: [&str; 3] = [RESOURCE, "{\"token\": \"CANARY-4\"}", "\"CANARY-5"];

#[test]
fn sarif_places_are_those_of_the_files() {
    let sarif = sarif();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let places: Vec<String> = results.iter().map(|result| read_back(&of_sarif(&result["locations"][0]))).collect();
    assert_eq!(places, PRIMARY);
    let related = &results[0]["relatedLocations"];
    assert_eq!(read_back(&of_sarif(&related[0])), "POST /v1/orders");
    assert_eq!(read_back(&of_sarif(&related[1])), "\"CANARY-2\"");
    assert_eq!(related[0]["message"]["text"], "refused while the response is cached");
    let message = results[0]["message"]["text"].as_str().unwrap();
    assert!(message.contains("[refused while the response is cached](1); [private](2)"), "{message}");
    assert_eq!(sarif["runs"][0]["columnKind"], "unicodeCodePoints");
    let logical = &results[0]["locations"][0]["logicalLocations"][0]["fullyQualifiedName"];
    assert_eq!(logical, "/policyDocument/Statement/0/Resource");
}

#[test]
fn sarif_lists_every_rule_and_results_point_at_theirs() {
    let sarif = sarif();
    let run = &sarif["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let ids: Vec<&str> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert_eq!(ids, RULES.iter().map(|rule| rule.id).collect::<Vec<_>>());
    for result in run["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(ids[index], result["ruleId"].as_str().unwrap());
        assert_eq!(result["partialFingerprints"]["authorizerLint/v1"].as_str().unwrap().len(), 32);
        assert!(result.get("suppressions").is_none() && result.get("fixes").is_none());
    }
    let levels: Vec<&Value> = run["results"].as_array().unwrap().iter().map(|result| &result["level"]).collect();
    assert_eq!(levels, ["error", "note", "error"]);
    // The sample holds a file that could not be read.
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    let pedantic = rules.iter().find(|rule| rule["id"] == "greedy-wildcard").unwrap();
    assert_eq!(pedantic["defaultConfiguration"], serde_json::json!({"enabled": false, "level": "note"}));
    assert_eq!(pedantic["properties"]["problem.severity"], "recommendation");
}

#[test]
fn sarif_keeps_what_is_hidden_and_says_on_whose_word() {
    let shown = written(|report, out| {
        let mut report =
            select(&facts(report.project, report.sources, Effort::Usual), Vec::new(), EVERYTHING, &Exceptions::none());
        let mut entry = |by, number: usize| {
            let finding = sample().findings.swap_remove(number);
            report.hidden.push(Hidden { entry: Entry { finding, fingerprint: format!("{number:032x}") }, by });
        };
        entry(Suppression::Ignore("tracked elsewhere".to_owned()), 0);
        entry(Suppression::Baseline, 1);
        report.entries.push(Entry { finding: sample().findings.swap_remove(2), fingerprint: "f".repeat(32) });
        report::sarif::write(&report, &base(), out)
    });
    let sarif: Value = serde_json::from_str(&shown).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let suppressions: Vec<&Value> = results.iter().map(|result| &result["suppressions"]).collect();
    assert_eq!(suppressions[0], &serde_json::json!([]), "all results tell or none");
    assert_eq!(suppressions[1][0]["justification"], "tracked elsewhere");
    assert_eq!(suppressions[2][0]["kind"], "external");
}

#[test]
fn gitlab_places_are_those_of_the_files() {
    let shown = written(|report, out| report::gitlab::write(report, &base(), out));
    let found: Vec<Value> = serde_json::from_str(&shown).unwrap();
    let place = |one: &Value| {
        let positions = &one["location"]["positions"];
        let numbers = [("begin", "line"), ("begin", "column"), ("end", "line"), ("end", "column")];
        let numbers = numbers.map(|(end, key)| &positions[end][key]);
        read_back(&told(one["location"]["path"].as_str().unwrap(), numbers))
    };
    assert_eq!(found.iter().map(place).collect::<Vec<_>>(), PRIMARY);
    assert_eq!(found.iter().map(|one| &one["severity"]).collect::<Vec<_>>(), ["critical", "info", "critical"]);
    let described = found[2]["description"].as_str().unwrap();
    assert_eq!((described, &found[2]["check_name"]), ("invalid-input: not valid JSON", &Value::from("invalid-input")));
}

#[test]
fn annotations_are_at_the_places_of_the_files() {
    let shown = written(|report, out| report::github::write(report, &base(), out));
    let place = |line: &str| {
        let (properties, _) = line.split_once("::").unwrap().1.split_once("::").unwrap();
        let property = |name: &str| {
            let (_, rest) = properties.split_once(&format!("{name}=")).unwrap();
            rest.split(',').next().unwrap().to_owned()
        };
        let number = |name| property(name).parse::<u64>().unwrap();
        read_back(&(property("file"), [number("line"), number("col"), number("endLine"), number("endColumn")]))
    };
    assert_eq!(shown.lines().map(place).collect::<Vec<_>>(), PRIMARY);
    let kinds: Vec<&str> = shown.lines().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(kinds, ["::error", "::notice", "::error"]);
}

#[test]
fn lines_of_json_are_the_findings_of_the_report() {
    let lines: Vec<Value> =
        written(report::jsonl::write).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(Value::from(lines), json()["findings"]);
}

#[test]
fn test_cases_fail_where_the_run_does() {
    let junit = |fail_on| written(|report, out| report::junit::write(report, &base(), fail_on, out));
    insta::assert_snapshot!("junit", junit(Some(Severity::Warning)));
    let counts =
        |shown: &str| ["<testcase ", "<failure ", "<error ", "<system-out>"].map(|tag| shown.matches(tag).count());
    assert_eq!(counts(&junit(Some(Severity::Warning))), [4, 2, 1, 1]);
    assert_eq!(counts(&junit(Some(Severity::Note))), [4, 3, 1, 0]);
    assert_eq!(counts(&junit(None)), [4, 0, 1, 3]);
}

#[test]
fn a_clean_run_is_a_report_too() {
    let empty = |write: &dyn Fn(&Report<'_>, &mut dyn Write) -> io::Result<()>| {
        written(|report, out| {
            let facts = facts(report.project, report.sources, Effort::Usual);
            let mut report = select(&facts, Vec::new(), EVERYTHING, &Exceptions::none());
            report.conclusion = Conclusion::Clean;
            write(&report, out)
        })
    };
    let junit = empty(&|report, out| report::junit::write(report, &base(), Some(Severity::Note), out));
    assert!(junit.contains("tests=\"1\" failures=\"0\" errors=\"0\""), "{junit}");
    assert_eq!(empty(&|report, out| report::gitlab::write(report, &base(), out)), "[]\n");
    assert_eq!(empty(&|report, out| report::github::write(report, &base(), out)), "");
    assert_eq!(empty(&report::jsonl::write), "");
    let sarif: Value = serde_json::from_str(&empty(&|report, out| report::sarif::write(report, &base(), out))).unwrap();
    assert_eq!(sarif["runs"][0]["results"], serde_json::json!([]));
    assert_eq!(sarif["runs"][0]["invocations"][0]["executionSuccessful"], true);
}

/// A finding with several lines in its message, in a file whose name has all that a format could trip over.
fn awkward(name: &str, write: impl FnOnce(&Report<'_>, &mut dyn Write) -> io::Result<()>) -> String {
    let mut sources = Sources::default();
    let id = sources.add(name, "GET /a,b\r\n");
    let project = Project::default();
    let facts = facts(&project, &sources, Effort::Usual);
    let message = "100% of `/[a](b)`: <x> & \"y\"\r\n::error::no,\n\0\u{ffff}ß";
    let found = finding((Severity::Error, "invalid-input"), message, label(&sources, id, "/a,b", "here, [there](1)"))
        .with_related(span(&sources, id, "GET"), "and [here](2)");
    let mut report = select(&facts, vec![found], EVERYTHING, &Exceptions::none());
    report.conclusion = Conclusion::Findings;
    let mut out = Vec::new();
    write(&report, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

const WINDOWS: &str = r"C:\repo\a b\50%,#ß.json";

fn windows() -> Base {
    Base::new(System::Windows, r"C:\repo", &[])
}

#[test]
fn annotations_survive_awkward_names_and_messages() {
    let place = "line=1,col=5,endLine=1,endColumn=9,title=invalid-input";
    let message = "100%25 of `/[a](b)`: <x> & \"y\"\\u{d}%0A::error::no,%0A\\u{0}\u{ffff}ß";
    let shown = awkward(WINDOWS, |report, out| report::github::write(report, &windows(), out));
    assert_eq!(shown, format!("::error file=a b/50%25%2C#ß.json,{place}::{message}\n"));
    let shown = awkward("a\\b:c\n.json", |report, out| report::github::write(report, &base(), out));
    assert_eq!(shown, format!("::error file=a\\b%3Ac%0A.json,{place}::{message}\n"));
    let shown = awkward(r"D:\x.json", |report, out| report::github::write(report, &windows(), out));
    assert!(shown.starts_with("::error file=D%3A/x.json,line=1,"), "{shown}");
}

#[test]
fn json_formats_survive_awkward_names_and_messages() {
    let sarif = |name: &str, base: &Base| -> Value {
        serde_json::from_str(&awkward(name, |report, out| report::sarif::write(report, base, out))).unwrap()
    };
    let uri = |sarif: &Value| {
        let location = &sarif["runs"][0]["results"][0]["locations"][0];
        location["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap().to_owned()
    };
    assert_eq!(uri(&sarif(WINDOWS, &windows())), "a%20b/50%25%2C%23%C3%9F.json");
    assert_eq!(uri(&sarif(r"D:\x.json", &windows())), "file:///D:/x.json");
    assert_eq!(uri(&sarif("a\\b c\n.json", &base())), "a%5Cb%20c%0A.json");
    assert_eq!(uri(&sarif("/else where/x.json", &base())), "file:///else%20where/x.json");
    let shown = sarif(WINDOWS, &windows());
    let result = &shown["runs"][0]["results"][0];
    let message =
        "100% of `/\\[a\\](b)`: <x> & \"y\"\\u{d}\n::error::no,\n\\u{0}\u{ffff}ß.\nSee [and \\[here\\](2)](1).";
    assert_eq!(result["message"]["text"], message);
    assert_eq!(result["relatedLocations"][0]["message"]["text"], "and \\[here\\](2)");

    let gitlab = |name: &str, base: &Base| -> Value {
        serde_json::from_str(&awkward(name, |report, out| report::gitlab::write(report, base, out))).unwrap()
    };
    assert_eq!(gitlab(WINDOWS, &windows())[0]["location"]["path"], "a b/50%,#ß.json");
    assert_eq!(gitlab("./a\\b.json", &base())[0]["location"]["path"], "a\\b.json");
    let line: Value = serde_json::from_str(&awkward(WINDOWS, report::jsonl::write)).unwrap();
    assert_eq!(line["location"]["file"], WINDOWS, "as it was typed");
}

#[test]
fn test_cases_survive_awkward_names_and_messages() {
    let shown = awkward(WINDOWS, |report, out| report::junit::write(report, &windows(), Some(Severity::Note), out));
    assert!(shown.contains("<testsuite name=\"a b/50%,#ß.json\" "), "{shown}");
    let message = "100% of `/[a](b)`: &lt;x&gt; &amp; &quot;y&quot;\\u{d}&#10;::error::no,&#10;\\u{0}ß";
    assert!(shown.contains(&format!("message=\"{message}\"")), "{shown}");
}

#[test]
fn text_survives_awkward_names_and_messages() {
    assert_eq!(
        awkward("a b\n\u{1b}.json", report::concise::write),
        "a b\\u{a}\\u{1b}.json:1:5: error[invalid-input] 100% of `/[a](b)`: <x> & \"y\"\\u{d} ::error::no, \\u{0}\u{ffff}ß\n"
    );
    let shown = awkward("a b\n\u{1b}.json", |report, out| report::text::write(report, &Look::PLAIN, out));
    assert!(shown.contains("--> a b\\u{a}\\u{1b}.json:1:5\n"), "{shown}");
    assert!(awkward(WINDOWS, |report, out| report::text::write(report, &Look::PLAIN, out)).contains(WINDOWS));
}
