//! What do an authorizer's settings say together with responses? Of a response of the wrong kind, of what caching would need, and of what
//! hangs on a TTL that nobody states.
//!
//! A row is a route list or a definition, responses, and each finding with the text at its place and a part of its help.

use authorizer_lint::analysis::facts;
use authorizer_lint::finding::Finding;
use authorizer_lint::load;
use authorizer_lint::load::Inputs;
use authorizer_lint::load::Met;
use authorizer_lint::load::PolicyInput;
use authorizer_lint::model::project::Settings;
use authorizer_lint::rules;
use authorizer_lint::rules::Levels;
use authorizer_lint::source::Sources;

const SIMPLE: &str = r#"{"isAuthorized": true}"#;

#[test]
fn an_authorizer_returns_one_kind_of_response() {
    let policy = policy_of("*", &["*"]);
    let says = |kind: &str| format!("error response-kind-mismatch: {kind}");
    for (definition, response, expected) in [
        (http("", "simple"), &policy, says("a policy of `asks`, which has to return simple responses")),
        (http("", ""), &policy, String::new()),
        (http("", "simple"), &SIMPLE.to_owned(), String::new()),
        (http("", ""), &SIMPLE.to_owned(), says("a simple response of `asks`, which has to return IAM policies")),
        (http("", "${self:custom.simple}"), &SIMPLE.to_owned(), String::new()),
        (http("", "${self:custom.simple}"), &policy, String::new()),
        (rest(), &SIMPLE.to_owned(), says("a simple response of `asks`, and only HTTP APIs have simple responses")),
        (rest(), &policy, String::new()),
        // Either of the two can have returned it.
        (http("", "simple") + OTHER, &policy, String::new()),
        (http("", "simple") + OTHER, &SIMPLE.to_owned(), String::new()),
    ] {
        let found = check(&definition, response, Settings::default());
        // Only one of the authorizers has routes in some rows, and only some tell routes apart.
        let other = ["simple-response-cached", "unattached-authorizer"];
        let found = found.iter().filter(|finding| !other.contains(&finding.rule));
        let found: Vec<String> = found.map(said).collect();
        assert_eq!(found.join("\n"), expected, "{definition}\n{response}");
    }
}

#[test]
fn the_option_says_whose_response_of_the_wrong_kind_it_is() {
    let settings = Settings { authorizer: Some("asks".to_owned()), ..Settings::default() };
    let found = check(&(http("", "simple") + OTHER), &policy_of("*", &["*"]), settings);
    assert!(found.iter().any(|finding| finding.rule == "response-kind-mismatch"), "{found:?}");
}

#[test]
fn a_response_that_nobody_can_return_falls_short_of_nothing() {
    let narrow = policy_of("$default", &["GET/a"]);
    let found = check(&http("", "simple"), &narrow, Settings::default());
    assert!(found.iter().all(|finding| finding.rule != "method-arn-echo"), "{found:?}");
    let found = check(&http("", ""), &narrow, Settings::default());
    assert!(found.iter().any(|finding| finding.rule == "method-arn-echo"), "{found:?}");
}

