//! Which Resources would work? Rows of routes, and what is suggested for a response of `main` that grants nothing yet: the Resources behind
//! the stage, what they grant, and which routes outside the scope they can't help reaching.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use authorizer_lint::analysis::Effort;
use authorizer_lint::analysis::facts;
use authorizer_lint::load;
use authorizer_lint::load::Inputs;
use authorizer_lint::load::Met;
use authorizer_lint::load::PolicyInput;
use authorizer_lint::model::project::Settings;
use authorizer_lint::source::Sources;

const API: &str = "arn:aws:execute-api:eu-west-1:481203957716:q7h2kx9d3m/prod/";
const MAIN: &str = "@authorizer main identity-source=method.request.header.Authorization";

#[test]
fn one_resource_covers_what_nobody_else_guards() {
    for (routes, expected) in [
        ("GET /a main\nPOST /b/{id} main", "* > GET /a, POST /b/{id}"),
        ("GET /a main\nGET /b main", "GET/* > GET /a, GET /b"),
        ("GET /a main\nGET /b main\nPOST /a -", "GET/* > GET /a, GET /b"),
        ("GET /a main\nPOST /a main\nGET /b -", "*/a > GET /a, POST /a"),
        ("GET /a main\nPOST /a main\nPUT /a -\nGET /b -", "GET/a POST/a > GET /a, POST /a"),
        ("ANY /{proxy+} main\nGET / main", "* > ANY /{proxy+}, GET /"),
    ] {
        assert_eq!(suggested(MAIN, routes), expected, "{routes}");
    }
}

#[test]
fn a_common_beginning_is_as_wide_as_others_allow() {
    for (routes, expected) in [
        ("GET /v1/a main\nPOST /v1/b main\nGET /health -", "*/v1/* > GET /v1/a, POST /v1/b"),
        ("GET /v1/a main\nPOST /v1/b main\nGET /v1/health -", "GET/v1/a POST/v1/b > GET /v1/a, POST /v1/b"),
        (
            "GET /v1/a/x main\nPOST /v1/a/y main\nGET /v1/b main\nGET /v1/health -",
            "*/v1/a/* GET/v1/b > GET /v1/a/x, POST /v1/a/y, GET /v1/b",
        ),
        ("GET /v1 main\nGET /v1/a main\nGET /health -", "GET/v1 GET/v1/a > GET /v1, GET /v1/a"),
        ("GET /v1/{id} main\nPOST /v1/{id}/tags main\nGET /health -", "*/v1/* > GET /v1/{id}, POST /v1/{id}/tags"),
        (
            "GET /v1/{id} main\nGET /v1/{id}/tags main\nGET /v1/a/b -",
            "GET/v1/* GET/v1/*/tags > GET /v1/{id}, GET /v1/{id}/tags; GET /v1/a/b",
        ),
        ("GET /{a}/x main\nGET /{b}/y main\nGET /c -", "GET/*/* > GET /{a}/x, GET /{b}/y"),
    ] {
        assert_eq!(suggested(MAIN, routes), expected, "{routes}");
    }
}

#[test]
fn what_a_wildcard_cannot_help_reaching_is_named() {
    for (routes, expected) in [
        ("GET /{id} main\nGET /health -", "GET/* > GET /{id}; GET /health"),
        ("GET /{id} main\nGET /health -\nGET /health/deep -", "GET/* > GET /{id}; GET /health, GET /health/deep"),
        ("GET /{id} main\nPOST /health -", "GET/* > GET /{id}"),
        (
            "ANY /{id} main\nPOST /health -",
            "GET/* POST/* PUT/* PATCH/* DELETE/* HEAD/* OPTIONS/* > ANY /{id}; POST /health",
        ),
        ("GET /users/{id} main", "GET/users/* > GET /users/{id}"),
        // No request gets to the open route.
        ("GET /{x} main\nGET /{x}/{p+} main\nGET /{proxy+} -", "GET/* > GET /{x}, GET /{x}/{p+}"),
        ("GET /files/{proxy+} main\nGET /files -", "GET/files/* > GET /files/{proxy+}"),
        ("GET /a/{id} main\nGET /b/{id} other", "GET/a/* > GET /a/{id}"),
    ] {
        assert_eq!(suggested(MAIN, routes), expected, "{routes}");
    }
}

#[test]
fn a_key_that_splits_by_method_needs_one_method() {
    let main = "@authorizer main identity-source=method.request.header.Authorization,context.httpMethod";
    let routes = "GET /a main\nGET /b main\nPOST /a main\nPOST /b main";
    assert_eq!(suggested(main, routes), "GET/* > GET /a, GET /b");
    let main = "@authorizer main api=http ttl=60 identity-source=$request.header.Authorization";
    let routes = "$default main\nGET /a -";
    assert_eq!(suggested(main, routes), "GET/* POST/* PUT/* PATCH/* DELETE/* HEAD/* OPTIONS/* > $default; GET /a");
    assert_eq!(suggested(main, "$default main\nGET /a main"), "* > $default, GET /a");
}

#[test]
fn nobody_reads_more_than_a_hundred() {
    let lines = |at| format!("GET /a{at} main\nPOST /a{at} main\nPUT /a{at} -\nGET /b{at} -");
    let routes = (0..60).map(lines).collect::<Vec<_>>().join("\n");
    let suggested = suggested(MAIN, &routes);
    let (resources, _) = suggested.split_once(" > ").unwrap();
    assert_eq!(resources.split(' ').count(), 100);
}

/// What is suggested for a policy for another path.
fn suggested(settings: &str, routes: &str) -> String {
    let mut sources = Sources::default();
    let list = format!("{settings}\n@authorizer other\n{routes}\n");
    let list = if settings.contains("http") { list.replace("@authorizer other\n", "") } else { list };
    let routes = sources.add("routes.txt", list);
    let text = serde_json::json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": format!("{API}GET/nothing/of/this")}
    ]});
    let source = sources.add("policy.json", text.to_string());
    let policies = vec![PolicyInput { source, met: Met::Named }];
    let settings = Settings { authorizer: Some("main".to_owned()), ..Settings::default() };
    let project = load::project(&sources, &Inputs { policies, routes: vec![routes], ..Inputs::default() }, settings);
    assert!(project.unreadable.is_empty(), "{:?}", project.unreadable);
    let facts = facts(&project, &sources, Effort::Usual);
    let suggestion = &facts.policies[0].shortfall.as_ref().unwrap().suggestion;
    let resources: Vec<&str> =
        suggestion.resources.iter().map(|resource| resource.strip_prefix(API).unwrap()).collect();
    let reaches =
        if suggestion.reaches.is_empty() { String::new() } else { format!("; {}", suggestion.reaches.join(", ")) };
    format!("{} > {}{reaches}", resources.join(" "), suggestion.grants.join(", "))
}
