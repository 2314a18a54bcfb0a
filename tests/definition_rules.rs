//! What do the rules on definitions say, and what do they keep silent about? A definition and a response in, findings as lines of text out;
//! and of random APIs, does a search of a few lines find the same requests that pass guarded paths by?
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod definitions;
mod sample;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use authorizer_lint::analysis;
use authorizer_lint::analysis::Effort;
use authorizer_lint::finding::Finding;
use authorizer_lint::load;
use authorizer_lint::load::Inputs;
use authorizer_lint::load::Met;
use authorizer_lint::load::PolicyInput;
use authorizer_lint::model::project::Settings;
use authorizer_lint::rules;
use authorizer_lint::source::Sources;

/// The findings of the definition's rules, as `severity confidence rule: message @ place`.
fn findings(name: &str, definition: &str, policy: &str) -> Vec<String> {
    let mut sources = Sources::default();
    let routes = vec![sources.add(name, definition)];
    let policies = vec![PolicyInput { source: sources.add("policy.json", policy), met: Met::Named }];
    let inputs = Inputs { routes, policies, ..Inputs::default() };
    let project = load::project(&sources, &inputs, Settings::default());
    assert!(project.unreadable.is_empty(), "{:?}", project.unreadable);
    let facts = analysis::facts(&project, &sources, Effort::Usual);
    let found = rules::run(&facts, &rules::Levels::default());
    let ours = found.iter().filter(|finding| OURS.contains(&finding.rule));
    ours.map(|finding| shown(&sources, finding)).collect()
}

const OURS: [&str; 6] = [
    "duplicate-route",
    "guarded-preflight",
    "ignored-setting",
    "implicit-deny-overruled",
    "unattached-authorizer",
    "unguarded-fallthrough",
];

fn shown(sources: &Sources, finding: &Finding) -> String {
    let place = sources.slice(finding.primary.span).lines().next().unwrap_or_default();
    let (severity, confidence) = (finding.severity.name(), finding.confidence.name());
    format!("{severity} {confidence} {}: {} @ {place}", finding.rule, finding.message)
}

fn of_routes(routes: &str) -> Vec<String> {
    findings("routes.txt", routes, &allowing("*"))
}

