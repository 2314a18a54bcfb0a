//! How bad is a defect of a response? The same defect weighs differently by what is missing, and by what the API accepts.

use authorizer_lint::analysis::Effort;
use authorizer_lint::analysis::facts;
use authorizer_lint::finding::Confidence;
use authorizer_lint::finding::Finding;
use authorizer_lint::finding::Severity;
use authorizer_lint::load::policy;
use authorizer_lint::model::authorizer::ApiKind;
use authorizer_lint::model::authorizer::Authorizer;
use authorizer_lint::model::authorizer::AuthorizerKind;
use authorizer_lint::model::authorizer::Setting;
use authorizer_lint::model::authorizer::Ttl;
use authorizer_lint::model::project::Api;
use authorizer_lint::model::project::Project;
use authorizer_lint::model::project::Settings;
use authorizer_lint::model::response::Defect;
use authorizer_lint::model::response::DefectKind;
use authorizer_lint::model::response::Event;
use authorizer_lint::model::response::Response;
use authorizer_lint::model::response::Verdict;
use authorizer_lint::model::response::WEBSOCKET_LIMIT;
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
    let hint = Some((Severity::Note, Confidence::Low));
    for (apis, expected) in [
        (&[rest][..], sure),
        (&[(ApiKind::WebSocket, None)], sure),
        (&[first], sure),
        (&[second], None),
        (&[], hint),
        (&[rest, second], unsure),
        (&[(ApiKind::Http, None)], None),
    ] {
        let found = found(vec![DefectKind::NestedContext("roles".to_owned())], apis);
        let found = found.first().map(|finding| (finding.severity, finding.confidence));
        assert_eq!(found, expected, "{apis:?}");
    }
    let null = found(vec![DefectKind::NullContext("team".to_owned())], &[rest]);
    assert_eq!(null[0].severity, Severity::Note);
}

#[test]
fn one_payload_format_reserves_claims() {
    let first = (ApiKind::Http, Some("1.0"));
    for (apis, expected) in [
        (&[first][..], Some((Severity::Error, Confidence::High))),
        (&[first, (ApiKind::Rest, None)], Some((Severity::Error, Confidence::Medium))),
        (&[(ApiKind::Http, Some("2.0"))], None),
        (&[(ApiKind::Rest, None)], None),
        (&[(ApiKind::Http, None)], None),
        (&[], None),
    ] {
        let found = found(vec![DefectKind::ReservedContext], apis);
        let found = found.first().map(|finding| (finding.severity, finding.confidence));
        assert_eq!(found, expected, "{apis:?}");
    }
}

#[test]
fn only_a_websocket_api_minds_the_size() {
    let websocket = (ApiKind::WebSocket, None);
    for (apis, expected) in [
        (&[websocket][..], true),
        (&[], false),
        (&[(ApiKind::Rest, None)], false),
        (&[(ApiKind::Http, Some("2.0"))], false),
        (&[websocket, (ApiKind::Rest, None)], false),
    ] {
        let found = found(vec![DefectKind::Large(9000)], apis);
        assert_eq!(found.iter().any(|finding| finding.rule == "response-too-large"), expected, "{apis:?}");
    }
}

#[test]
fn size_is_counted_in_bytes_and_without_blanks() {
    let response = |filler: &str| {
        let context = serde_json::json!({"tenant": filler, "scale": [1.50, true, false, null]});
        serde_json::json!({"principalId": "ключ \"7\"", "policyDocument": {"Statement": []}, "context": context})
    };
    let room = WEBSOCKET_LIMIT - response("").to_string().len();
    for (length, expected) in [(room, None), (room + 1, Some(WEBSOCKET_LIMIT + 1))] {
        let response = response(&"x".repeat(length));
        for text in [response.to_string(), serde_json::to_string_pretty(&response).unwrap()] {
            let mut sources = Sources::default();
            let id = sources.add("response.json", text);
            let loaded = policy::load(id, sources.get(id));
            let mut defects = loaded.responses.iter().flat_map(|response| &response.defects);
            let large = defects.find_map(|defect| match defect.kind {
                DefectKind::Large(bytes) => Some(bytes),
                _ => None,
            });
            assert_eq!(large, expected);
        }
    }
}

