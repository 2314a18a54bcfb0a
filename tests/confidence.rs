//! How bad and how sure is a finding, where that hangs on a detail? Each row is one Resource or one policy, and the findings about it.

use authorizer_lint::analysis::facts;
use authorizer_lint::load;
use authorizer_lint::load::Inputs;
use authorizer_lint::load::Met;
use authorizer_lint::load::PolicyInput;
use authorizer_lint::model::project::Settings;
use authorizer_lint::model::project::Unknown;
use authorizer_lint::rules;
use authorizer_lint::rules::Levels;
use authorizer_lint::source::Sources;
use authorizer_lint::source::Span;
use serde_json::Value;
use serde_json::json;

const API: &str = "arn:aws:execute-api:eu-west-1:481203957716:q7h2kx9d3m/prod/";

#[test]
fn a_shape_that_may_be_meant_is_less_sure() {
    for (resource, expected) in [
        ("arn:aws:execute-api:eu-west-1:481203957716:q7h2kx9d3m:prod/GET/media", "malformed-arn error high"),
        ("arn:aws:execute-api:eu-west-1:*:*:GET:/media", "malformed-arn error medium"),
        ("arn:aws:execute-api:::q7h2kx9d3m/prod/*", "malformed-arn error medium"),
        ("arn:aws:lambda:eu-west-1:481203957716:function:f", "malformed-arn error high"),
    ] {
        let policy = json!([{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": resource}]);
        assert_eq!(found("", &policy, &Levels::default()), [expected], "{resource}");
    }
}

#[test]
fn only_a_grant_reaches_too_far() {
    let routes = "GET /users/{id}\nGET /users/{id}/secrets\nGET /users/all -\nGET /x\n";
    let levels = Levels { pedantic: true, ..Levels::default() };
    let statement = |effect: &str, key: &str, tail: &str| json!({"Effect": effect, "Action": "execute-api:Invoke", key: format!("{API}{tail}")});
    let everything = || statement("Allow", "Resource", "GET/*");
    for (policy, greedy) in [
        (json!([statement("Allow", "Resource", "GET/users/*")]), true),
        (json!([everything()]), false),
        (json!([everything(), statement("Deny", "Resource", "GET/users/*")]), false),
        (json!([statement("Allow", "NotResource", "GET/users/*")]), false),
        (json!([everything(), statement("Deny", "NotResource", "GET/users/*")]), false),
    ] {
        let found = found(routes, &policy, &levels);
        assert_eq!(found.iter().any(|said| said.starts_with("greedy-wildcard")), greedy, "{policy}: {found:?}");
    }
    let found = |key| found(routes, &json!([statement("Allow", key, "GET/users/*")]), &levels);
    let says = |found: Vec<String>| found.iter().any(|said| said.starts_with("unguarded-route-granted"));
    assert!(says(found("Resource")) && !says(found("NotResource")));
}

#[test]
fn a_note_about_a_known_ttl_does_not_speak_of_it() {
    let routes = "@authorizer a ttl=300\nGET /a a\nGET /b a\n";
    let policy = json!([{"Effect": "Deny", "Action": "execute-api:Invoke", "Resource": format!("{API}GET/a")}]);
    let (sources, inputs) = inputs(routes, &policy);
    let project = load::project(&sources, &inputs, Settings::default());
    let levels = Levels::default();
    let findings = rules::run(&facts(&project, &sources, levels.effort()), &levels);
    let helps: Vec<(&str, &str)> =
        findings.iter().map(|finding| (finding.severity.name(), finding.help.as_str())).collect();
    assert!(matches!(helps[..], [("note", help)] if !help.contains("TTL")), "{helps:?}");
}

#[test]
fn where_some_routes_are_unknown_no_resource_is_said_to_match_nothing() {
    let policy = json!([{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": [format!("{API}*"), format!("{API}GET/zzz")]}]);
    for (what, expected) in [("stage", true), ("path of GET /…", false), ("routes of the API", false)] {
        let (sources, inputs) = inputs("GET /a\nGET /b\n", &policy);
        let mut project = load::project(&sources, &inputs, Settings::default());
        let span = Span { source: sources.iter().next().unwrap().0, start: 0, end: 1 };
        project.unknown.push(Unknown { what: what.to_owned(), why: "deployment decides".to_owned(), span });
        let found = rules::run(&facts(&project, &sources, Levels::default().effort()), &Levels::default());
        assert_eq!(found.iter().any(|finding| finding.rule == "unmatched-resource"), expected, "{what}: {found:?}");
    }
}

/// Rule, severity and confidence of every finding.
fn found(routes: &str, statements: &Value, levels: &Levels) -> Vec<String> {
    let (sources, inputs) = inputs(routes, statements);
    let project = load::project(&sources, &inputs, Settings::default());
    let findings = rules::run(&facts(&project, &sources, levels.effort()), levels);
    let said = findings
        .iter()
        .map(|finding| format!("{} {} {}", finding.rule, finding.severity.name(), finding.confidence.name()));
    said.collect()
}

fn inputs(routes: &str, statements: &Value) -> (Sources, Inputs) {
    let mut sources = Sources::default();
    let text = json!({"Version": "2012-10-17", "Statement": statements}).to_string();
    let policies = vec![PolicyInput { source: sources.add("policy.json", text), met: Met::Named }];
    let routes = if routes.is_empty() { Vec::new() } else { vec![sources.add("routes.txt", routes)] };
    (sources, Inputs { policies, routes, ..Inputs::default() })
}