fn allowing(resource: &str) -> String {
    let statement = format!(r#"{{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "{resource}"}}"#);
    format!(r#"{{"principalId": "u", "policyDocument": {{"Version": "2012-10-17", "Statement": [{statement}]}}}}"#)
}

#[track_caller]
fn assert_says(found: &[String], expected: &[&str]) {
    assert_eq!(found, expected, "\n{}", found.join("\n"));
}

#[test]
fn the_same_path_by_other_names_is_a_duplicate() {
    assert_says(
        &of_routes("GET /a/{x}/b\nGET /a/{y}/b\nPOST /a/{y}/b\nANY /a/{z}/b"),
        &[
            "warning medium duplicate-route: `GET /a/{y}/b` stands for the same requests as `GET /a/{x}/b` @ GET /a/{y}/b",
        ],
    );
    assert_says(
        &of_routes("GET /a/{x+}\nGET /a/{y+}\nGET /a/{z}\nGET /a"),
        &["warning medium duplicate-route: `GET /a/{y+}` stands for the same requests as `GET /a/{x+}` @ GET /a/{y+}"],
    );
    assert_says(
        &of_routes("GET /a\nGET /a\nGET /a/"),
        &["warning medium duplicate-route: `GET /a` is declared 3 times @ GET /a"],
    );
}

#[test]
fn resources_under_opposite_conditions_are_one_route() {
    let method = |name: &str, condition: &str| {
        format!(
            "  {name}:\n    Type: AWS::ApiGateway::Method\n    Condition: {condition}\n    Properties:\n      RestApiId: !Ref Api\n      \
             ResourceId: !GetAtt Api.RootResourceId\n      HttpMethod: GET\n      AuthorizationType: NONE\n"
        )
    };
    let both = format!(
        "Resources:\n  Api:\n    Type: AWS::ApiGateway::RestApi\n{}{}",
        method("A", "Live"),
        method("B", "Test")
    );
    assert_says(&findings("template.yaml", &both, &allowing("*")), &[]);
    let sure = both.replace("    Condition: Live\n", "").replace("    Condition: Test\n", "");
    assert_says(
        &findings("template.yaml", &sure, &allowing("*")),
        &["warning medium duplicate-route: `GET /` is declared 2 times @ B"],
    );
}

#[test]
fn open_routes_that_take_what_guarded_paths_leave() {
    assert_says(
        &of_routes("POST /admin auth\nANY /{proxy+} -"),
        &[
            "warning medium unguarded-fallthrough: `GET /admin` goes to the open `ANY /{proxy+}`, past the guarded `POST /admin` \
           @ ANY /{proxy+}",
        ],
    );
    assert_says(
        &of_routes("GET /admin auth\nGET /a/{x} auth\n$default -"),
        &[
            "warning high unguarded-fallthrough: `POST /a/1` and requests to 1 more guarded path go to the open `$default` @ $default",
        ],
    );
    // An open route on the way is none that is passed.
    assert_says(
        &of_routes("GET /admin auth\nGET /b -\n$default -"),
        &[
            "warning high unguarded-fallthrough: `POST /admin` goes to the open `$default`, past the guarded `GET /admin` @ $default",
        ],
    );
    // The same path by two names is one.
    assert_says(
        &of_routes("GET /admin auth\nGET /a/{x} auth\nGET /a/{y} auth\n$default -")
            .into_iter()
            .filter(|said| said.contains("fallthrough"))
            .collect::<Vec<_>>(),
        &[
            "warning high unguarded-fallthrough: `POST /a/1` and requests to 1 more guarded path go to the open `$default` @ $default",
        ],
    );
    // Only what lies under the open route falls to it; a nearer open route takes what it matches.
    assert_says(
        &of_routes("POST /api/x auth\nPOST /other auth\nANY /api/{proxy+} -\nANY /{proxy+} auth"),
        &[
            "warning medium unguarded-fallthrough: `GET /api/x` goes to the open `ANY /api/{proxy+}`, past the guarded `POST /api/x` \
           @ ANY /api/{proxy+}",
        ],
    );
    // What a guarded path leaves may go to another route on the way.
    assert_says(
        &of_routes("POST /a/{x} auth\nGET /a/b -\nANY /{y}/b auth\nDELETE /{proxy+} -"),
        &[
            "warning medium unguarded-fallthrough: `DELETE /a/1` goes to the open `DELETE /{proxy+}`, past the guarded `POST /a/{x}` \
           @ DELETE /{proxy+}",
        ],
    );
}

#[test]
fn what_is_open_on_purpose_is_no_fallthrough() {
    for routes in [
        // The path has all methods, or says itself which are open.
        "ANY /admin auth\nANY /{proxy+} -",
        "POST /admin auth\nANY /admin -\nANY /{proxy+} -",
        // Only `HEAD` and `OPTIONS` are left.
        "GET /a auth\nPOST /a auth\nPUT /a auth\nPATCH /a auth\nDELETE /a auth\nANY /{proxy+} -",
        // Pages and preflights.
        "POST /admin auth\nGET /{proxy+} -\nOPTIONS /{proxy+} -",
        // A member beside a collection's action is no route for what is left.
        "POST /users/search auth\nANY /users/{id} -",
        // `{proxy+}` does not match the path above it.
        "POST /admin auth\nANY /admin/{proxy+} -",
        // A guarded route on the way takes the rest.
        "POST /a/b auth\nANY /a/{proxy+} auth\nANY /{proxy+} -",
        "ANY /a/{proxy+} auth\nPOST /a/{x} auth\nANY /{proxy+} -",
    ] {
        assert_says(&of_routes(routes), &[]);
    }
}

#[test]
fn a_search_by_hand_finds_the_same_requests_that_pass_by() {
    let mut random = fastrand::Rng::with_seed(8_112);
    let mut seen = 0;
    for _ in 0..120 {
        let mut keys = BTreeSet::new();
        for _ in 0..random.usize(2..8) {
            keys.insert((
                sample::shape(&sample::template(&mut random)).replace("{+}", "{rest+}"),
                sample::method(&mut random),
            ));
        }
        keys.insert((["/{rest+}", "/users/{rest+}"][random.usize(0..2)].to_owned(), "ANY".to_owned()));
        let routes: Vec<Route> =
            keys.into_iter().map(|(template, method)| Route { is_open: random.bool(), template, method }).collect();
        let line =
            |route: &Route| format!("{} {} {}", route.method, route.template, if route.is_open { "-" } else { "auth" });
        let text = routes.iter().map(line).collect::<Vec<_>>().join("\n");
        let loaded = definitions::read([("routes.txt", text.as_str())]);
        let facts = analysis::facts(&loaded.project, &loaded.sources, Effort::Usual);
        let mut found = BTreeSet::new();
        for (open, passed) in
            facts.apis[0].fallthroughs.iter().flat_map(|found| found.passed.iter().map(|one| (found.open, one)))
        {
            let (taker, guarded) = (open.key.value.to_string(), passed.guarded.key.value.path());
            let request = &passed.request;
            assert!(
                passes_by(&routes, request.method.unwrap().name(), &request.path, &taker, &guarded),
                "{request}: {text}"
            );
            found.insert((taker, guarded));
        }
        // The search goes two segments into a greedy parameter, the linter to its end.
        let missed: Vec<_> = passed_by_hand(&routes).difference(&found).cloned().collect();
        assert!(missed.is_empty(), "{missed:?}: {text}");
        seen += found.len();
    }
    assert!(seen > 40, "the sample holds too few: {seen}");
}

struct Route {
    method: String,
    template: String,
    is_open: bool,
}

impl Route {
    fn takes_what_is_left(&self) -> bool {
        self.is_open && self.template.ends_with("+}") && self.method != "GET"
    }

    fn has(&self, method: &str) -> bool {
        self.method == "ANY" || self.method == method
    }

    fn matches(&self, path: &str) -> bool {
        let (mine, theirs): (Vec<_>, Vec<_>) =
            (self.template.trim_start_matches('/').split('/').collect(), path.split('/').collect());
        let greedy = self.template.ends_with("+}");
        let fits = if greedy { theirs.len() >= mine.len() } else { theirs.len() == mine.len() };
        fits && mine.iter().zip(&theirs).all(|(mine, theirs)| mine.starts_with('{') || mine == theirs)
    }
}

/// The route that takes a request, as it is written.
fn dispatched(routes: &[Route], method: &str, path: &str) -> String {
    let fits = routes.iter().filter(|route| route.has(method) && route.matches(path));
    let best = fits.reduce(|best, next| {
        let is_better = if best.template == next.template {
            next.method != "ANY"
        } else {
            sample::wins(&next.template, &best.template)
        };
        if is_better { next } else { best }
    });
    best.map(|route| format!("{} {}", route.method, route.template)).unwrap_or_default()
}

/// Whether a request goes to an open route, past a guarded path that doesn't declare its method.
fn passes_by(routes: &[Route], method: &str, path: &str, taker: &str, guarded: &str) -> bool {
    let mut twins = routes.iter().filter(|route| route.template == guarded);
    let is_past =
        twins.all(|twin| twin.matches(path) && !twin.has(method)) && dispatched(routes, method, path) == taker;
    let mut open = routes.iter().filter(|route| format!("{} {}", route.method, route.template) == taker);
    is_past && open.any(|open| open.takes_what_is_left() && sample::wins(guarded, &open.template))
}

fn passed_by_hand(routes: &[Route]) -> BTreeSet<(String, String)> {
    let mut passed = BTreeSet::new();
    for guarded in routes.iter().filter(|route| !route.is_open) {
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
            for path in paths(&guarded.template) {
                let taker = dispatched(routes, method, &path);
                if passes_by(routes, method, &path, &taker, &guarded.template) {
                    passed.insert((taker, guarded.template.clone()));
                }
            }
        }
    }
    passed
}

/// Paths of a template with every word that a template of the sample can have, and one that none has.
fn paths(template: &str) -> Vec<String> {
    const WORDS: [&str; 7] = ["v1", "v2", "users", "orders", "me", "a:b", "1"];
    let mut paths = vec![String::new()];
    for segment in template.trim_start_matches('/').split('/') {
        let words = if segment.starts_with('{') { &WORDS[..] } else { &[segment] };
        let longer = |path: &String| {
            let start = if path.is_empty() { String::new() } else { format!("{path}/") };
            words.iter().map(move |word| format!("{start}{word}")).collect::<Vec<_>>()
        };
        paths = paths.iter().flat_map(longer).collect();
        if segment.ends_with("+}") {
            let deeper: Vec<String> = paths.iter().flat_map(longer).collect();
            paths.extend(deeper);
        }
    }
    paths
}

const SAM: &str = r#"
Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: live
      Cors: "'*'"
      Auth:
        DefaultAuthorizer: Tokens
        Authorizers:
          Tokens:
            FunctionArn: arn:aws:lambda:eu-west-1:123456789012:function:authorizer
  Users:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Get:
          Type: Api
          Properties: { RestApiId: !Ref Api, Method: get, Path: /users }
"#;

#[test]
fn preflights_that_need_an_authorizer() {
    let header = "method.request.header.Authorization";
    let of_sam = format!(
        "warning high guarded-preflight: `OPTIONS /users` needs the authorizer `Tokens`, and no preflight has `{header}` @ Cors"
    );
    assert_says(&findings("template.yaml", SAM, &allowing("*")), &[&of_sam]);
    let open = SAM.replace(
        "DefaultAuthorizer: Tokens",
        "DefaultAuthorizer: Tokens\n        AddDefaultAuthorizerToCorsPreflight: false",
    );
    assert_says(&findings("template.yaml", &open, &allowing("*")), &[]);
    let of_routes_message = format!(
        "warning high guarded-preflight: `OPTIONS /a` and 1 more preflight need the authorizer `auth`, and no preflight has `{header}` \
         @ OPTIONS /a"
    );
    assert_says(&of_routes("GET /a auth\nOPTIONS /a auth\nOPTIONS /b auth\nOPTIONS /c -"), &[&of_routes_message]);
    // A function that is asked may let them through.
    assert_says(
        &of_routes("@authorizer auth identity-source=context.identity.sourceIp\nOPTIONS /a auth"),
        &[
            "warning medium guarded-preflight: `OPTIONS /a` needs the authorizer `auth`, and no preflight has credentials @ OPTIONS /a",
        ],
    );
}

/// An HTTP API whose routes are guarded where the key says so.
fn http(cors: &str, routes: &[(&str, bool)]) -> String {
    let mut template = format!(
        "Resources:\n  Api:\n    Type: AWS::ApiGatewayV2::Api\n    Properties:\n      ProtocolType: HTTP\n{cors}  Auth:\n    \
         Type: AWS::ApiGatewayV2::Authorizer\n    Properties:\n      ApiId: !Ref Api\n      AuthorizerType: REQUEST\n      \
         AuthorizerResultTtlInSeconds: 60\n      IdentitySource: [$request.header.Authorization]\n"
    );
    for (index, (key, is_guarded)) in routes.iter().enumerate() {
        let guard = if *is_guarded { "CUSTOM\n      AuthorizerId: !Ref Auth" } else { "NONE" };
        let _ = write!(
            template,
            "  Route{index}:\n    Type: AWS::ApiGatewayV2::Route\n    Properties:\n      ApiId: !Ref Api\n      RouteKey: '{key}'\n      \
             AuthorizationType: {guard}\n"
        );
    }
    template
}

#[test]
fn catch_all_routes_take_the_preflights_that_no_open_route_takes() {
    let cors = "      CorsConfiguration:\n        AllowOrigins: ['*']\n";
    let of = |cors: &str, routes: &[(&str, bool)]| findings("template.yaml", &http(cors, routes), &allowing("*"));
    let needs = |confidence: &str, request: &str, place: &str| {
        format!(
            "note {confidence} guarded-preflight: `{request}` needs the authorizer `Auth`, and no preflight has \
             `$request.header.Authorization` @ '{place}'"
        )
    };
    assert_says(&of(cors, &[("$default", true)]), &[&needs("high", "OPTIONS /1", "$default")]);
    assert_says(&of(cors, &[("ANY /a", true)]), &[&needs("medium", "OPTIONS /a", "ANY /a")]);
    // Without a configuration there is nobody to answer; with one, API Gateway answers what no route takes.
    assert_says(&of("", &[("$default", true)]), &[]);
    assert_says(&of(cors, &[("GET /a", true)]), &[]);
    // What AWS advises.
    assert_says(&of(cors, &[("$default", true), ("OPTIONS /{proxy+}", false)]), &[]);
    // A more specific route wins against it.
    assert_says(
        &of(cors, &[("ANY /a/{x+}", true), ("OPTIONS /{proxy+}", false)]),
        &[&needs("medium", "OPTIONS /a/1", "ANY /a/{x+}")],
    );
}

#[test]
fn authorizers_that_guard_nothing() {
    assert_says(
        &of_routes("@authorizer one ttl=0\n@authorizer two ttl=0\nGET /a one"),
        &["note medium unattached-authorizer: no route uses the authorizer `two` @ two"],
    );
    assert_says(&of_routes("@authorizer one ttl=0\nGET /a\nGET /b -"), &[]);
    // Routes that are not known could use it.
    let known = http("", &[("GET /a", false)]);
    let expected = "note medium unattached-authorizer: no route uses the authorizer `Auth` @ Auth";
    assert_says(&findings("template.yaml", &known, &allowing("*")), &[expected]);
    assert_says(&findings("template.yaml", &known.replace("'GET /a'", "!Ref Key"), &allowing("*")), &[]);
    assert_says(
        &findings(
            "template.yaml",
            &known.replace("NONE", "CUSTOM\n      AuthorizerId: !ImportValue a"),
            &allowing("*"),
        ),
        &[],
    );
    let terraform = r#"
resource "aws_api_gateway_rest_api" "shop" {}
resource "aws_api_gateway_authorizer" "auth" {
  name        = "auth"
  rest_api_id = aws_api_gateway_rest_api.shop.id
}
resource "aws_api_gateway_method" "root" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  resource_id   = aws_api_gateway_rest_api.shop.root_resource_id
  http_method   = "GET"
  authorization = "NONE"
}
"#;
    let expected = "note medium unattached-authorizer: no route uses the authorizer `auth` @ auth";
    assert_says(&findings("main.tf", terraform, &allowing("*")), &[expected]);
    // Others may attach it.
    let output = "output \"authorizer_id\" {\n  value = aws_api_gateway_authorizer.auth.id\n}\n";
    assert_says(&findings("main.tf", &format!("{terraform}{output}"), &allowing("*")), &[]);
    let handed_on = format!("{known}Outputs:\n  AuthorizerId:\n    Value: !Ref Auth\n");
    assert_says(&findings("template.yaml", &handed_on, &allowing("*")), &[]);
}