#[test]
fn an_event_says_what_kind_of_api_asked() {
    let nested = vec![DefectKind::NestedContext("roles".to_owned())];
    let arn = |text: &str| Event { arn: Some(Spanned::new(text.to_owned(), place())), ..Event::default() };
    let connect = arn("arn:aws:execute-api:eu-west-1:481203957716:q7h2kx9d3m/prod/$connect");
    let get = arn("arn:aws:execute-api:eu-west-1:481203957716:q7h2kx9d3m/prod/GET/$connect");
    let second = Event { context: vec![("http.method".to_owned(), "GET".to_owned())], ..get.clone() };
    let rest = [(ApiKind::Rest, None)];
    for (event, apis, expected) in [
        (connect.clone(), &[][..], Some(Severity::Error)),
        (connect, &[(ApiKind::Http, Some("2.0"))], Some(Severity::Error)),
        (get.clone(), &[], Some(Severity::Note)),
        (get, &rest, Some(Severity::Error)),
        (second, &rest, None),
    ] {
        let response = Response { event: Some(event.clone()), ..response(nested.clone()) };
        let found = run(response, apis, Settings::default());
        assert_eq!(found.first().map(|finding| finding.severity), expected, "{event:?} {apis:?}");
    }
}

#[test]
fn options_say_what_kind_of_api_asks() {
    let nested = || response(vec![DefectKind::NestedContext("roles".to_owned())]);
    for (api, expected) in
        [(ApiKind::Rest, Some(Severity::Error)), (ApiKind::WebSocket, Some(Severity::Error)), (ApiKind::Http, None)]
    {
        let settings = Settings { api: Some(api), ..Settings::default() };
        let found = run(nested(), &[], settings);
        assert_eq!(found.first().map(|finding| finding.severity), expected, "{api:?}");
    }
    // What a definition says of the payload is more than the option knows.
    for (payload, expected) in [(Some("1.0"), Some(Severity::Error)), (Some("2.0"), None), (None, None)] {
        let settings = Settings { api: Some(ApiKind::Http), ..Settings::default() };
        let found = run(nested(), &[(ApiKind::Http, payload)], settings);
        assert_eq!(found.first().map(|finding| finding.severity), expected, "{payload:?}");
    }
    let apis = [(ApiKind::Rest, None), (ApiKind::Http, Some("2.0"))];
    for (name, expected) in [("orders", Some(Confidence::High)), ("orders-1", None)] {
        let settings = Settings { authorizer: Some(name.to_owned()), ..Settings::default() };
        let found = run(nested(), &apis, settings);
        assert_eq!(found.first().map(|finding| finding.confidence), expected, "{name}");
    }
}

#[test]
fn keys_misspelt_alike_are_one_finding() {
    let key = |key: &str, meant| DefectKind::UnknownElement { key: key.to_owned(), meant };
    for (more, expected) in [
        (vec![], "`version` is spelled `Version`"),
        (vec![key("effect", Some("Effect"))], "`version` is spelled `Version`, and one more key is misspelt like it"),
        (
            vec![key("effect", Some("Effect")), key("not_action", Some("NotAction"))],
            "`version` is spelled `Version`, and 2 more keys are misspelt like it",
        ),
    ] {
        let count = more.len();
        let kinds = std::iter::once(key("version", Some("Version"))).chain(more).collect();
        let found = found(kinds, &[]);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].message.as_str(), found[0].related.len()), (expected, count));
    }
    let different = found(vec![key("version", Some("Version")), key("Resources", Some("Resource"))], &[]);
    assert_eq!(different.len(), 2);
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

/// A place in the first source.
fn place() -> Span {
    Span { source: Sources::default().add("policy.json", "{}"), start: 0, end: 1 }
}

fn found(kinds: Vec<DefectKind>, apis: &[(ApiKind, Option<&str>)]) -> Vec<Finding> {
    run(response(kinds), apis, Settings::default())
}

fn response(kinds: Vec<DefectKind>) -> Response {
    Response {
        span: place(),
        verdict: Verdict::Unreadable,
        principal: None,
        event: None,
        defects: kinds.into_iter().map(|kind| Defect { kind, span: place() }).collect(),
    }
}

fn run(response: Response, apis: &[(ApiKind, Option<&str>)], settings: Settings) -> Vec<Finding> {
    let mut sources = Sources::default();
    sources.add("policy.json", "{}");
    let apis = (0..).zip(apis).map(|(index, &(kind, payload))| api(index, kind, payload)).collect();
    let project = Project { apis, responses: vec![response], settings, ..Project::default() };
    let facts = facts(&project, &sources, Effort::Usual);
    rules::run(&facts, &rules::Levels::default())
}

/// An API whose authorizer is called `orders`, or `orders-1` and so on.
fn api(index: usize, kind: ApiKind, payload: Option<&str>) -> Api {
    let span = place();
    let text = |text: &str| Spanned::new(text.to_owned(), span);
    let name = if index == 0 { "orders".to_owned() } else { format!("orders-{index}") };
    let authorizer = Authorizer {
        id: name.clone(),
        name: text(&name),
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
        cors: None,
        resource_policy: None,
        routes: Vec::new(),
        authorizers: vec![authorizer],
    }
}
