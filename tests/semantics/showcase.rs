//! The cases that people meet.

use crate::row::Row;

const USERS: &str = "GET /v1/users\nPOST /v1/orders\nGET /v2/users/{id}";
const ECHO: &str = "Allow arn:aws:execute-api:us-1:abc:123/prod/GET/v1/users";
const PER_ROUTE: &str =
    "--api http --ttl 300 --identity-source $request.header.Authorization --identity-source $context.routeKey";

pub(crate) const ROWS: &[Row] = &[
    Row {
        says: "the ARN of one request, cached",
        routes: USERS,
        policy: ECHO,
        finds: "method-arn-echo error medium 1/3: POST /v1/orders, GET /v2/users/1",
        ..Row::NEW
    },
    Row { says: "the remedy `*`", routes: USERS, policy: "Allow *", finds: "", ..Row::NEW },
    Row {
        says: "the remedy of a wildcard per stage",
        routes: USERS,
        policy: "Allow arn:aws:execute-api:us-1:abc:123/prod/*",
        finds: "",
        ..Row::NEW
    },
    Row {
        says: "TTL 0",
        routes: USERS,
        policy: ECHO,
        args: "--ttl 0",
        finds: "caching-disabled note high",
        ..Row::NEW
    },
    Row {
        says: "the header, context.path and context.httpMethod",
        routes: USERS,
        args: "--identity-source method.request.header.Authorization --identity-source context.path --identity-source context.httpMethod",
        policy: ECHO,
        finds: "",
        ..Row::NEW
    },
    Row {
        says: "WebSocket",
        routes: "$connect\n$disconnect",
        policy: "Allow arn:aws:execute-api:us-1:abc:123/prod/$connect",
        finds: "",
        ..Row::NEW
    },
    Row { says: "$context.routeKey and a literal route", routes: USERS, args: PER_ROUTE, policy: ECHO, ..Row::NEW },
    Row {
        says: "$context.routeKey and a parameter",
        routes: "GET /v1/users\nGET /v1/users/{id}",
        args: PER_ROUTE,
        policy: "Allow prod/GET/v1/users/7",
        finds: "method-arn-echo error medium 0/1 and 1 partly: GET /v1/users/1",
        ..Row::NEW
    },
    Row {
        says: "an allow-list per route",
        routes: USERS,
        policy: "Allow prod/GET/v1/users prod/POST/v1/orders prod/GET/v2/users/*",
        shows: "GET /v1/users: allow GET /v1/users
            POST /v1/orders: allow POST /v1/orders
            GET /v2/users/{id}: allow GET /v2/users/1",
        ..Row::NEW
    },
    Row {
        says: "a wildcard per version",
        routes: USERS,
        policy: "Allow prod/*/v?/*",
        shows: "GET /v1/users: allow GET /v1/users
            POST /v1/orders: allow POST /v1/orders
            GET /v2/users/{id}: allow GET /v2/users/1",
        ..Row::NEW
    },
    Row {
        says: "a Deny beside an Allow of everything",
        routes: "GET /users/{id}\nANY /admin/{proxy+}",
        policy: "Allow *\nDeny prod/*/admin/*",
        shows: "GET /users/{id}: allow GET /users/1\nANY /admin/{proxy+}: explicit-deny GET /admin/1",
        ..Row::NEW
    },
    Row {
        says: "NotResource",
        routes: "GET /users\nDELETE /users",
        policy: "Allow not prod/DELETE/*",
        shows: "GET /users: allow GET /users\nDELETE /users: implicit-deny DELETE /users",
        ..Row::NEW
    },
    Row {
        says: "ANY, of which a policy has one method",
        routes: "ANY /users",
        policy: "Allow prod/GET/users",
        shows: "ANY /users: allow GET /users, implicit-deny POST /users",
        finds: "method-arn-echo error medium 0/1 and 1 partly: POST /users",
        ..Row::NEW
    },
    Row {
        says: "`{proxy+}` beside literal routes",
        routes: "GET /health\nANY /{proxy+}",
        policy: "Allow prod/*/health prod/*/v1/*",
        shows: "GET /health: allow GET /health\nANY /{proxy+}: allow GET /v1/1, implicit-deny GET /1",
        finds: "partly-allowed-route warning medium 1/2 and 1 partly: GET /1",
        ..Row::NEW
    },
    Row {
        says: "$default",
        routes: "GET /health -\n$default",
        args: "--api http --ttl 300",
        policy: "Allow $default/GET/*",
        shows: "$default: allow GET /, implicit-deny POST /",
        finds: "uncovered-routes warning high 0/1 and 1 partly: POST /",
        ..Row::NEW
    },
    Row {
        says: "the root path, in the form of many years ago",
        routes: "GET /\nGET /a",
        policy: "Allow prod/GET// prod/GET/a",
        shows: "GET /: implicit-deny GET /\nGET /a: allow GET /a",
        finds: "incomplete-arn warning medium\nmethod-arn-echo error medium 1/2: GET /",
        ..Row::NEW
    },
    Row {
        says: "a colon in a path",
        routes: "POST /users/{id}/a:b\nPOST /users",
        policy: "Allow prod/POST/users/*:b prod/POST/users",
        ..Row::NEW
    },
    Row {
        says: "a colon in a path, written out",
        routes: "POST /jobs:run\nPOST /jobs",
        policy: "Allow prod/POST/jobs:run",
        shows: "POST /jobs:run: allow POST /jobs:run\nPOST /jobs: implicit-deny POST /jobs",
        finds: "method-arn-echo error medium 1/2: POST /jobs",
        ..Row::NEW
    },
    Row {
        says: "`$default` as stage",
        routes: "GET /a\nGET /b",
        args: "--api http --ttl 300 --stage $default",
        policy: "Allow $default/GET/a prod/GET/b",
        shows: "GET /a: allow GET /a\nGET /b: implicit-deny GET /b",
        finds: "method-arn-echo error medium 1/2: GET /b\nunmatched-resource note high",
        ..Row::NEW
    },
    Row {
        says: "aws-cn",
        routes: "GET /a\nGET /b",
        policy: "Allow arn:aws-cn:execute-api:cn-north-1:123456789012:a1b2c3d4e5/prod/GET/*",
        shows: "GET /a: allow GET /a\nGET /b: allow GET /b",
        ..Row::NEW
    },
    Row {
        says: "a Condition",
        routes: "GET /a\nGET /b",
        policy: "Allow if prod/GET/*",
        shows: "GET /a: allow GET /a, implicit-deny GET /a, conditional
            GET /b: allow GET /b, implicit-deny GET /b, conditional",
        ..Row::NEW
    },
    Row {
        says: "a variable",
        routes: "GET /users/{id}\nGET /health",
        policy: "Allow prod/GET/users/${aws:username} prod/GET/health",
        shows: "GET /users/{id}: allow GET /users/1, implicit-deny GET /users/1, conditional\nGET /health: allow GET /health",
        ..Row::NEW
    },
    Row {
        says: "the ARN of a test stage",
        routes: "GET /a\nGET /b",
        policy: "Allow test-invoke-stage/GET/a",
        shows: "GET /a: allow GET /a\nGET /b: implicit-deny GET /b",
        finds: "method-arn-echo error medium 1/2: GET /b",
        ..Row::NEW
    },
    Row {
        says: "two stages",
        routes: "GET /a\nGET /b",
        policy: "Allow prod/GET/a prod/GET/b dev/GET/a",
        finds: "method-arn-echo error medium 1/2: GET /b",
        ..Row::NEW
    },
    Row {
        says: "two authorizers, of which the response can be either's",
        routes: "GET /a one\nGET /b one\nGET /c two\nGET /d two\nGET /e two",
        policy: "Allow prod/*/a prod/*/c prod/*/d",
        finds: "uncovered-routes warning medium 2/3: GET /e",
        ..Row::NEW
    },
    Row {
        says: "a tenant's part of every route",
        routes: "GET /tenants/{id}\nGET /tenants/{id}/{rest+}",
        policy: "Allow prod/*/tenants/42 prod/*/tenants/42/*",
        finds: "partly-allowed-route warning medium 0/2 and 2 partly: GET /tenants/1, GET /tenants/1/1",
        ..Row::NEW
    },
    Row {
        says: "read-only",
        routes: "GET /a\nPOST /a\nGET /b/{id}",
        policy: "Allow prod/GET/*",
        finds: "uncovered-routes warning high 2/3: POST /a",
        ..Row::NEW
    },
];
