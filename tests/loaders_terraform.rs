//! Which APIs come out of Terraform configurations, plans and states?
mod definitions;

use definitions::fixture;
use definitions::read;

#[test]
fn a_folder_is_one_module_with_locals_counts_and_keys() {
    let loaded = fixture("terraform/rest");
    assert_eq!(
        loaded.apis(),
        [
            "rest ? [live @ live] of terraform/rest/api.tf with a resource policy",
            "  readers @ readers (aws_api_gateway_authorizer.readers) token 300 Terraform's default @ readers; Terraform's default [method.request.header.Authorization @ readers]",
            r#"  staff-live @ format("%s-%s", "staff", var.environment) (aws_api_gateway_authorizer.staff[0]) request 120 stated @ local.minutes * 60; stated [method.request.header.Authorization @ method.request.header.Authorization, context.httpMethod @ context.httpMethod]"#,
            r#"  GET / -> open @ resource "aws_api_gateway_method" "root""#,
            r#"  GET /loans/{loanId} -> open @ resource "aws_api_gateway_method" "loan""#,
            r#"  DELETE /loans/{loanId} -> readers @ resource "aws_api_gateway_method" "loan""#,
            r#"  POST /members -> staff-live @ resource "aws_api_gateway_method" "members""#,
            r#"  PATCH /members -> staff-live @ resource "aws_api_gateway_method" "members""#,
        ]
    );
    assert_eq!(loaded.unreadable(), [""; 0]);
    assert_eq!(loaded.unknown(), [""; 0]);
    let policy = loaded.project.apis[0].resource_policy.as_ref().unwrap();
    let resource = &policy.statements[0].resources.patterns[0];
    assert_eq!(resource.value, "execute-api:/*/GET/loans");
    assert_eq!(policy.statements[0].condition, None, "everyone is no condition");
    assert!(loaded.at(resource.span).contains(".execution_arn}/*/GET/loans"));
}

#[test]
fn routes_for_each_of_a_map_and_of_a_comprehension() {
    let loaded = fixture("terraform/http");
    assert_eq!(
        loaded.apis(),
        [
            "http ? [$default @ $default] of terraform/http/main.tf",
            "  drivers @ drivers (aws_apigatewayv2_authorizer.drivers) request 300 Terraform's default @ drivers; stated [$request.header.Authorization @ $request.header.Authorization, $context.routeKey @ $context.routeKey]; payload 2.0 @ 2.0; simple",
            "  office @ office (aws_apigatewayv2_authorizer.office) jwt 300 Terraform's default @ office; stated [$request.header.Authorization @ $request.header.Authorization]",
            r#"  AWS_IAM @ "AWS_IAM" (AWS_IAM) iam 0 IAM caches nothing @ "AWS_IAM"; IAM has none []"#,
            r#"  GET /trips/{tripId} -> drivers @ "GET /trips/{tripId}""#,
            r#"  POST /trips -> drivers @ "POST /trips""#,
            r#"  GET /vehicles -> office @ "${pair[0]} /${pair[1]}""#,
            r#"  GET /depots/{depotId} -> office @ "${pair[0]} /${pair[1]}""#,
            r#"  PUT /vehicles -> office @ "${pair[0]} /${pair[1]}""#,
            "  GET /metrics -> AWS_IAM @ GET /metrics",
            "  $default -> open @ $default",
        ]
    );
    assert_eq!(loaded.unreadable(), [""; 0]);
    assert_eq!(loaded.unknown(), [""; 0]);
}

#[test]
fn modules_are_read_as_they_are_called() {
    let loaded = fixture("terraform/modules");
    assert_eq!(
        loaded.apis(),
        [
            "rest ? [] of terraform/modules/main.tf",
            "  gate @ gate (aws_api_gateway_authorizer.gate) token 0 stated @ 0; stated [method.request.header.X-Gate-Token @ method.request.header.X-Gate-Token]",
            r#"  GET /events -> gate @ resource "aws_api_gateway_method" "this""#,
            r#"  POST /events -> gate @ resource "aws_api_gateway_method" "this""#,
            r#"  GET /events/{eventId} -> open @ resource "aws_api_gateway_method" "this""#,
            r#"  DELETE /events/archive -> open @ resource "aws_api_gateway_method" "this""#,
        ]
    );
    assert_eq!(loaded.unreadable(), [""; 0]);
    assert_eq!(loaded.unknown(), [""; 0]);
}

