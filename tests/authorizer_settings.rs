//! Do the rules on an authorizer's settings speak of what was written, in every format, and of nothing that deployment decides?
//!
//! A row is a definition, `---` between its files, and what has to be found in it: severity, confidence, rule, and the text at its place.

mod definitions;

use authorizer_lint::analysis::facts;
use authorizer_lint::rules;
use authorizer_lint::rules::Levels;

use definitions::Loaded;
use definitions::read;

#[test]
fn every_format_says_where_its_ttl_is_wrong() {
    check(&[
        ("routes.txt", "@authorizer a ttl=7200\nGET /a\n", "error high invalid-ttl @ 7200"),
        ("openapi.json", &openapi(r#""authorizerResultTtlInSeconds": "5m""#), r#"error high invalid-ttl @ "5m""#),
        ("template.yaml", &cloudformation("AuthorizerResultTtlInSeconds: -1"), "error high invalid-ttl @ -1"),
        ("template.yaml", &cloudformation("AuthorizerResultTtlInSeconds: !Ref Ttl"), ""),
        ("template.yaml", &sam("ReauthorizeEvery: 3601"), "error high invalid-ttl @ 3601"),
        ("serverless.yml", &serverless("resultTtlInSeconds: 1.5"), "error high invalid-ttl @ 1.5"),
        ("serverless.yml", &serverless("resultTtlInSeconds: ${param:ttl}"), ""),
        ("main.tf", &terraform("authorizer_result_ttl_in_seconds = 86400"), "error high invalid-ttl @ 86400"),
        ("main.tf", &terraform("authorizer_result_ttl_in_seconds = \"a day\""), "error high invalid-ttl @ \"a day\""),
        ("main.tf", &terraform("authorizer_result_ttl_in_seconds = var.ttl"), ""),
        ("saved.json", &saved(r#""authorizerResultTtlInSeconds": 4000"#), "error high invalid-ttl @ 4000"),
    ]);
}

#[test]
fn a_websocket_api_has_no_ttl() {
    check(&[
        ("main.tf", &websocket("authorizer_result_ttl_in_seconds = 300"), "error medium invalid-ttl @ 300"),
        ("main.tf", &websocket("authorizer_result_ttl_in_seconds = 0"), ""),
        ("main.tf", &websocket(""), ""),
        ("main.tf", &websocket(r#"identity_sources = ["$request.header.Auth"]"#), ""),
        (
            "main.tf",
            &websocket(r#"identity_sources = ["method.request.header.Auth"]"#),
            "note low invalid-identity-source @ method.request.header.Auth",
        ),
    ]);
}

#[test]
fn every_format_says_which_identity_source_is_none() {
    let rest = |source: &str| format!("error high invalid-identity-source @ {source}");
    check(&[
        (
            "routes.txt",
            "@authorizer a type=request identity-source=method.request.header.A,method.request.path.id\nGET /a/{id}\n",
            &rest("method.request.path.id"),
        ),
        (
            "openapi.json",
            &openapi(r#""identitySource": "method.request.body.user""#),
            &rest("method.request.body.user"),
        ),
        (
            "template.yaml",
            &cloudformation("IdentitySource: Authorization"),
            "error medium invalid-identity-source @ Authorization",
        ),
        ("template.yaml", &cloudformation("IdentitySource: !Sub 'method.request.header.${Header}'"), ""),
        (
            "serverless.yml",
            &serverless("identitySource: $request.header.Authorization"),
            "error medium invalid-identity-source @ $request.header.Authorization",
        ),
        (
            "main.tf",
            &terraform(r#"identity_source = "method.request.querystring.token,method.request.path.id""#),
            &rest("method.request.path.id"),
        ),
        ("main.tf", &terraform(r#"identity_source = "$context.path, method.request.header.A""#), ""),
        ("saved.json", &saved(r#""identitySource": "method.request.path.id""#), &rest("method.request.path.id")),
    ]);
}

#[test]
fn the_token_of_a_token_authorizer_is_one_header() {
    let token = |sources: &str| format!("@authorizer a type=token identity-source={sources}\nGET /a\n");
    check(&[
        ("routes.txt", &token("method.request.header.A"), ""),
        (
            "routes.txt",
            &token("method.request.querystring.token"),
            "error high invalid-identity-source @ method.request.querystring.token",
        ),
        (
            "routes.txt",
            &token("method.request.header.A,method.request.header.B"),
            "error high invalid-identity-source @ method.request.header.B",
        ),
        ("routes.txt", &token(""), "error high missing-identity-source @ a"),
    ]);
}

#[test]
fn a_cache_needs_a_key() {
    let request = |settings: &str| format!("@authorizer a type=request identity-source= {settings}\nGET /a\n");
    check(&[
        ("routes.txt", &request(""), "error high missing-identity-source @ a"),
        ("routes.txt", &request("ttl=0"), "note high caching-disabled @ 0"),
        ("routes.txt", &request("api=http ttl=60"), "error high missing-identity-source @ a"),
        ("routes.txt", &request("api=http"), ""),
        ("template.yaml", &cloudformation(""), "error high missing-identity-source @ Asks"),
        // Terraform's default of 300 seconds holds only beside identity sources.
        ("main.tf", &http_in_terraform(""), ""),
        (
            "main.tf",
            &http_in_terraform("authorizer_result_ttl_in_seconds = 300"),
            "error high missing-identity-source @ asks",
        ),
    ]);
}

#[test]
fn a_key_has_to_say_who_calls() {
    let key = |sources: &str| format!("@authorizer a ttl=300 identity-source={sources}\nGET /a\n");
    let first = |level: &str, rule: &str, source: &str| format!("{level} medium {rule} @ {source}");
    check(&[
        ("routes.txt", &key("context.path"), &first("error", "key-without-caller", "context.path")),
        ("routes.txt", &key("$context.routeKey"), &first("error", "key-without-caller", "$context.routeKey")),
        (
            "routes.txt",
            &key("context.identity.sourceIp"),
            &first("warning", "key-without-caller", "context.identity.sourceIp"),
        ),
        ("routes.txt", &key("context.identity.apiKey"), ""),
        ("routes.txt", &key("context.path,method.request.header.Authorization"), ""),
        ("routes.txt", &key("context.requestId"), &first("warning", "key-never-repeats", "context.requestId")),
        ("routes.txt", "@authorizer a ttl=0 identity-source=context.path\nGET /a\n", "note high caching-disabled @ 0"),
        (
            "routes.txt",
            "@authorizer a identity-source=$context.routeKey\nGET /a\n",
            "note medium key-without-caller @ $context.routeKey",
        ),
        (
            "routes.txt",
            "@authorizer a identity-source=context.path\nGET /a -\n",
            "note medium unattached-authorizer @ a",
        ),
    ]);
}

#[test]
fn a_cached_simple_response_decides_for_what_shares_it() {
    let simple = |settings: &str| http_in_terraform(&format!("enable_simple_responses = true\n{settings}"));
    let sources = |more: &str| format!(r#"identity_sources = ["$request.header.Authorization"{more}]"#);
    check(&[
        ("main.tf", &simple(&sources("")), "warning high simple-response-cached @ asks"),
        ("main.tf", &simple(&sources(r#", "$context.routeKey""#)), ""),
        ("main.tf", &simple(&sources(r#", "$context.httpMethod""#)), ""),
        // Both routes are on one path.
        ("main.tf", &simple(&sources(r#", "$context.path""#)), "warning high simple-response-cached @ asks"),
        ("main.tf", &simple(&sources(r#", "$context.path", "$context.httpMethod""#)), ""),
        ("main.tf", &simple(&format!("{}\nauthorizer_result_ttl_in_seconds = var.ttl", sources(""))), ""),
        ("main.tf", &http_in_terraform(&format!("enable_simple_responses = var.simple\n{}", sources(""))), ""),
        ("main.tf", &http_in_terraform(&sources("")), ""),
    ]);
}

/// Every row whose findings differ.
fn check(rows: &[(&str, &str, &str)]) {
    let mut wrong = Vec::new();
    for (name, text, expected) in rows {
        let loaded = read((1..).zip(text.split("\n---\n")).map(|(number, text)| (format!("{number}-{name}"), text)));
        assert!(!loaded.project.apis.is_empty() && loaded.project.unreadable.is_empty(), "{name}\n{text}");
        let found = found(&loaded);
        if found != *expected {
            wrong.push(format!("{text}\n  found {found:?}\n  not   {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn found(loaded: &Loaded) -> String {
    let Loaded { sources, project } = loaded;
    let levels = Levels::default();
    let findings = rules::run(&facts(project, sources, levels.effort()), &levels);
    let line = |finding: &authorizer_lint::finding::Finding| {
        let (severity, confidence) = (finding.severity.name(), finding.confidence.name());
        format!("{severity} {confidence} {} @ {}", finding.rule, loaded.at(finding.primary.span))
    };
    findings.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn openapi(setting: &str) -> String {
    format!(
        r#"{{"openapi": "3.0.1", "info": {{"title": "a", "version": "1"}},
            "paths": {{"/a": {{"get": {{"security": [{{"asks": []}}]}}}}}},
            "components": {{"securitySchemes": {{"asks": {{"type": "apiKey", "name": "A", "in": "header",
                "x-amazon-apigateway-authorizer": {{
                    "type": "{}", "authorizerUri": "arn:aws:apigateway:eu-west-1:lambda:path/x", {setting}}}}}}}}}}}"#,
        if setting.contains("identitySource") { "request" } else { "token" }
    )
}

fn cloudformation(setting: &str) -> String {
    let source = if setting.contains("Ttl") { "IdentitySource: method.request.header.Authorization" } else { "" };
    format!(
        "Parameters:
  Ttl: {{Type: Number}}
  Header: {{Type: String}}
Resources:
  Api: {{Type: AWS::ApiGateway::RestApi}}
  Asks:
    Type: AWS::ApiGateway::Authorizer
    Properties:
      RestApiId: !Ref Api
      Type: REQUEST
      {source}
      {setting}
  Method:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: GET
      AuthorizationType: CUSTOM
      AuthorizerId: !Ref Asks
"
    )
}

fn sam(setting: &str) -> String {
    format!(
        "Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Auth:
        DefaultAuthorizer: asks
        Authorizers:
          asks: {{FunctionArn: !GetAtt Asks.Arn, Identity: {{{setting}}}}}
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Get: {{Type: Api, Properties: {{RestApiId: !Ref Api, Path: /a, Method: get}}}}
"
    )
}

fn serverless(setting: &str) -> String {
    format!(
        "service: a
provider: {{name: aws}}
functions:
  asks: {{handler: asks.handler}}
  get:
    handler: get.handler
    events:
      - http:
          path: a
          method: get
          authorizer:
            name: asks
            type: request
            {setting}
"
    )
}

fn terraform(setting: &str) -> String {
    format!(
        r#"resource "aws_api_gateway_rest_api" "api" {{
  name = "api"
}}
resource "aws_api_gateway_authorizer" "asks" {{
  name        = "asks"
  rest_api_id = aws_api_gateway_rest_api.api.id
  type        = "REQUEST"
  {setting}
}}
resource "aws_api_gateway_method" "get" {{
  rest_api_id   = aws_api_gateway_rest_api.api.id
  resource_id   = aws_api_gateway_rest_api.api.root_resource_id
  http_method   = "GET"
  authorization = "CUSTOM"
  authorizer_id = aws_api_gateway_authorizer.asks.id
}}
"#
    )
}

fn http_in_terraform(setting: &str) -> String {
    let route = |method: &str| {
        format!(
            r#"resource "aws_apigatewayv2_route" "{method}" {{
  api_id             = aws_apigatewayv2_api.api.id
  route_key          = "{method} /a"
  authorization_type = "CUSTOM"
  authorizer_id      = aws_apigatewayv2_authorizer.asks.id
}}
"#
        )
    };
    v2_in_terraform("HTTP", setting) + &route("GET") + &route("POST")
}

fn websocket(setting: &str) -> String {
    let route = r#"resource "aws_apigatewayv2_route" "connect" {
  api_id             = aws_apigatewayv2_api.api.id
  route_key          = "$connect"
  authorization_type = "CUSTOM"
  authorizer_id      = aws_apigatewayv2_authorizer.asks.id
}
"#;
    v2_in_terraform("WEBSOCKET", setting) + route
}

fn v2_in_terraform(protocol: &str, setting: &str) -> String {
    format!(
        r#"resource "aws_apigatewayv2_api" "api" {{
  name          = "api"
  protocol_type = "{protocol}"
}}
resource "aws_apigatewayv2_authorizer" "asks" {{
  name            = "asks"
  api_id          = aws_apigatewayv2_api.api.id
  authorizer_type = "REQUEST"
  {setting}
}}
"#
    )
}

/// What the AWS CLI shows of an API and, in a file of its own, of its authorizers.
fn saved(setting: &str) -> String {
    format!(
        r#"{{"items": [{{"id": "r", "path": "/", "resourceMethods": {{"GET": {{"httpMethod": "GET",
            "authorizationType": "CUSTOM", "authorizerId": "abc123"}}}}}}]}}
---
{{"items": [{{"id": "abc123", "name": "asks", "type": "REQUEST", "authType": "custom", {}{setting}}}]}}"#,
        if setting.contains("identitySource") { "" } else { r#""identitySource": "method.request.header.A", "# }
    )
}