const OPENAPI: &str = r#"{
  "openapi": "3.0.1",
  SECURITY
  "components": {"securitySchemes": {"auth": {
    "type": "apiKey", "name": "Authorization", "in": "header",
    "x-amazon-apigateway-authorizer": {AUTHORIZER}
  }}},
  "paths": {"/a": {"get": {GUARD "x-amazon-apigateway-integration": {}}}}
}"#;

fn openapi(security: &str, authorizer: &str, guard: &str) -> Vec<String> {
    let text = OPENAPI.replace("SECURITY", security).replace("AUTHORIZER", authorizer).replace("GUARD", guard);
    findings("api.json", &text, &allowing("*"))
}

#[test]
fn settings_of_documents_that_nobody_reads() {
    let guard = r#""security": [{"auth": []}],"#;
    let token = |more: &str| format!(r#""type": "token", "authorizerResultTtlInSeconds": 60 {more}"#);
    assert_says(
        &openapi("", &token(r#", "identitySource": "method.request.header.X-Session""#), guard),
        &[
            "warning high ignored-setting: `identitySource` of authorizer `auth` has no effect: the header of a `token` authorizer is \
           the scheme's `name`, which is `Authorization` @ \"identitySource\"",
        ],
    );
    for same in ["method.request.header.authorization", "", "$request.header.Authorization"] {
        assert_says(&openapi("", &token(&format!(r#", "identitySource": "{same}""#)), guard), &[]);
    }
    assert_says(&openapi("", &token(r#", "identityValidationExpression": "^x$""#), guard), &[]);
    let request =
        r#""type": "request", "identitySource": "method.request.header.A", "identityValidationExpression": "^x$""#;
    assert_says(
        &openapi("", request, guard),
        &[
            "warning high ignored-setting: `identityValidationExpression` of authorizer `auth` has no effect: API Gateway validates \
           the header of a TOKEN authorizer only @ \"identityValidationExpression\"",
        ],
    );
    assert_says(&openapi("", &request.replace("^x$", ""), guard), &[]);
    // What was to attach the authorizer is one cause.
    assert_says(
        &openapi(guard, &token(""), ""),
        &[
            "note low ignored-setting: `security` at the root has no effect: REST APIs take only that of each operation @ \"security\"",
        ],
    );
}

#[test]
fn settings_of_templates_that_nobody_reads() {
    let http_api = http("", &[("GET /a", true)]);
    let with =
        http_api.replace("      AuthorizerType", "      IdentityValidationExpression: ^x$\n      AuthorizerType");
    assert_says(
        &findings("template.yaml", &with, &allowing("*")),
        &[
            "warning high ignored-setting: `IdentityValidationExpression` of authorizer `Auth` has no effect: API Gateway validates \
           the header of a TOKEN authorizer only @ IdentityValidationExpression",
        ],
    );
    let terraform = r#"
resource "aws_api_gateway_authorizer" "auth" {
  name                           = "auth"
  rest_api_id                    = "a1b2c3d4e5"
  type                           = "REQUEST"
  identity_validation_expression = "^x$"
}
resource "aws_api_gateway_method" "root" {
  rest_api_id   = "a1b2c3d4e5"
  resource_id   = aws_api_gateway_rest_api.shop.root_resource_id
  http_method   = "GET"
  authorization = "CUSTOM"
  authorizer_id = aws_api_gateway_authorizer.auth.id
}"#;
    assert_says(
        &findings("main.tf", terraform, &allowing("*")),
        &[
            "warning high ignored-setting: `identity_validation_expression` of authorizer `auth` has no effect: API Gateway validates \
           the header of a TOKEN authorizer only @ \"^x$\"",
        ],
    );
}

#[test]
fn settings_of_sam_that_nobody_reads() {
    let sam = SAM.replace("      Cors: \"'*'\"\n", "");
    let function = "            FunctionArn: arn:aws:lambda:eu-west-1:123456789012:function:authorizer\n";
    let of =
        |more: &str| findings("template.yaml", &sam.replace(function, &format!("{function}{more}")), &allowing("*"));
    assert_says(&of("            Identity: { Header: X, ValidationExpression: ^x$, ReauthorizeEvery: 0 }\n"), &[]);
    let request = "            FunctionPayloadType: REQUEST\n";
    assert_says(
        &of(&format!("{request}            Identity: {{ Headers: [X], Context: [path], ReauthorizeEvery: 0 }}\n")),
        &[],
    );
    let ignored = |key: &str, why: &str| {
        format!("warning high ignored-setting: `{key}` of authorizer `Tokens` has no effect: {why} @ {key}")
    };
    let other = "SAM reads it for REQUEST authorizers only, and this one is TOKEN";
    assert_says(&of("            Identity: { QueryStrings: [x] }\n"), &[&ignored("QueryStrings", other)]);
    assert_says(&of("            Identity: { Reauthorize: 0 }\n"), &[&ignored("Reauthorize", "SAM knows no such key")]);
    assert_says(&of("            EnableSimpleResponses: false\n"), &[]);
    assert_says(
        &of("            EnableSimpleResponses: true\n"),
        &[&ignored("EnableSimpleResponses", "SAM reads it for HTTP APIs only")],
    );
    assert_says(
        &of(&format!("{request}            Identity: {{ Headers: [X], Header: X }}\n")),
        &[&ignored("Header", "a REQUEST authorizer has a list")],
    );
}

/// A REST API with a resource policy, two guarded routes and a TTL.
fn with_resource_policy(ttl: u32, statements: &str) -> String {
    let guard = r#""security": [{"auth": []}], "x-amazon-apigateway-integration": {}"#;
    let authorizer = format!(r#"{{"type": "token", "authorizerResultTtlInSeconds": {ttl}}}"#);
    let scheme =
        format!(r#"{{"type": "apiKey", "name": "A", "in": "header", "x-amazon-apigateway-authorizer": {authorizer}}}"#);
    format!(
        r#"{{"openapi": "3.0.1", "components": {{"securitySchemes": {{"auth": {scheme}}}}},
           "x-amazon-apigateway-policy": {{"Version": "2012-10-17", "Statement": [{statements}]}},
           "paths": {{"/a": {{"get": {{{guard}}}}}, "/b/{{x}}": {{"get": {{{guard}}}, "put": {{{guard}}}}}}}}}"#
    )
}

#[test]
fn what_the_resource_policy_allows_in_spite_of_a_response() {
    let statement = |effect: &str, resource: &str, more: &str| {
        format!(
            r#"{{"Effect": "{effect}", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "{resource}"{more}}}"#
        )
    };
    let narrow = allowing("arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/live/GET/a");
    let of = |ttl, statements: &str, policy: &str| findings("api.json", &with_resource_policy(ttl, statements), policy);
    let all = statement("Allow", "execute-api:/*", "");
    let place = "\"arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/live/GET/a\"";
    let says = |confidence: &str, what: &str| {
        format!("warning {confidence} implicit-deny-overruled: the policy leaves {what} @ {place}")
    };
    let b = "`GET /b/1` and requests of 1 more route out, and the resource policy of the API";
    assert_says(&of(60, &all, &narrow), &[&says("high", &format!("{b} allows them"))]);
    assert_says(
        &of(60, &statement("Allow", "execute-api:/live/GET/b/7", ""), &narrow),
        &[&says("high", "`GET /b/7` out, and the resource policy of the API allows it")],
    );
    // The shortest request speaks, whichever route it is for.
    let of_b = narrow.replace("GET/a", "GET/b/*");
    let a = "`GET /a` and requests of 1 more route out, and the resource policy of the API";
    assert_says(&of(60, &all, &of_b), &[&says("high", &format!("{a} allows them")).replace("GET/a", "GET/b/*")]);
    // Under a condition it may.
    let condition = r#", "Condition": {"IpAddress": {"aws:SourceIp": "198.51.100.0/24"}}"#;
    assert_says(
        &of(60, &statement("Allow", "execute-api:/*", condition), &narrow),
        &[&says("medium", &format!("{b} can allow them"))],
    );
    let guarded = format!("{all}, {}", statement("Deny", "execute-api:/*", condition));
    assert_says(&of(60, &guarded, &narrow), &[&says("medium", &format!("{b} can allow them"))]);
    // A Deny of either, a policy that leaves nothing out, and one that speaks of its own request alone.
    assert_says(&of(60, &format!("{all}, {}", statement("Deny", "execute-api:/live/*/b/*", "")), &narrow), &[]);
    assert_says(&of(60, &statement("Deny", "execute-api:/live/GET/a", ""), &narrow), &[]);
    assert_says(&of(60, &all, &allowing("*")), &[]);
    assert_says(&of(60, &all, &allowing("*").replace("Allow", "Deny")), &[]);
    assert_says(&of(0, &all, &narrow), &[]);
    // Not even its own request is allowed: whatever it was, the resource policy lets it through.
    let nothing = narrow.replace("GET/a", "GET/zzz");
    assert_eq!(of(0, &all, &nothing).len(), 1);
}