#[test]
fn bodies_are_openapi_wherever_their_text_stands() {
    let loaded = fixture("terraform/body");
    assert_eq!(
        loaded.apis(),
        [
            "rest ? [] of terraform/body/main.tf",
            "  shop @ shop (shop) token 45 stated @ ${ttl}; stated [method.request.header.X-Shop @ X-Shop]",
            "  GET /orders/{orderId} -> shop @ get",
            "  POST /orders/{orderId}/cancel -> shop @ post",
            "  POST /orders/{orderId}/refund -> shop @ post",
            "rest ? [] of terraform/body/main.tf with a resource policy",
            "  GET /ping -> open @ get",
            "http ? [] of terraform/body/main.tf",
            r#"  état @ "état" (état) request 90 stated @ 90; stated [$request.header.Authorization @ $request.header.Authorization]; payload 2.0 @ "2.0""#,
            r#"  GET /status -> état @ "get""#,
        ]
    );
    assert_eq!(loaded.unreadable(), [""; 0]);
    assert_eq!(loaded.unknown(), [""; 0]);
    let policy = loaded.project.apis[1].resource_policy.as_ref().unwrap();
    let resource = &policy.statements[0].resources.patterns[0];
    assert_eq!(loaded.at(resource.span), r#""execute-api:/*/GET/ping""#);
}

#[test]
fn what_deployment_decides_is_unknown_and_never_guessed() {
    let loaded = fixture("terraform/unknown");
    assert_eq!(
        loaded.apis(),
        [
            "rest ? [] of terraform/unknown/main.tf",
            "  teams @ teams (aws_api_gateway_authorizer.teams) request ? stated @ var.ttl; stated [(unknown) @ data.aws_ssm_parameter.source.value]",
            r#"  GET /v1/teams -> ? variable `authorizer_id` has no default @ resource "aws_api_gateway_method" "known""#,
        ]
    );
    assert_eq!(loaded.unreadable(), [""; 0]);
    assert_eq!(
        loaded.unknown(),
        [
            r#"which routes `aws_api_gateway_method.optional` makes: variable `with_admin` has no default @ resource "aws_api_gateway_method" "optional""#,
            r#"what module `elsewhere` declares: module `elsewhere` comes from `git::https://git.teams.example/terraform/endpoint.git`, which is no folder here @ module "elsewhere""#,
            "identity sources of authorizer `teams`: `data.aws_ssm_parameter.source` is not declared in the files given @ data.aws_ssm_parameter.source.value",
            "TTL of authorizer `teams`: variable `ttl` has no default @ var.ttl",
            "authorizer of `aws_api_gateway_method.known`: variable `authorizer_id` has no default @ var.authorizer_id",
            "path of `aws_api_gateway_method.pathless`: variable `parent_id` has no default @ aws_api_gateway_resource.somewhere.id",
            "method of `aws_api_gateway_method.looped`: it refers to too much, or to itself @ local.loop",
            "stage: variable `stage` has no default @ var.stage",
        ]
    );
}

#[test]
fn a_plan_refers_through_its_configuration() {
    let loaded = fixture("terraform/plan");
    assert_eq!(
        loaded.apis(),
        [
            r#"rest ? [v1 @ "v1"] of terraform/plan/plan.json"#,
            r#"  patients @ "patients" (aws_api_gateway_authorizer.patients) request 300 stated @ 300; stated [method.request.header.Authorization @ method.request.header.Authorization]"#,
            r#"  GET /visits -> patients @ "module.visits.aws_api_gateway_method.this[\"GET\"]""#,
            r#"  POST /visits -> open @ "module.visits.aws_api_gateway_method.this[\"POST\"]""#,
            r#"  GET /visits/weekly -> patients @ "module.reports[\"weekly\"].aws_api_gateway_method.this[\"GET\"]""#,
        ]
    );
    assert_eq!(loaded.unreadable(), [""; 0]);
    assert_eq!(loaded.unknown(), [""; 0]);
}

#[test]
fn a_state_refers_by_ids() {
    let loaded = fixture("terraform/state");
    assert_eq!(
        loaded.apis(),
        [
            "rest q0w9e8r7t6 [] of terraform/state/state.json with a resource policy",
            r#"  GET / -> open @ "aws_api_gateway_method.root""#,
            r#"  ANY /rooms -> ? nothing here has the id `gg77hh` @ "aws_api_gateway_method.rooms""#,
            r#"websocket v7c1m0qe2d [live @ "live"] of terraform/state/state.json"#,
            r#"  guests @ "guests" (aws_apigatewayv2_authorizer.guests[0]) request 0 stated @ 0; stated [route.request.querystring.ticket @ "route.request.querystring.ticket"]"#,
            r#"  $connect -> guests @ "$connect""#,
            r#"  say -> open @ "say""#,
        ]
    );
    assert_eq!(loaded.unreadable(), [""; 0]);
    assert_eq!(
        loaded.unknown(),
        [r#"authorizer of `aws_api_gateway_method.rooms`: nothing here has the id `gg77hh` @ "gg77hh""#,]
    );
}

#[test]
fn what_is_no_api_is_refused_with_its_place() {
    let bucket = "resource \"aws_s3_bucket\" \"logs\" {\n  bucket = \"logs\"\n}\n";
    assert_eq!(
        read([("infra/main.tf", bucket)]).unreadable(),
        ["infra/main.tf:1:1 this Terraform configuration declares no API of API Gateway"]
    );
    let broken = "resource \"aws_api_gateway_rest_api\" \"é\" {\n  name = \"é\", x\n}\n";
    assert_eq!(read([("main.tf", broken)]).unreadable(), ["main.tf:2:13 not valid HCL: expected newline or eof"]);
}

#[test]
fn references_without_end_are_given_up() {
    let locals: Vec<_> = (0..40).map(|at| format!("  a{at} = [local.a{0}, local.a{0}]\n", at + 1)).collect();
    let locals = locals.concat();
    let text = format!(
        "locals {{\n{locals}  a40 = local.a0\n}}\nresource \"aws_apigatewayv2_api\" \"x\" {{\n  protocol_type = \"HTTP\"\n}}\n\
         resource \"aws_apigatewayv2_route\" \"x\" {{\n  api_id = aws_apigatewayv2_api.x.id\n  route_key = join(\"\", local.a0)\n}}\n\
         module \"again\" {{\n  source = \"./\"\n  api_id = 1\n}}\n"
    );
    let loaded = read([("main.tf", text)]);
    assert!(loaded.unknown().iter().any(|unknown| unknown.starts_with("route key of")), "{:?}", loaded.unknown());
}
