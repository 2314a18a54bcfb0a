//! Logs hold the same policy over and over: it is decided once and reported once, and the matrix still shows every response.

use authorizer_lint::analysis::Effort;
use authorizer_lint::analysis::facts;
use authorizer_lint::finding::Finding;
use authorizer_lint::load::Inputs;
use authorizer_lint::load::Met;
use authorizer_lint::load::PolicyInput;
use authorizer_lint::load::project;
use authorizer_lint::model::project::Settings;
use authorizer_lint::rules;
use authorizer_lint::source::Sources;

/// A response for somebody that allows one request.
fn line(principal: &str, path: &str) -> String {
    let arn = format!("arn:aws:execute-api:eu-west-1:123456789012:k3w9x1v7qa/prod/GET/{path}");
    let statement = serde_json::json!({"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": arn});
    let policy = serde_json::json!({"Version": "2012-10-17", "Statement": [statement]});
    serde_json::json!({"principalId": principal, "policyDocument": policy}).to_string()
}

/// The findings, and how many policies have a view.
fn check(files: &[(&str, String)]) -> (Vec<Finding>, usize) {
    let mut sources = Sources::default();
    let routes = sources.add("routes.txt", "GET /users\nGET /orders\n");
    let policies =
        files.iter().map(|(name, text)| PolicyInput { source: sources.add(*name, text.as_str()), met: Met::Named });
    let inputs = Inputs { policies: policies.collect(), routes: vec![routes], ..Inputs::default() };
    let project = project(&sources, &inputs, Settings::default());
    let facts = facts(&project, &sources, Effort::Usual);
    (
        rules::run(&facts, &rules::Levels::default()),
        facts.policies.iter().filter(|policy| !policy.views.is_empty()).count(),
    )
}

#[test]
fn a_policy_that_a_log_repeats_is_one_finding() {
    let log = [line("ann", "users"), line("bob", "users"), line("cem", "orders"), line("dot", "users")].join("\n");
    let (findings, shown) = check(&[("log.jsonl", log)]);
    assert_eq!(shown, 4);
    assert_eq!(findings.len(), 2, "{findings:#?}");
    assert!(findings[0].help.contains("2 more responses of this file have the same policy"), "{}", findings[0].help);
    assert!(!findings[1].help.contains("of this file"), "{}", findings[1].help);
}

#[test]
fn files_speak_for_themselves() {
    let (findings, shown) = check(&[("ann.json", line("ann", "users")), ("bob.json", line("bob", "users"))]);
    assert_eq!((findings.len(), shown), (2, 2));
    assert_ne!(findings[0].primary.span.source, findings[1].primary.span.source);
}
