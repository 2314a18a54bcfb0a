//! Does it matter in which format an API is stated? The same API gives the same routes, authorizers and cache scopes, and the article's
//! mistake is found with the definition in every format, at the routes that it leaves out.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads its files"
)]

mod definitions;

use std::fs;
use std::path::Path;
use std::process::Command;

use authorizer_lint::analysis::dispatch::Routing;
use authorizer_lint::analysis::scope::scopes;
use authorizer_lint::model::authorizer::Authorizer;
use authorizer_lint::model::project::Api;
use authorizer_lint::model::route::Guard;
use definitions::fixture;
use serde_json::Value;

/// The folders of `fixtures/loaders/same-api`; the plain list says what the others have to come to.
const FORMATS: [&str; 7] = ["list", "openapi", "cloudformation", "sam", "serverless", "terraform", "aws-cli"];

#[test]
fn the_same_api_in_every_format() {
    let expected = [
        "rest",
        "ANY /v1/orders/{orderId} -> Staff",
        "GET /health -> nobody",
        "GET /v1/files/{proxy+} -> Session",
        "GET /v1/orders -> Session",
        "POST /v1/orders -> Session",
        "Session is token Seconds(120) [method.request.header.X-Session]",
        "Session shares Scope: GET /v1/files/{proxy+}, GET /v1/orders, POST /v1/orders",
        "Staff is request Seconds(300) [context.httpMethod, method.request.header.Authorization]",
        "Staff shares Scope, DELETE: ANY /v1/orders/{orderId}",
        "Staff shares Scope, GET: ANY /v1/orders/{orderId}",
        "Staff shares Scope, HEAD: ANY /v1/orders/{orderId}",
        "Staff shares Scope, OPTIONS: ANY /v1/orders/{orderId}",
        "Staff shares Scope, PATCH: ANY /v1/orders/{orderId}",
        "Staff shares Scope, POST: ANY /v1/orders/{orderId}",
        "Staff shares Scope, PUT: ANY /v1/orders/{orderId}",
    ];
    for format in FORMATS {
        let loaded = fixture(&format!("same-api/{format}"));
        let [api] = &loaded.project.apis[..] else { panic!("{format}: {:?}", loaded.apis()) };
        assert_eq!(essence(api), expected, "{format}");
        assert_eq!((loaded.unknown(), loaded.unreadable()), (vec![], vec![]), "{format}");
        loaded.check_places();
    }
}

/// What an API is, places, origins and order aside.
fn essence(api: &Api) -> Vec<String> {
    let mut routes: Vec<String> = api
        .routes
        .iter()
        .map(|route| {
            let guard = match &route.guard {
                Guard::Open => "nobody",
                Guard::Authorizer(index) => &api.authorizers[*index].name.value,
                Guard::Unknown(why) => why,
            };
            format!("{} -> {guard}", route.key.value)
        })
        .collect();
    routes.sort();
    let routing = Routing::new(api);
    let authorizers = api.authorizers.iter().enumerate();
    let mut caching: Vec<String> = authorizers.flat_map(|(index, one)| caching(&routing, index, one)).collect();
    caching.sort();
    [vec![api.kind.name().to_owned()], routes, caching].concat()
}

/// An authorizer, and each group of its routes that shares a response.
fn caching(routing: &Routing<'_>, index: usize, authorizer: &Authorizer) -> Vec<String> {
    let name = &authorizer.name.value;
    let mut sources: Vec<&str> = authorizer.identity_sources.get().iter().map(|source| source.value.as_str()).collect();
    sources.sort_unstable();
    let mut lines =
        vec![format!("{name} is {} {:?} [{}]", authorizer.kind.name(), authorizer.ttl.get(), sources.join(", "))];
    let found = scopes(routing, index, authorizer);
    for scope in &found.scopes {
        let key = |unit: &usize| routing.api.routes[routing.units[*unit].route].key.value.to_string();
        let mut routes: Vec<String> = scope.units.iter().map(key).collect();
        routes.sort();
        let method = scope.method.map_or_else(String::new, |method| format!(", {}", method.name()));
        lines.push(format!("{name} shares {:?}{method}: {}", found.sharing, routes.join(", ")));
    }
    lines
}