#[test]
fn caching_that_is_off_says_what_it_would_need() {
    let routes = "@authorizer a ttl=0 identity-source=method.request.header.A\nGET /a\nGET /b\nGET /c -\n";
    let by_path = routes.replace("header.A", "header.A,context.path,context.httpMethod");
    let by_template = routes.replace("header.A", "header.A,context.resourcePath");
    let keyless = "@authorizer a ttl=0 type=request identity-source=\nGET /a\nGET /b\n";
    let whole = "it could be cached: it allows every request that would share it";
    let needs = "the policy would refuse requests that share the response";
    let prefix = "arn:aws:execute-api:eu-west-1:210987654321:k3w9x1v7qa/prod/";
    for (routes, resources, part) in [
        (routes, &["GET/a", "GET/b"][..], whole),
        (routes, &["GET/a"], needs),
        (routes, &["GET/a"], &format!("`{prefix}*/a`, `{prefix}*/b` would work as Resources").replace("*/", "GET/")),
        (&by_path, &["GET/a"], whole),
        (&by_template, &["GET/a"], whole),
        (keyless, &["GET/a"], needs),
        (keyless, &["GET/a"], "a cache also needs an identity source"),
    ] {
        let found = check(routes, &policy(resources), Settings::default());
        let [finding] = &found[..] else { panic!("{routes}: {found:?}") };
        assert_eq!(finding.rule, "caching-disabled");
        assert!(finding.help.contains(part), "{routes}{resources:?}\n{}\nlacks {part}", finding.help);
    }
    let other = "@authorizer a ttl=0\n@authorizer b\nGET /a a\nGET /c a\nPUT /b b\nPUT /d b\nPUT /e b\n";
    let found = check(other, &policy(&["GET/a", "PUT/b", "PUT/d"]), Settings::default());
    let of_a = found.iter().find(|finding| finding.rule == "caching-disabled").unwrap();
    assert!(of_a.help.contains(&format!("`{prefix}GET/*` would work")), "{}", of_a.help);
    let two = format!("{}\n{}\n", policy(&["GET/a"]), policy(&["GET/a", "GET/b"]));
    let found = check(routes, &two, Settings::default());
    assert!(found[0].help.contains("1 of 2 policies"), "{}", found[0].help);
}

#[test]
fn caching_that_is_off_needs_what_the_kind_of_response_needs() {
    for (simple, response, part) in [
        ("simple", SIMPLE.to_owned(), "a simple response that is cached allows or denies every request"),
        ("", SIMPLE.to_owned(), "to be cached, a policy has to cover every route"),
    ] {
        let found = check(&http("", simple).replace("Seconds: 300", "Seconds: 0"), &response, Settings::default());
        let finding = found.iter().find(|finding| finding.rule == "caching-disabled").unwrap();
        assert!(finding.help.contains(part), "{simple}: {}", finding.help);
    }
}

#[test]
fn an_option_for_other_apis_is_not_held_against_a_websocket_api() {
    let found = |routes: &str, ttl| {
        let found = check(routes, &policy(&["$connect"]), Settings { ttl, ..Settings::default() });
        found.iter().filter(|finding| finding.rule == "invalid-ttl").count()
    };
    assert_eq!(found("@authorizer a api=websocket\n$connect a\n", Some(300)), 0);
    assert_eq!(found("@authorizer a api=websocket ttl=300\n$connect a\n", None), 1);
}

#[test]
fn a_token_authorizer_needs_a_header_whether_it_caches_or_not() {
    for (definition, expected) in [
        ("@authorizer a type=token ttl=0 identity-source=", "`a` is a TOKEN authorizer without an identity source"),
        ("@authorizer a type=token ttl=60 identity-source=", "`a` is a TOKEN authorizer without an identity source"),
        ("@authorizer a type=request ttl=60 identity-source=", "`a` caches its responses and has no identity source"),
    ] {
        let found = check(&format!("{definition}\nGET /a\n"), &policy(&["*"]), Settings::default());
        let missing = found.iter().find(|finding| finding.rule == "missing-identity-source");
        assert_eq!(missing.map(|finding| finding.message.as_str()), Some(expected), "{definition}: {found:?}");
    }
}

#[test]
fn a_token_authorizer_is_given_one_header() {
    for (sources, expected) in [
        ("method.request.header.A", None),
        (
            "method.request.header.A,method.request.header.B",
            Some("`method.request.header.B` is one more header, and a TOKEN authorizer is given one"),
        ),
        (
            "method.request.querystring.A",
            Some("`method.request.querystring.A` is no header, and a TOKEN authorizer is given one"),
        ),
    ] {
        let routes = format!("@authorizer a type=token identity-source={sources}\nGET /a\n");
        let found = check(&routes, &policy(&["*"]), Settings::default());
        let invalid = found.iter().find(|finding| finding.rule == "invalid-identity-source");
        assert_eq!(invalid.map(|finding| finding.message.as_str()), expected, "{found:?}");
    }
}

