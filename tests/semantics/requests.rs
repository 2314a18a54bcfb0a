//! Section 2: requests and routes.

use crate::row::Row;

pub(crate) const ROWS: &[Row] = &[
    Row {
        says: "2 the root is `GET/`",
        routes: "GET /\nGET /a",
        policy: "Allow prod/GET/",
        shows: "GET /: allow GET /\nGET /a: implicit-deny GET /a",
        finds: "method-arn-echo error medium 1/2: GET /a",
        ..Row::NEW
    },
    Row {
        says: "2 a star stands for the empty path of the root too",
        routes: "GET /\nGET /a",
        policy: "Allow prod/*/*",
        shows: "GET /: allow GET /\nGET /a: allow GET /a",
        ..Row::NEW
    },
    Row {
        says: "2 a path holds what RFC 3986 allows in a segment",
        routes: "GET /{x}",
        policy: "Allow prod/GET/???-._~!$&'()+,;=:@%",
        shows: "GET /{x}: allow GET /111-._~!$&'()+,;=:@%, implicit-deny GET /1",
        finds: "partly-allowed-route warning medium 0/1 and 1 partly: GET /1",
        ..Row::NEW
    },
    Row {
        says: "2 braces and doubled slashes match no request, and no example holds one",
        routes: "GET /a/{x}\nGET /b",
        policy: "Allow prod/GET/a/{x} prod/GET/b prod/GET//b prod/GET/a//1",
        shows: "GET /a/{x}: implicit-deny GET /a/1\nGET /b: allow GET /b",
        finds: "literal-route-template error medium
            method-arn-echo error medium 1/2: GET /a/1
            incomplete-arn warning low
            incomplete-arn warning low",
        ..Row::NEW
    },
    Row {
        says: "2 a blank matches no request",
        routes: "GET /{x}\nGET /b",
        policy: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource":
            ["arn:aws:execute-api:*:*:a/prod/GET/b c", "arn:aws:execute-api:*:*:a/prod/*/b"]}}"#,
        shows: "GET /{x}: implicit-deny GET /1\nGET /b: allow GET /b",
        finds: "uncovered-routes warning high 1/2: GET /1\nunmatched-resource warning high",
        ..Row::NEW
    },
    Row {
        says: "2 a trailing slash is left out",
        routes: "GET /a",
        policy: "Allow prod/GET/a prod/GET/a/",
        shows: "GET /a: allow GET /a",
        ..Row::NEW
    },
    Row {
        says: "2 the seven methods",
        routes: "ANY /a",
        policy: "Allow prod/DELETE/a prod/GET/a prod/HEAD/a prod/OPTIONS/a prod/PATCH/a prod/POST/a prod/PUT/a",
        shows: "ANY /a: allow GET /a",
        ..Row::NEW
    },
    Row {
        says: "2 a literal segment is itself, `{name}` is one segment",
        routes: "GET /a/{x}",
        policy: "Allow prod/GET/a/*\nDeny prod/GET/a/*/* prod/GET/a/ prod/GET/a",
        shows: "GET /a/{x}: allow GET /a/1",
        finds: "unmatched-resource warning high
            unmatched-resource warning low
            unmatched-resource warning high",
        ..Row::NEW
    },
    Row {
        says: "2 `{name+}` is one segment or more, never none",
        routes: "GET /a/{x+}",
        policy: "Allow prod/GET/a/*\nDeny prod/GET/a/*/*",
        shows: "GET /a/{x+}: allow GET /a/1, explicit-deny GET /a/1/1",
        ..Row::NEW
    },
    Row {
        says: "2 `$default` is every request of every method, the root too",
        routes: "$default",
        args: "--api http --ttl 60",
        policy: "Allow prod/*\nDeny prod/PATCH/",
        shows: "$default: allow GET /, explicit-deny PATCH /",
        ..Row::NEW
    },
    Row {
        says: "2 all routes take part, whoever guards them",
        routes: "GET /a/{x}\nGET /a/1 -",
        policy: "Allow prod/GET/a/*",
        shows: "GET /a/{x}: allow GET /a/0",
        ..Row::NEW
    },
    Row {
        says: "2 an own method beats ANY on the same template",
        routes: "ANY /{x}\nGET /{y} -",
        policy: "Allow prod/*",
        shows: "ANY /{x}: allow POST /1",
        ..Row::NEW
    },
    Row {
        says: "2 between templates the more specific one wins at the first segment where they differ",
        routes: "GET /a/{x}\nGET /{x}/b\nGET /{x}/{y+}\nGET /{z+}\nGET /a/b/{y}",
        policy: "Allow prod/*",
        shows: "GET /a/{x}: allow GET /a/1
            GET /{x}/b: allow GET /1/b
            GET /{x}/{y+}: allow GET /1/1
            GET /{z+}: allow GET /1
            GET /a/b/{y}: allow GET /a/b/1",
        ..Row::NEW
    },
    Row {
        says: "2 literal before parameter: `/a/b` belongs to `/a/{x}`, not to `/{x}/b`",
        routes: "GET /a/{x}\nGET /{x}/b -",
        policy: "Allow prod/GET/*/b",
        shows: "GET /a/{x}: allow GET /a/b, implicit-deny GET /a/1",
        finds: "partly-allowed-route warning medium 0/1 and 1 partly: GET /a/1",
        ..Row::NEW
    },
    Row {
        says: "2 a greedy parameter before $default",
        routes: "GET /{x+} -\n$default",
        args: "--api http --ttl 60",
        policy: "Allow prod/*",
        shows: "$default: allow GET /",
        ..Row::NEW
    },
    Row {
        says: "2 a more specific template without the method takes nothing: `ANY /{proxy+}` serves `GET /admin`",
        routes: "POST /admin -\nANY /{proxy+}",
        policy: "Allow prod/*\nDeny prod/*/admin",
        shows: "ANY /{proxy+}: allow GET /1, explicit-deny GET /admin",
        ..Row::NEW
    },
    Row {
        says: "2 a more specific ANY beats an own method",
        routes: "ANY /a -\nGET /{x}",
        policy: "Allow prod/GET/*\nDeny prod/GET/a",
        shows: "GET /{x}: allow GET /1",
        finds: "",
        ..Row::NEW
    },
    Row {
        says: "2 equal templates are one route, and the other is never reached",
        routes: "GET /users/{id}\nGET /users/{name}",
        policy: "Allow prod/*",
        shows: "GET /users/{id}: allow GET /users/1\nGET /users/{name}: never reached",
        finds: "duplicate-route warning medium",
        ..Row::NEW
    },
    Row {
        says: "2 a route left with no request is never reached",
        routes: "GET /a\nPOST /a\nPUT /a\nPATCH /a\nDELETE /a\nHEAD /a\nOPTIONS /a\nANY /a",
        policy: "Allow prod/*/a",
        shows: "GET /a: allow GET /a
            POST /a: allow POST /a
            PUT /a: allow PUT /a
            PATCH /a: allow PATCH /a
            DELETE /a: allow DELETE /a
            HEAD /a: allow HEAD /a
            OPTIONS /a: allow OPTIONS /a
            ANY /a: never reached",
        finds: "guarded-preflight warning high",
        ..Row::NEW
    },
    Row {
        says: "2 the one request of a WebSocket API is `$connect`, and nothing is cached",
        routes: "$connect\n$disconnect\n$default",
        policy: "Allow prod/$connect",
        shows: "[nothing shared]\n$connect: allow $connect",
        ..Row::NEW
    },
];
