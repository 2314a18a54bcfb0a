//! Which API comes out of saved AWS CLI output?

mod definitions;

use definitions::fixture;
use definitions::read;

#[test]
fn outputs_of_a_folder_make_one_rest_api() {
    let loaded = fixture("aws-cli/rest");
    assert_eq!(
        loaded.apis(),
        [
            r#"rest w2c8tq51ma [live @ "live", staging @ "staging"] of aws-cli/rest/resources.json with a resource policy"#,
            r#"  couriers @ "couriers" (x8k2fd) request 120 stated @ 120; stated [method.request.header.Authorization @ method.request.header.Authorization, method.request.querystring.depot @ method.request.querystring.depot]"#,
            r#"  customers @ "customers" (c03pgt) cognito 300 API Gateway's default @ "customers"; stated [method.request.header.Authorization @ method.request.header.Authorization]"#,
            r#"  AWS_IAM @ "AWS_IAM" (AWS_IAM) iam 0 IAM caches nothing @ "AWS_IAM"; IAM has none []"#,
            r#"  GET /parcels -> couriers @ "GET""#,
            r#"  OPTIONS /parcels -> open @ "OPTIONS""#,
            r#"  POST /parcels -> customers @ "POST""#,
            r#"  ANY /parcels/{parcelId} -> couriers @ "ANY""#,
            r#"  DELETE /parcels/{parcelId} -> AWS_IAM @ "DELETE""#,
            r#"  PATCH /parcels/{parcelId} -> ? the output of `aws apigateway get-authorizers` with `n6yy1e` is not there @ "PATCH""#,
        ]
    );
    assert_eq!((loaded.unknown(), loaded.unreadable()), (vec![], vec![]));
}

#[test]
fn a_resource_policy_is_unescaped_twice_and_keeps_its_places() {
    let loaded = fixture("aws-cli/rest");
    let policy = loaded.project.apis[0].resource_policy.as_ref().unwrap();
    let resource = &policy.statements[0].resources.patterns[0];
    assert_eq!(resource.value, "execute-api:/live/GET/parcels");
    assert_eq!(loaded.at(resource.span), r#"\\\"execute-api:\\/live\\/GET\\/parcels\\\""#);
    assert_eq!(loaded.project.pointer(resource.span), "/policy");
}

#[test]
fn outputs_of_a_folder_make_one_http_api() {
    let loaded = fixture("aws-cli/http");
    assert_eq!(
        loaded.apis(),
        [
            r#"http j5n2d8uw3f [$default @ "$default"] of aws-cli/http/routes.json"#,
            r#"  meter-auth @ "meter-auth" (q7w1mz) request 0 stated @ 0; stated [$request.header.Authorization @ "$request.header.Authorization", $context.routeKey @ "$context.routeKey"]; payload 2.0 @ "2.0"; simple"#,
            r#"  staff @ "staff" (f0b6ra) jwt ? no documented default @ "staff"; stated [$request.header.Authorization @ "$request.header.Authorization"]"#,
            r#"  GET /meters/{meterId} -> meter-auth @ "GET /meters/{meterId}""#,
            r#"  POST /readings -> staff @ "POST /readings""#,
            r#"  $default -> open @ "$default""#,
        ]
    );
    assert_eq!((loaded.unknown(), loaded.unreadable()), (vec![], vec![]));
}

#[test]
fn two_lists_of_routes_are_two_apis_with_their_own_authorizers() {
    let loaded = fixture("aws-cli/two-apis");
    assert_eq!(
        loaded.apis(),
        [
            "websocket ? [] of aws-cli/two-apis/chat-routes.json",
            r#"  chat @ "chat" (ws0001) request 0 WebSocket APIs cache nothing @ "chat"; stated [route.request.querystring.token @ "route.request.querystring.token"]"#,
            r#"  $connect -> chat @ "$connect""#,
            r#"  sendMessage -> open @ "sendMessage""#,
            "http ? [] of aws-cli/two-apis/shop-routes.json",
            r#"  shop @ "shop" (ht0001) request ? no documented default @ "shop"; stated [$request.header.X-Session @ "$request.header.X-Session"]; payload 1.0 @ "1.0""#,
            r#"  ANY /{proxy+} -> shop @ "ANY /{proxy+}""#,
        ]
    );
}

#[test]
fn pages_of_a_cut_output_are_one_api_and_the_cut_is_named() {
    let loaded = fixture("aws-cli/cut");
    assert_eq!(loaded.project.apis.len(), 1);
    assert_eq!(loaded.project.apis[0].routes.len(), 2);
    assert_eq!(
        loaded.unknown(),
        [
            r#"further resources of a REST API: the output was saved with a mark that there is more; save it without `--max-items` and `--no-paginate` @ "bGFzdC1zZWVuOmYx""#
        ]
    );
}

#[test]
fn what_does_not_tell_the_routes_is_refused_with_the_command_that_does() {
    let loaded = fixture("aws-cli/not-embedded");
    assert_eq!(
        loaded.unreadable(),
        ["aws-cli/not-embedded/resources.json:4:111 the methods were saved without their authorizers"]
    );
    assert_eq!(loaded.at(loaded.project.unreadable[0].span), r#""GET""#);
    assert_eq!(
        loaded.project.unreadable[0].help,
        "save `aws apigateway get-resources --rest-api-id ID --embed methods` instead"
    );
    let authorizers = r#"{"items": [{"id": "a", "name": "b", "type": "TOKEN"}]}"#;
    assert_eq!(
        read([("a.json", authorizers)]).unreadable(),
        ["a.json:1:1 authorizers of a REST API without the routes of the API"]
    );
    let method = r#"{"httpMethod": "GET", "authorizationType": "NONE"}"#;
    assert_eq!(read([("m.json", method)]).unreadable(), ["m.json:1:1 a method without the path that it is on"]);
    let unknown = r#"{"items": [{"name": "package"}]}"#;
    assert_eq!(read([("p.json", unknown)]).unreadable(), ["p.json:1:1 no known format of routes"]);
}