#[test]
fn guarded_preflights_are_one_finding_for_each_cause() {
    let guarded = |routes: &str| {
        let found = check(routes, &policy(&["*"]), Settings::default());
        found.into_iter().filter(|finding| finding.rule == "guarded-preflight").collect::<Vec<_>>()
    };
    let several: String = guarded_routes(30, "a");
    let found = guarded(&format!("@authorizer a\n{several}"));
    assert_eq!((found.len(), found[0].related.len()), (1, 9));
    assert!(found[0].help.starts_with("leave `OPTIONS` open"), "{}", found[0].help);
    let found = guarded(&format!("@authorizer a\n{}", guarded_routes(3, "a")));
    assert_eq!((found.len(), found[0].related.len()), (1, 2));
    let found = guarded("@authorizer a\n@authorizer b\nOPTIONS /a a\nOPTIONS /b b\n");
    assert_eq!(found.len(), 2);
    let any = http("", "").replace("httpApi:\n    authorizers", "httpApi:\n    cors: true\n    authorizers");
    let any = any.replace("method: GET", "method: '*'");
    let helps: Vec<String> = guarded(&any).into_iter().map(|finding| finding.help).collect();
    assert!(helps.iter().any(|help| help.starts_with("add an open route `OPTIONS /a")), "{helps:?}\n{any}");
}

/// So many routes for `OPTIONS` behind an authorizer.
fn guarded_routes(count: usize, authorizer: &str) -> String {
    let lines: Vec<String> = (0..count).map(|at| format!("OPTIONS /r{at} {authorizer}\n")).collect();
    lines.concat()
}

#[test]
fn a_ttl_of_zero_by_option_is_said_at_the_name() {
    let settings = Settings { ttl: Some(0), ..Settings::default() };
    let found = check("@authorizer asks ttl=300\nGET /a\n", &policy(&["GET/a"]), settings);
    assert_eq!(
        found.iter().map(said).collect::<Vec<_>>(),
        ["note caching-disabled: `asks` is asked on every request: its TTL is 0 (`--ttl`)"]
    );
}

#[test]
fn an_identity_source_by_option_is_said_at_the_name() {
    for (source, rule) in [
        ("method.request.path.id", "invalid-identity-source"),
        ("context.stage", "key-without-caller"),
        ("context.requestId", "key-never-repeats"),
    ] {
        let settings = Settings { identity_sources: vec![source.to_owned()], ..Settings::default() };
        let routes = "@authorizer asks type=request\nGET /a\n";
        let found = check(routes, &policy(&["GET/a"]), settings);
        let [finding] = &found[..] else { panic!("{source}: {found:?}") };
        let span = finding.primary.span;
        assert_eq!((finding.rule, routes.get(span.start as usize..span.end as usize)), (rule, Some("asks")));
        assert!(finding.primary.text.ends_with("(`--identity-source`)"), "{}", finding.primary.text);
    }
}