/// What stands at the places of the four routes that the article's policy leaves out: `POST /v1/users`, `GET /v1/users/{id}`,
/// `GET /v1/orders` and `POST /v1/orders`. The line before says which of two like texts it is.
const UNCOVERED: [(&str, [(&str, &str); 4]); 6] = [
    (
        "openapi/openapi.yaml",
        [
            ("security: [{token: []}]", "post"),
            ("/v1/users/{id}:", "get"),
            ("/v1/orders:", "get"),
            ("security: [{token: []}]", "post"),
        ],
    ),
    (
        "cloudformation/template.json",
        [("},", "\"CreateUser\""), ("},", "\"GetUser\""), ("},", "\"ListOrders\""), ("},", "\"CreateOrder\"")],
    ),
    (
        "sam/template.yaml",
        [
            ("Type: Api", "/v1/users"),
            ("Type: Api", "'/v1/users/{id}'"),
            ("RestApiId: !Ref Api", "/v1/orders"),
            ("RestApiId: !Ref Api", "/v1/orders"),
        ],
    ),
    (
        "serverless/serverless.yml",
        [
            ("- http: {path: v1/users, method: get, authorizer: authorizer}", "v1/users"),
            ("- http: {path: v1/users, method: post, authorizer: authorizer}", "'v1/users/{id}'"),
            ("- http:", "v1/orders"),
            ("- http:", "v1/orders"),
        ],
    ),
    (
        "terraform/main.tf",
        [
            ("", "resource \"aws_api_gateway_method\" \"create_user\""),
            ("", "resource \"aws_api_gateway_method\" \"get_user\""),
            ("", "resource \"aws_api_gateway_method\" \"list_orders\""),
            ("", "resource \"aws_api_gateway_method\" \"create_order\""),
        ],
    ),
    (
        "aws-cli",
        [
            ("},", "\"POST\""),
            ("\"resourceMethods\": {", "\"GET\""),
            ("\"resourceMethods\": {", "\"GET\""),
            ("},", "\"POST\""),
        ],
    ),
];

#[test]
fn the_mistake_of_the_article_points_at_the_uncovered_routes() {
    let requests = ["POST /v1/users", "GET /v1/users/1", "GET /v1/orders", "POST /v1/orders"];
    for (routes, expected) in UNCOVERED {
        let routes = format!("fixtures/loaders/article/{routes}");
        let report = check(&routes);
        let findings = report["findings"].as_array().unwrap();
        let rules: Vec<&str> = findings.iter().map(|finding| finding["rule"].as_str().unwrap()).collect();
        assert_eq!(rules, ["method-arn-echo"], "{routes}");
        assert_eq!(read_back(&findings[0]["location"]).1, "\"arn:aws:execute-api:us-1:abc:123/prod/GET/v1/users\"");
        let related = findings[0]["related"].as_array().unwrap();
        let places: Vec<(String, String)> = related.iter().map(read_back).collect();
        assert_eq!(places, expected.map(|(before, text)| (before.to_owned(), text.to_owned())), "{routes}");
        for (place, request) in related.iter().zip(requests) {
            assert!(place["file"].as_str().unwrap().starts_with(&routes), "{place}");
            assert_eq!(place["text"], format!("`{request}` gets 403 while the policy is cached"), "{routes}");
        }
        let lines: Vec<u64> = related.iter().map(|place| place["line"].as_u64().unwrap()).collect();
        assert!(lines.is_sorted_by(|one, next| one < next), "each route has its own place: {lines:?}");
        let evidence = &findings[0]["evidence"];
        assert_eq!((&evidence["routes_in_scope"], &evidence["ttl"]), (&5.into(), &300.into()), "{routes}");
    }
}

fn check(routes: &str) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_authorizer-lint"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env_remove("CI");
    command.args(["check", "fixtures/quickstart/policy.json", "--format", "json", "--routes", routes]);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("the report is JSON")
}

/// The line before a reported place, trimmed, and what stands at the place, sliced by its lines and columns.
fn read_back(place: &Value) -> (String, String) {
    let number = |key: &str| usize::try_from(place[key].as_u64().unwrap()).unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(place["file"].as_str().unwrap());
    let text = fs::read_to_string(path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(number("line"), number("end_line"), "{place}");
    let line = lines[number("line") - 1].chars();
    let text = line.skip(number("column") - 1).take(number("end_column") - number("column")).collect();
    (lines[number("line") - 2].trim().to_owned(), text)
}
