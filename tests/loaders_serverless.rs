//! Which APIs come out of services of the Serverless Framework?
mod definitions;

use definitions::fixture;
use definitions::read;

#[test]
fn a_service_of_all_three_kinds_with_variables_and_files() {
    let loaded = fixture("serverless/service");
    assert_eq!(
        loaded.apis(),
        [
            "rest ? [live @ live] of serverless/service/serverless.yml with a resource policy",
            "  shopAuthorizer @ shopAuthorizer (shopAuthorizer) request 90 stated @ 90; stated [method.request.header.Authorization @ method.request.header.Authorization, context.resourcePath @ context.resourcePath]",
            "  bakers @ arn:aws:lambda:eu-central-1:255108884412:function:bakery-live-bakers (bakers) token 15 stated @ 15; the Serverless Framework's default [method.request.header.Authorization @ arn:aws:lambda:eu-central-1:255108884412:function:bakery-live-bakers]",
            "  recipe-readers @ recipe-readers (Pool) cognito 300 API Gateway's default @ recipe-readers; stated [method.request.header.Authorization @ method.request.header.Authorization]",
            "  AWS_IAM @ aws_iam (AWS_IAM) iam 0 IAM caches nothing @ aws_iam; IAM has none []",
            "  GET /orders/{orderId} -> shopAuthorizer @ orders/{orderId}",
            "  GET /breads -> open @ GET breads",
            "  ANY /sweet/breads/{breadId} -> shopAuthorizer @ /${self:custom.prefix}/breads/{breadId}",
            "  POST /breads -> bakers @ breads",
            "  GET /recipes -> recipe-readers @ recipes",
            "  GET /secrets -> ? `${ssm:/bakery/authorizer}` is only known at deployment @ secrets",
            "  GET /machines -> AWS_IAM @ machines",
            "  OPTIONS /orders/{orderId} -> open @ cors",
            "  OPTIONS /sweet/breads/{breadId} -> open @ cors",
            "http ? [$default @ provider] of serverless/service/serverless.yml",
            "  partners @ partners (partners) request 300 stated @ 300; stated [$request.header.X-Partner @ $request.header.X-Partner, $context.routeKey @ $context.routeKey]; payload 2.0 @ partners",
            "  staff @ staff (staff) jwt ? no documented default @ staff; stated [$request.header.Authorization @ $request.header.Authorization]",
            r#"  $default -> open @ "*""#,
            "  GET /deliveries/{deliveryId} -> partners @ /deliveries/{deliveryId}",
            "  ANY /rota -> staff @ /rota",
            "  GET /stock -> ? `provider.httpApi.authorizers` has no `warehouse` @ /stock",
            "websocket ? [live @ live] of serverless/service/serverless.yml",
            "  ovenAuthorizer @ ovenAuthorizer (ovenAuthorizer) request 0 WebSocket APIs cache nothing @ ovenAuthorizer; the Serverless Framework's default [route.request.header.Auth @ ovenAuthorizer]",
            "  $connect -> ovenAuthorizer @ $connect",
            "  $disconnect -> open @ $disconnect",
            "  bake -> open @ bake",
        ]
    );
    assert_eq!(
        loaded.unknown(),
        [
            "a route: the file `missing.yml` was not given @ orders/${file(missing.yml):segment}",
            "authorizer of a route: `${ssm:/bakery/authorizer}` is only known at deployment @ ${ssm:/bakery/authorizer}",
        ]
    );
    assert_eq!(loaded.unreadable(), [""; 0]);
    let policy = loaded.project.apis.first().unwrap().resource_policy.as_ref().unwrap();
    let resource = policy.statements.first().unwrap().resources.patterns.first().unwrap();
    assert_eq!(resource.value, "execute-api:/live/GET/breads");
}

#[test]
fn a_service_as_json_with_what_is_no_route() {
    let loaded = fixture("serverless/short");
    assert_eq!(
        loaded.apis(),
        [
            "rest ? [] of serverless/short/serverless.json",
            r#"  auth @ "auth" (auth) request 0 stated @ 0; none stated []"#,
            r#"  GET / -> auth @ "/""#,
        ]
    );
    assert_eq!(loaded.unknown(), [r#"stage: `${env:STAGE}` is only known at deployment @ "${env:STAGE}""#,]);
    assert_eq!(
        loaded.unreadable(),
        [
            "serverless/short/serverless.json:7:67 `FETCH` is no method",
            "serverless/short/serverless.json:7:91 `/a//b` is no path: a path has no empty segment",
            "serverless/short/serverless.json:7:144 `/c/{d}.json` is no path: a path parameter `{name}` is a whole segment",
        ]
    );
}

#[test]
fn what_is_no_service_with_an_api_is_refused() {
    let worker =
        "service: worker\nprovider:\n  name: aws\nfunctions:\n  run:\n    events:\n      - sqs: arn:aws:sqs:x\n";
    assert_eq!(
        read([("serverless.yml", worker)]).unreadable(),
        ["serverless.yml:1:1 this service of the Serverless Framework declares no API of API Gateway"]
    );
    let variables = "service: a\nprovider: ${file(provider.yml)}\nfunctions: ${file(functions.js):all}\n";
    assert_eq!(
        read([("serverless.yml", variables)]).unknown(),
        ["functions: the file `functions.js` was not given @ ${file(functions.js):all}"]
    );
}

#[test]
fn variables_that_lead_back_to_themselves_are_given_up() {
    let text = "service: a\nprovider:\n  name: aws\n  stage: ${self:custom.b}\ncustom:\n  b: x-${self:provider.stage}-${self:custom.b}\n\
                functions:\n  f:\n    events:\n      - http: GET /x/${self:custom.b}\n";
    let loaded = read([("serverless.yml", text)]);
    assert!(loaded.apis().len() <= 2, "{:?}", loaded.apis());
}

/// Each variable once copied the whole service, so that time grew with the square of its size.
#[test]
fn a_variable_costs_what_it_stands_for() {
    use std::fmt::Write;
    let mut text = "service: s\nprovider: {name: aws}\ncustom: {base: v1}\nfunctions:\n".to_owned();
    for number in 0..3000 {
        let path = format!("\"/{number}/${{self:custom.base}}\"");
        writeln!(text, "  f{number}: {{handler: x, events: [{{http: {{path: {path}, method: get}}}}]}}").unwrap();
    }
    let start = std::time::Instant::now();
    let loaded = read([("serverless.yml", text)]);
    assert_eq!(loaded.project.apis[0].routes.len(), 3000);
    assert!(start.elapsed().as_secs() < 15, "{:?}", start.elapsed());
}
