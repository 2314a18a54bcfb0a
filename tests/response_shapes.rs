//! How bad is a defect of a response? The same defect weighs differently by what is missing, and by what the API accepts.

use authorizer_lint::analysis::Effort;
use authorizer_lint::analysis::facts;
use authorizer_lint::finding::Confidence;
use authorizer_lint::finding::Finding;
use authorizer_lint::finding::Severity;
use authorizer_lint::model::authorizer::ApiKind;
use authorizer_lint::model::authorizer::Authorizer;
use authorizer_lint::model::authorizer::AuthorizerKind;
use authorizer_lint::model::authorizer::Setting;
use authorizer_lint::model::authorizer::Ttl;
use authorizer_lint::model::project::Api;
use authorizer_lint::model::project::Project;
use authorizer_lint::model::response::Defect;
use authorizer_lint::model::response::DefectKind;
use authorizer_lint::model::response::Response;
use authorizer_lint::model::response::Verdict;
use authorizer_lint::rules;
use authorizer_lint::source::Sources;
use authorizer_lint::source::Span;
use authorizer_lint::source::Spanned;

#[test]
fn elements_that_aws_forgives_are_warnings() {
    for (name, expected) in [
        ("Resource", Severity::Error),
        ("policyDocument", Severity::Error),
        ("principalId", Severity::Warning),
        ("Version", Severity::Warning),
    ] {
        let found = found(vec![DefectKind::MissingElement(name)], &[]);
        assert_eq!(found.len(), 1, "{name}");
        assert_eq!((found[0].rule, found[0].severity), ("missing-element", expected), "{name}");
    }
}

#[test]
fn a_key_that_leaves_the_policy_unusable_is_an_error() {
    for (key, meant, expected) in [
        ("effect", Some("Effect"), Severity::Error),
        ("sid", Some("Sid"), Severity::Error),
        ("Resources", Some("Resource"), Severity::Error),
        ("Conditions", Some("Condition"), Severity::Warning),
        ("Comment", None, Severity::Warning),
    ] {
        let key = key.to_owned();
        let found = found(vec![DefectKind::UnknownElement { key, meant }], &[]);
        assert_eq!((found[0].rule, found[0].severity), ("unknown-element", expected), "{meant:?}");
    }
}

#[test]
fn nested_values_are_judged_by_what_the_api_accepts() {
    let rest = (ApiKind::Rest, None);
    let (first, second) = ((ApiKind::Http, Some("1.0")), (ApiKind::Http, Some("2.0")));
    let sure = Some((Severity::Error, Confidence::High));
    let unsure = Some((Severity::Error, Confidence::Medium));
    for (apis, expected) in [
        (&[rest][..], sure),
        (&[(ApiKind::WebSocket, None)], sure),
        (&[first], sure),
        (&[second], None),
        (&[], unsure),
        (&[rest, second], unsure),
        (&[(ApiKind::Http, None)], unsure),
    ] {
        let found = found(vec![DefectKind::NestedContext("roles".to_owned())], apis);
        let found = found.first().map(|finding| (finding.severity, finding.confidence));
        assert_eq!(found, expected, "{apis:?}");
    }
    let null = found(vec![DefectKind::NullContext("team".to_owned())], &[rest]);
    assert_eq!(null[0].severity, Severity::Note);
}

#[test]
fn the_same_finding_is_told_once_and_in_order() {
    let twice = vec![
        DefectKind::StringifiedPolicy,
        DefectKind::InvalidEffect("allow".to_owned()),
        DefectKind::StringifiedPolicy,
    ];
    let found = found(twice, &[]);
    let rules: Vec<&str> = found.iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, ["invalid-effect", "stringified-policy"]);
}

fn found(kinds: Vec<DefectKind>, apis: &[(ApiKind, Option<&str>)]) -> Vec<Finding> {
    let mut sources = Sources::default();
    let source = sources.add("policy.json", "{}");
    let span = Span { source, start: 0, end: 1 };
    let response = Response {
        span,
        verdict: Verdict::Unreadable,
        principal: None,
        event: None,
        defects: kinds.into_iter().map(|kind| Defect { kind, span }).collect(),
    };
    let project = Project {
        apis: apis.iter().map(|&(kind, payload)| api(kind, payload, span)).collect(),
        responses: vec![response],
        ..Project::default()
    };
    let facts = facts(&project, &sources, Effort::Usual);
    rules::run(&facts, &rules::Levels::default())
}

fn api(kind: ApiKind, payload: Option<&str>, span: Span) -> Api {
    let text = |text: &str| Spanned::new(text.to_owned(), span);
    let authorizer = Authorizer {
        id: "orders".to_owned(),
        name: text("orders"),
        kind: AuthorizerKind::Request,
        ttl: Setting::Written(Spanned::new(Ttl::Unknown, span)),
        identity_sources: Setting::Written(Spanned::new(Vec::new(), span)),
        payload: payload.map(text),
        simple_responses: Some(false),
    };
    Api {
        kind,
        source: "routes.txt".to_owned(),
        stages: Vec::new(),
        id: None,
        resource_policy: None,
        routes: Vec::new(),
        authorizers: vec![authorizer],
    }
}