#[test]
fn a_ttl_that_nobody_states_matters_where_something_hangs_on_it() {
    let count = |found: &[Finding]| {
        let found: Vec<&Finding> = found.iter().filter(|finding| finding.rule == "unstated-ttl").collect();
        found.first().map(|finding| finding.help.lines().next().unwrap_or_default().to_owned())
    };
    let routes = "@authorizer a identity-source=$request.header.A\nGET /a\nGET /b\n";
    let covering = policy(&["*"]);
    let narrow = policy(&["GET/a"]);
    let two = format!("{narrow}\n{}\n", policy(&["GET/b"]));
    for (routes, responses, expected) in [
        (routes, &covering, None),
        (routes, &narrow, Some("if responses are cached, 1 finding about coverage holds, a note as it is")),
        (routes, &two, Some("if responses are cached, 2 findings about coverage hold, notes as it is")),
        // The key tells the routes apart, or there is none.
        (&routes.replace("header.A", "header.A,$context.routeKey"), &narrow, None),
        ("@authorizer a api=http identity-source=\nGET /a\nGET /b\n", &narrow, None),
        (&routes.replace("identity", "ttl=300 identity"), &narrow, None),
        ("@authorizer a\nGET /a\nGET /b\n", &narrow, None),
        (&http("", "simple"), &SIMPLE.to_owned(), None),
        (
            &http("", "simple").replace("resultTtlInSeconds: 300", ""),
            &SIMPLE.to_owned(),
            Some("if responses are cached, one simple response allows or denies 2 routes at once"),
        ),
        (&http("", "simple").replace(" 300", " ${param:ttl}"), &SIMPLE.to_owned(), None),
    ] {
        let found = check(routes, responses, Settings::default());
        assert_eq!(count(&found).as_deref(), expected, "{routes}\n{responses}");
    }
}

fn said(finding: &Finding) -> String {
    format!("{} {}: {}", finding.severity.name(), finding.rule, finding.message)
}

/// Every finding on a file of routes, whose name follows from its text, and a file of responses.
fn check(routes: &str, responses: &str, settings: Settings) -> Vec<Finding> {
    let mut sources = Sources::default();
    let name = if routes.starts_with("service:") { "serverless.yml" } else { "routes.txt" };
    let routes = sources.add(name, routes);
    let source = sources.add("responses.jsonl", responses);
    let policies = vec![PolicyInput { source, met: Met::Named }];
    let inputs = Inputs { routes: vec![routes], policies, ..Inputs::default() };
    let project = load::project(&sources, &inputs, settings);
    assert!(project.unreadable.is_empty(), "{:?}", project.unreadable);
    let levels = Levels::default();
    rules::run(&facts(&project, &sources, levels.effort()), &levels)
}

/// A policy that allows what stands behind the stage `prod`.
fn policy(tails: &[&str]) -> String {
    policy_of("prod", tails)
}

fn policy_of(stage: &str, tails: &[&str]) -> String {
    let resource = |tail: &&str| format!(r#""arn:aws:execute-api:eu-west-1:210987654321:k3w9x1v7qa/{stage}/{tail}""#);
    let resources: Vec<String> = tails.iter().map(resource).collect();
    format!(
        r#"{{"principalId": "u-2041", "policyDocument": {{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": [{}]}}]}}}}"#,
        resources.join(", ")
    )
}

/// An HTTP API with two routes behind one authorizer.
fn http(sources: &str, simple: &str) -> String {
    let simple = match simple {
        "" => "false",
        "simple" => "true",
        other => other,
    };
    format!(
        "service: a
provider:
  name: aws
  httpApi:
    authorizers:
      asks:
        type: request
        functionName: asks
        resultTtlInSeconds: 300
        enableSimpleResponses: {simple}
        identitySource: [$request.header.Authorization{sources}]
      other:
        type: request
        functionName: asks
        resultTtlInSeconds: 300
        identitySource: [$request.header.Authorization]
functions:
  asks: {{handler: asks.handler}}
  a:
    handler: a.handler
    events:
      - httpApi: {{method: GET, path: /a, authorizer: {{name: asks}}}}
      - httpApi: {{method: GET, path: /b, authorizer: {{name: asks}}}}
"
    )
}

/// One more route of the HTTP API, behind its other authorizer.
const OTHER: &str = "      - httpApi: {method: GET, path: /c, authorizer: {name: other}}\n";

/// A REST API.
fn rest() -> String {
    "service: a
provider: {name: aws}
functions:
  asks: {handler: asks.handler}
  a:
    handler: a.handler
    events:
      - http: {path: a, method: get, authorizer: {name: asks}}
"
    .to_owned()
}
