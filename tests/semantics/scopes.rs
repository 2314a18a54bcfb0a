//! Section 5: which requests share a cached response.

use crate::row::Row;

const USERS: &str = "GET /users\nPOST /users\nGET /users/{id}\nANY /files/{path+}";
const REST: &str = "--identity-source method.request.header.Authorization";

pub(crate) const ROWS: &[Row] = &[
    Row {
        says: "5 all requests behind one authorizer share; those behind another, or none, don't",
        routes: "GET /a one\nGET /b one\nGET /c two\nGET /d -",
        args: "--authorizer one",
        policy: "Allow prod/GET/a prod/GET/b",
        shows: "GET /a: allow GET /a\nGET /b: allow GET /b",
        ..Row::NEW
    },
    Row {
        says: "5 headers, query strings, stage variables and caller context don't depend on the route",
        routes: "@authorizer a ttl=60 identity-source=method.request.header.A,method.request.querystring.b,stageVariables.c,context.identity.sourceIp\nGET /a\nGET /b",
        policy: "Allow prod/GET/a",
        shows: "GET /a: allow GET /a\nGET /b: implicit-deny GET /b",
        finds: "method-arn-echo error medium 1/2: GET /b",
        ..Row::NEW
    },
    Row {
        says: "5 context.httpMethod splits by method, ANY falls apart",
        routes: "@authorizer a identity-source=method.request.header.A,context.httpMethod\nANY /a\nGET /b",
        policy: "Allow prod/GET/*",
        shows: "[method GET]
            GET /a: allow GET /a
            GET /b: allow GET /b
            [method POST] not its own
            POST /a: implicit-deny POST /a
            [method PUT] not its own
            PUT /a: implicit-deny PUT /a
            [method PATCH] not its own
            PATCH /a: implicit-deny PATCH /a
            [method DELETE] not its own
            DELETE /a: implicit-deny DELETE /a
            [method HEAD] not its own
            HEAD /a: implicit-deny HEAD /a
            [method OPTIONS] not its own
            OPTIONS /a: implicit-deny OPTIONS /a",
        ..Row::NEW
    },
    Row {
        says: "5 HTTP $context.httpMethod too",
        routes: "@authorizer a ttl=9 identity-source=$request.header.A,$context.httpMethod\nGET /a\nPOST /a\nGET /b",
        policy: "Allow prod/GET/*",
        shows: "[method GET]
            GET /a: allow GET /a
            GET /b: allow GET /b
            [method POST] not its own
            POST /a: implicit-deny POST /a",
        ..Row::NEW
    },
    Row {
        says: "5 context.resourcePath splits by template",
        routes: "@authorizer a identity-source=method.request.header.A,context.resourcePath\nGET /a\nPOST /a\nGET /b/{x}",
        policy: "Allow prod/GET/a prod/POST/a",
        shows: "[template /a]
            GET /a: allow GET /a
            POST /a: allow POST /a
            [template /b/{x}] not its own
            GET /b/{x}: implicit-deny GET /b/1",
        ..Row::NEW
    },
    Row {
        says: "5 context.resourceId splits by template, methods share",
        routes: "@authorizer a identity-source=method.request.header.A,context.resourceId\nGET /a\nPOST /a\nGET /b/{x}",
        policy: "Allow prod/GET/a",
        finds: "method-arn-echo error medium 1/2: POST /a",
        ..Row::NEW
    },
    Row {
        says: "5 resourcePath and httpMethod: a literal route is alone, a parameter still fails",
        routes: "@authorizer a identity-source=method.request.header.A,context.resourcePath,context.httpMethod\nGET /a\nPOST /a\nGET /b/{x}",
        policy: "Allow prod/GET/a\n---\nAllow prod/GET/b/7",
        finds: "method-arn-echo error medium 0/1 and 1 partly: GET /b/1",
        ..Row::NEW
    },
    Row {
        says: "5 $context.routeKey splits by route; ANY and $default stay whole",
        routes: "@authorizer a ttl=9 identity-source=$request.header.A,$context.routeKey\nGET /a\nANY /b\n$default",
        policy: "Allow prod/*/b",
        shows: "[route GET /a] not its own
            GET /a: implicit-deny GET /a
            [route ANY /b]
            ANY /b: allow GET /b
            [route $default]
            $default: allow GET /1/b, implicit-deny GET /",
        ..Row::NEW
    },
    Row {
        says: "5 with routeKey a methodArn policy still fails between `/users/1` and `/users/2`, at medium confidence",
        routes: "@authorizer a ttl=9 identity-source=$request.header.A,$context.routeKey\nGET /users/{id}\nGET /b",
        policy: "event prod/GET/users/1 routeKey=none token=t\nAllow prod/GET/users/1",
        finds: "method-arn-echo error medium 0/1 and 1 partly: GET /users/0",
        ..Row::NEW
    },
    Row {
        says: "5 two echoes don't make what routeKey leaves together surer",
        routes: "@authorizer a ttl=9 identity-source=$request.header.A,$context.routeKey\nGET /users/{id}\nGET /b",
        policy: "Allow prod/GET/users/1\n---\nAllow prod/GET/users/2",
        finds: "method-arn-echo error medium 0/1 and 1 partly: GET /users/0
            method-arn-echo error medium 0/1 and 1 partly: GET /users/1",
        ..Row::NEW
    },
    Row {
        says: "5 context.path: methods still share a path",
        routes: "@authorizer a identity-source=method.request.header.A,context.path\nGET /a\nPOST /a\nGET /b",
        policy: "Allow prod/GET/a",
        finds: "method-arn-echo error medium 1/3: POST /a",
        ..Row::NEW
    },
    Row {
        says: "5 context.path: no path that one method has and another is refused, no finding",
        routes: "@authorizer a identity-source=method.request.header.A,context.path\nGET /a\nPOST /b\nGET /c",
        policy: "Allow prod/GET/a",
        finds: "",
        ..Row::NEW
    },
    Row {
        says: "5 context.path: parameters meet literals on a path",
        routes: "@authorizer a identity-source=method.request.header.A,context.path\nGET /{x}\nPOST /{y+}",
        policy: "Allow prod/GET/*",
        finds: "uncovered-routes warning high 1/2: POST /1",
        ..Row::NEW
    },
    Row {
        says: "5 context.path: a route refuses once, whatever the number of its methods",
        routes: "@authorizer a identity-source=method.request.header.A,context.path\nANY /{x}\nGET /b/{x}",
        policy: "Allow prod/GET/*",
        finds: "uncovered-routes warning high 1/2 and 1 partly: POST /1",
        ..Row::NEW
    },
    Row {
        says: "5 context.path: HEAD and OPTIONS of an ANY alone never make a finding",
        routes: "@authorizer a identity-source=method.request.header.A,context.path\nANY /{x}",
        policy: "Allow prod/GET/* prod/P*/* prod/DELETE/*",
        finds: "",
        ..Row::NEW
    },
    Row {
        says: "5 context.path: what is denied on purpose is left out",
        routes: "@authorizer a identity-source=method.request.header.A,context.path\nGET /{x+}\nPOST /{x+}",
        policy: "Allow prod/GET/admin/*",
        expected_denials: &["POST /admin/{x+}"],
        finds: "",
        ..Row::NEW
    },
    Row {
        says: "5 a per-request value: nothing is shared",
        routes: "@authorizer a identity-source=method.request.header.A,context.requestId\nGET /a\nGET /b",
        policy: "Allow prod/GET/a",
        shows: "[nothing shared]\nGET /a: allow GET /a\nGET /b: implicit-deny GET /b",
        finds: "key-never-repeats warning medium",
        ..Row::NEW
    },
    Row {
        says: "5 path and httpMethod: nothing can fail",
        routes: "@authorizer a identity-source=method.request.header.A,context.path,context.httpMethod\nGET /a\nGET /b",
        policy: "Allow prod/GET/a",
        shows: "[nothing shared]\nGET /a: allow GET /a\nGET /b: implicit-deny GET /b",
        ..Row::NEW
    },
    Row {
        says: "5 TTL 0: coverage rules are silent",
        routes: USERS,
        args: "--ttl 0",
        policy: "Allow prod/GET/users",
        finds: "caching-disabled note high",
        ..Row::NEW
    },
    Row {
        says: "5 an unknown TTL: they are notes",
        routes: USERS,
        args: "--api http",
        policy: "Allow prod/GET/users",
        finds: "unstated-ttl note high\nmethod-arn-echo note medium 1/4: POST /users, GET /users/1, GET /files/1",
        ..Row::NEW
    },
    Row {
        says: "5 an unknown TTL: disagreements are notes as well",
        routes: "GET /a\nGET /b",
        args: "--api http",
        policy: "event prod/GET/a token=t\nAllow prod/*\n---\nevent prod/GET/b token=t\nAllow prod/*/a",
        finds: "unstated-ttl note high\ndisagreeing-policies note high",
        ..Row::NEW
    },
    Row {
        says: "5 options replace the key",
        routes: "@authorizer a identity-source=method.request.header.A,context.requestId\nGET /a\nGET /b",
        args: REST,
        policy: "Allow prod/GET/a",
        finds: "method-arn-echo error medium 1/2: GET /b",
        ..Row::NEW
    },
    Row {
        says: "5 the TTL of a WebSocket API does not matter",
        routes: "@authorizer a api=websocket ttl=300\n$connect a",
        policy: "Allow prod/$connect",
        shows: "[nothing shared]\n$connect: allow $connect",
        finds: "invalid-ttl error medium",
        ..Row::NEW
    },
    Row {
        says: "5 path alone: methods of other paths share nothing",
        routes: "@authorizer a identity-source=method.request.header.A,context.path\nGET /a\nPOST /b\nGET /b",
        policy: "Allow prod/GET/a prod/GET/b",
        finds: "uncovered-routes warning high 2/3: POST /b",
        ..Row::NEW
    },
    Row {
        says: "5 path alone: a parameter shares the path of a literal",
        routes: "@authorizer a identity-source=method.request.header.A,context.path\nGET /{id}\nPOST /b",
        policy: "Allow prod/GET/b",
        finds: "method-arn-echo error medium 0/2 and 1 partly: POST /b",
        ..Row::NEW
    },
    Row {
        says: "5 path alone: the shortest path of a route speaks",
        routes: "@authorizer a identity-source=method.request.header.A,context.path\nGET /{id}\nANY /{id}",
        policy: "Allow prod/GET/abc prod/POST/de",
        finds: "uncovered-routes warning high 0/2 and 2 partly: GET /de, PUT /de",
        ..Row::NEW
    },
    Row {
        says: "5 path alone: what may be allowed is no refusal",
        routes: "@authorizer a identity-source=method.request.header.A,context.path\nGET /a/x\nPOST /a/{p}\nPUT /b",
        policy: "Allow prod/GET/a/x prod/PUT/b\nAllow if prod/POST/a/x",
        finds: "",
        ..Row::NEW
    },
];
