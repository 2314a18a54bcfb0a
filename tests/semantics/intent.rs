//! Section 6: what is said about one response.

use crate::row::Row;

const USERS: &str = "GET /users\nPOST /users\nGET /users/{id}";

pub(crate) const ROWS: &[Row] = &[
    Row {
        says: "6 what a Deny refuses is meant",
        routes: "GET /a\nGET /b",
        policy: "Allow prod/*/a\nDeny prod/*/b",
        finds: "",
        ..Row::NEW
    },
    Row {
        says: "6 what the NotResource of an Allow leaves out by name is meant",
        routes: USERS,
        policy: "Allow not prod/POST/*",
        finds: "",
        ..Row::NEW
    },
    Row {
        says: "6 expected denials are meant",
        routes: "GET /users\nPOST /users\nDELETE /users/{id}",
        policy: "Allow prod/GET/users",
        expected_denials: &["POST /users", "ANY /users/{x+}"],
        finds: "",
        ..Row::NEW
    },
    Row {
        says: "6 the unit is method and template: other methods of an expected denial are not",
        routes: "GET /users\nPOST /users\nDELETE /users",
        policy: "Allow prod/GET/*",
        expected_denials: &["POST /users"],
        finds: "uncovered-routes warning high 1/3: DELETE /users",
        ..Row::NEW
    },
    Row {
        says: "6.2 the one request that is allowed is an echo, medium without an event",
        routes: USERS,
        policy: "Allow prod/GET/users",
        finds: "method-arn-echo error medium 1/3: POST /users, GET /users/1",
        ..Row::NEW
    },
    Row {
        says: "6.2 high with two responses that each allow one different request",
        routes: USERS,
        policy: "Allow prod/GET/users\n---\nAllow prod/GET/users/7",
        finds: "method-arn-echo error high 1/3: POST /users, GET /users/1
            method-arn-echo error high 0/3 and 1 partly: GET /users, POST /users, GET /users/1",
        ..Row::NEW
    },
    Row {
        says: "6.2 twice the same request is no more than once",
        routes: USERS,
        policy: "Allow prod/GET/users\n---\nAllow prod/GET/users",
        finds: "method-arn-echo error medium 1/3: POST /users, GET /users/1
            method-arn-echo error medium 1/3: POST /users, GET /users/1",
        ..Row::NEW
    },
    Row {
        says: "6.2 a lone wildcard-free ARN of a test stage, whatever route it names",
        routes: USERS,
        args: "--stage prod",
        policy: "Allow ESTestInvoke-stage/GET/nothing",
        finds: "method-arn-echo error medium 0/3: GET /users, POST /users, GET /users/1",
        ..Row::NEW
    },
    Row {
        says: "6.2 a test stage with a wildcard is no echo",
        routes: USERS,
        args: "--stage prod",
        policy: "Allow test-invoke-stage/GET/*",
        finds: "uncovered-routes warning high 2/3: POST /users",
        ..Row::NEW
    },
    Row {
        says: "6.2 a Deny NotResource that leaves one request",
        routes: USERS,
        policy: "Allow *\nDeny not prod/GET/users",
        finds: "method-arn-echo error medium 1/3: POST /users, GET /users/1",
        ..Row::NEW
    },
    Row {
        says: "6.2 and not where the others are denied on purpose",
        routes: USERS,
        policy: "Allow *\nDeny not prod/GET/users",
        expected_denials: &["POST /users", "GET /users/{id}"],
        finds: "",
        ..Row::NEW
    },
    Row {
        says: "6.2 one static route of one method has nothing more to cover",
        routes: "GET /users\nPOST /users -",
        policy: "Allow prod/GET/users\n---\nAllow *\nDeny not prod/GET/users",
        finds: "",
        ..Row::NEW
    },
    Row {
        says: "6.2 `prod/GET/users/*` is no echo",
        routes: "GET /users/me\nPOST /users/me",
        policy: "Allow prod/GET/users/*",
        finds: "uncovered-routes warning high 1/2: POST /users/me",
        ..Row::NEW
    },
    Row {
        says: "6.2 a conditional Allow of one request is an echo",
        routes: USERS,
        policy: "Allow if prod/GET/users",
        finds: "method-arn-echo error medium 0/3 and 1 partly: POST /users, GET /users/1",
        ..Row::NEW
    },
    Row {
        says: "6.3 an error where the allowed part is finite and no wildcard allows it",
        routes: "GET /users\nGET /users/{id}",
        policy: "Allow prod/GET/users prod/GET/users/1 prod/GET/users/2",
        finds: "partly-allowed-route error high 1/2 and 1 partly: GET /users/0",
        ..Row::NEW
    },
    Row {
        says: "6.3 a warning, medium, where a pattern allows it",
        routes: "GET /tenants/{id}/{x+}\nGET /health",
        policy: "Allow prod/*/tenants/42/* prod/GET/health",
        finds: "partly-allowed-route warning medium 1/2 and 1 partly: GET /tenants/1/1",
        ..Row::NEW
    },
    Row {
        says: "6.3 a wildcard in place of the method is one too",
        routes: "GET /tenants/{id}\nGET /health",
        policy: "Allow prod/*/tenants/42 prod/GET/health",
        finds: "partly-allowed-route warning medium 1/2 and 1 partly: GET /tenants/1",
        ..Row::NEW
    },
    Row {
        says: "6.3 a wildcard before the method is none",
        routes: "GET /tenants/{id}\nGET /health",
        policy: "Allow arn:aws:execute-api:*:*:*/*/GET/tenants/42 prod/GET/health",
        finds: "partly-allowed-route error high 1/2 and 1 partly: GET /tenants/1",
        ..Row::NEW
    },
    Row {
        says: "6.3 of two routes the one with single requests speaks",
        routes: "GET /a/{x}\nGET /b/{x}",
        policy: "Allow prod/GET/a/1* prod/GET/b/1",
        finds: "partly-allowed-route error high 0/2 and 2 partly: GET /a/0, GET /b/0",
        ..Row::NEW
    },
    Row {
        says: "6.4 whole method and template units are left out",
        routes: USERS,
        policy: "Allow prod/GET/*",
        finds: "uncovered-routes warning high 2/3: POST /users",
        ..Row::NEW
    },
    Row {
        says: "6.4 HEAD and OPTIONS of an ANY alone never make a finding",
        routes: "ANY /a\nGET /b",
        policy: "Allow prod/GET/* prod/P*/* prod/DELETE/*",
        finds: "",
        ..Row::NEW
    },
    Row {
        says: "6.4 an ANY that lacks nothing but HEAD and OPTIONS counts as allowed whole where another route is left out",
        routes: "ANY /a\nGET /b\nPOST /c",
        policy: "Allow prod/GET/* prod/P*/a prod/DELETE/*",
        finds: "uncovered-routes warning high 2/3: POST /c",
        ..Row::NEW
    },
    Row {
        says: "6.4 an OPTIONS route of its own does",
        routes: "OPTIONS /a\nGET /a",
        policy: "Allow prod/GET/*",
        finds: "guarded-preflight warning high\nuncovered-routes warning high 1/2: OPTIONS /a",
        ..Row::NEW
    },
    Row {
        says: "6.4 a policy that allows nothing, explained by its Resource",
        routes: USERS,
        policy: "Allow prod/GET/nothing",
        finds: "unmatched-resource error high",
        ..Row::NEW
    },
    Row {
        says: "6.4 a policy that allows nothing, explained by each Resource",
        routes: USERS,
        policy: "Allow prod/GET/nothing prod/get/users",
        finds: "unmatched-resource error high\nunknown-method error medium",
        ..Row::NEW
    },
    Row {
        says: "6.4 a policy that allows nothing because Denies take all back",
        routes: "GET /a\nGET /b",
        policy: "Allow prod/GET/a\nDeny prod/GET/a",
        finds: "shadowed-allow warning high",
        ..Row::NEW
    },
    Row {
        says: "6.4 no statement: the response explains it",
        routes: USERS,
        policy: r#"{"Version": "2012-10-17", "Statement": []}"#,
        finds: "empty-resource warning medium",
        ..Row::NEW
    },
    Row {
        says: "6.4 no Resource: the response explains it",
        routes: USERS,
        policy: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": []}}"#,
        finds: "empty-resource warning medium",
        ..Row::NEW
    },
    Row {
        says: "6.4 another Action: the response explains it",
        routes: USERS,
        policy: r#"{"Version": "2012-10-17", "Statement":
            {"Effect": "Allow", "Action": "execute-api:ManageConnections", "Resource": "*"}}"#,
        finds: "action-without-invoke error medium",
        ..Row::NEW
    },
    Row {
        says: "6.4 an Effect that is none: the response explains it",
        routes: USERS,
        policy: r#"{"Version": "2012-10-17", "Statement": {"Effect": "allow", "Action": "*", "Resource": "*"}}"#,
        finds: "invalid-effect error high",
        ..Row::NEW
    },
    Row {
        says: "6 a note: a deny-only response over part of the scope",
        routes: USERS,
        policy: "Deny prod/GET/users",
        finds: "route-specific-deny note medium 0/3: POST /users, GET /users/1",
        ..Row::NEW
    },
    Row {
        says: "6 a deny-only response over all of the scope is clean",
        routes: USERS,
        policy: "Deny prod/*",
        finds: "",
        ..Row::NEW
    },
    Row {
        says: "6 of an ANY, HEAD and OPTIONS alone are allowed: GET is a refusal",
        routes: "ANY /a\nGET /b",
        policy: "Allow prod/HEAD/a prod/OPTIONS/a prod/GET/b",
        finds: "uncovered-routes warning high 1/2 and 1 partly: GET /a",
        ..Row::NEW
    },
    Row {
        says: "6 of an ANY, only HEAD and OPTIONS are left out: no finding",
        routes: "ANY /a\nGET /b",
        policy: "Allow prod/GET/* prod/POST/* prod/PUT/* prod/PATCH/* prod/DELETE/*",
        finds: "",
        ..Row::NEW
    },
    Row {
        says: "6 a route that a Deny refuses in part is not allowed whole",
        routes: "GET /a/{x}\nGET /b\nGET /c",
        policy: "Allow prod/GET/a/* prod/GET/b\nDeny prod/GET/a/secret",
        finds: "uncovered-routes warning high 1/3 and 1 partly: GET /c",
        ..Row::NEW
    },
    Row {
        says: "6 a route of which only HEAD and OPTIONS are left out counts as allowed",
        routes: "ANY /a\nGET /b\nGET /c",
        policy: "Allow prod/GET/a prod/POST/a prod/PUT/a prod/PATCH/a prod/DELETE/a prod/GET/b",
        finds: "uncovered-routes warning high 2/3: GET /c",
        ..Row::NEW
    },
];
