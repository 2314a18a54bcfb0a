//! Section 6: what recorded responses add.

use crate::row::Row;

const AB: &str = "GET /a\nGET /b";

pub(crate) const ROWS: &[Row] = &[
    Row {
        says: "6.1 the same key, and some request decided differently",
        routes: AB,
        policy: "event prod/GET/a token=t\nAllow prod/GET/a\n---\nevent prod/GET/b token=t\nAllow prod/GET/b",
        finds: "disagreeing-policies error high",
        ..Row::NEW
    },
    Row {
        says: "6.1 another key value is another entry: each speaks for itself",
        routes: AB,
        policy: "event prod/GET/a token=t\nAllow prod/GET/a\n---\nevent prod/GET/b token=u\nAllow prod/GET/b",
        finds: "method-arn-echo error high 1/2: GET /b\nmethod-arn-echo error high 1/2: GET /a",
        ..Row::NEW
    },
    Row {
        says: "6.1 all values of a header make up the key, in their order",
        routes: "@authorizer x type=request\nGET /a\nGET /b",
        policy: "event prod/GET/a token=t,u\nAllow prod/*\n---\nevent prod/GET/b token=t,v\nDeny prod/*",
        finds: "",
        ..Row::NEW
    },
    Row {
        says: "6.1 a value is missing: nothing is compared",
        routes: "@authorizer x identity-source=method.request.header.Authorization,method.request.header.T\nGET /a",
        policy: "event prod/GET/a token=t\nAllow prod/*\n---\nevent prod/GET/a token=t\nDeny prod/*",
        finds: "",
        ..Row::NEW
    },
    Row {
        says: "6.1 events further apart than the TTL don't share",
        routes: AB,
        policy: "event prod/GET/a token=t time=0\nAllow prod/*\n---\nevent prod/GET/b token=t time=300000\nDeny prod/*",
        finds: "",
        ..Row::NEW
    },
    Row {
        says: "6.1 events within the TTL do",
        routes: AB,
        policy: "event prod/GET/a token=t time=0\nAllow prod/*\n---\nevent prod/GET/b token=t time=299999\nDeny prod/*",
        finds: "disagreeing-policies error high",
        ..Row::NEW
    },
    Row {
        says: "6.1 a policy that is recorded again counts at each of its times",
        routes: AB,
        policy: "event prod/GET/a token=t time=0\nAllow prod/*\n---
            event prod/GET/a token=t time=900000\nAllow prod/*\n---
            event prod/GET/b token=t time=900001\nDeny prod/*",
        finds: "disagreeing-policies error high",
        ..Row::NEW
    },
    Row {
        says: "6.1 another principal: a note",
        routes: AB,
        policy: "event prod/GET/a token=t as=one\nAllow prod/*\n---\nevent prod/GET/b token=t as=two\nDeny prod/*",
        finds: "disagreeing-policies note high",
        ..Row::NEW
    },
    Row {
        says: "6.1 a policy that is recorded again counts for each of its principals",
        routes: AB,
        policy: "event prod/GET/a token=t as=one\nAllow prod/*\n---
            event prod/GET/a token=t as=two\nAllow prod/*\n---
            event prod/GET/b token=t as=two\nDeny prod/*",
        finds: "disagreeing-policies error high",
        ..Row::NEW
    },
    Row {
        says: "6.1 a placeholder for the key: a note",
        routes: AB,
        policy: "event prod/GET/a token=<redacted>\nAllow prod/*\n---\nevent prod/GET/b token=<redacted>\nDeny prod/*",
        finds: "disagreeing-policies note high",
        ..Row::NEW
    },
    Row {
        says: "6.1 other stages have caches of their own",
        routes: AB,
        policy: "event prod/GET/a token=t\nAllow prod/*\n---\nevent dev/GET/b token=t\nDeny dev/*",
        finds: "",
        ..Row::NEW
    },
    Row {
        says: "6.1 other scopes have entries of their own",
        routes: "@authorizer x identity-source=method.request.header.Authorization,context.httpMethod\nGET /a\nPOST /a",
        policy: "event prod/GET/a token=t httpMethod=GET\nAllow prod/*\n---
            event prod/POST/a token=t httpMethod=POST\nDeny prod/*",
        finds: "",
        ..Row::NEW
    },
    Row {
        says: "6.1 what is conditional is no different decision",
        routes: AB,
        policy: "event prod/GET/a token=t\nAllow prod/*\n---\nevent prod/GET/b token=t\nAllow prod/*\nDeny if prod/*",
        finds: "",
        ..Row::NEW
    },
    Row {
        says: "6.1 simple responses disagree about every request",
        routes: AB,
        args: "--api http --ttl 60",
        policy: r#"{"event": {"routeArn": "arn:aws:execute-api:eu-west-1:1:a/prod/GET/a", "headers": {"authorization": "t"}},
                    "response": {"isAuthorized": true}}
            ---
            {"event": {"routeArn": "arn:aws:execute-api:eu-west-1:1:a/prod/GET/b", "headers": {"authorization": "t"}},
                    "response": {"isAuthorized": false}}"#,
        finds: "disagreeing-policies error high",
        ..Row::NEW
    },
    Row {
        says: "6.1 a thrown error caches nothing",
        routes: AB,
        policy: r#"{"event": {"methodArn": "arn:aws:execute-api:eu-west-1:1:a/prod/GET/a", "authorizationToken": "t"},
                    "response": {"errorMessage": "Unauthorized"}}
            ---
            {"event": {"methodArn": "arn:aws:execute-api:eu-west-1:1:a/prod/GET/a", "authorizationToken": "t"},
                    "response": {"isAuthorized": true}}"#,
        finds: "",
        ..Row::NEW
    },
    Row {
        says: "6.2 a Resource that equals its event's ARN: high",
        routes: AB,
        policy: "event prod/GET/a token=t\nAllow prod/GET/a",
        finds: "method-arn-echo error high 1/2: GET /b",
        ..Row::NEW
    },
    Row {
        says: "6.2 whether or not a route matches it",
        routes: AB,
        policy: "event prod/GET/nothing token=t\nAllow prod/GET/nothing",
        finds: "method-arn-echo error high 0/2: GET /a, GET /b",
        ..Row::NEW
    },
    Row {
        says: "6.2 an event of a test stage, whose ARN is repeated",
        routes: AB,
        policy: "event test-invoke-stage/GET/a token=t\nAllow test-invoke-stage/GET/a",
        finds: "method-arn-echo error high 1/2: GET /b",
        ..Row::NEW
    },
    Row {
        says: "6 a deny-only response: a warning where another response of that key allows something",
        routes: AB,
        policy: "event prod/GET/a token=t as=one\nDeny prod/GET/a\n---\nevent prod/GET/b token=t as=two\nAllow *",
        finds: "route-specific-deny warning medium 0/2: GET /b",
        ..Row::NEW
    },
    Row {
        says: "6 a deny-only response: a note where only another key allows something",
        routes: AB,
        policy: "event prod/GET/a token=t\nDeny prod/GET/a\n---\nevent prod/GET/b token=u\nAllow *",
        finds: "route-specific-deny note medium 0/2: GET /b",
        ..Row::NEW
    },
    Row {
        says: "6 an event settles which of several scopes it is",
        routes: "@authorizer a api=http ttl=300 identity-source=$request.header.A,$context.httpMethod\nGET /a a\nGET /b a\nPOST /a a",
        policy: "event prod/GET/a\nAllow prod/GET/a",
        finds: "method-arn-echo error high 1/2: GET /b",
        ..Row::NEW
    },
    Row {
        says: "6 without an event it may be that of any scope",
        routes: "@authorizer a api=http ttl=300 identity-source=$request.header.A,$context.httpMethod\nGET /a a\nGET /b a\nPOST /a a\nPOST /b a",
        policy: "Allow prod/GET/a prod/POST/a",
        finds: "method-arn-echo error medium 1/2: GET /b",
        ..Row::NEW
    },
    Row {
        says: "6.1 simple responses that agree disagree about nothing",
        routes: AB,
        args: "--api http --ttl 60",
        policy: r#"{"event": {"routeArn": "arn:aws:execute-api:eu-west-1:1:a/prod/GET/a", "headers": {"authorization": "t"}},
                    "response": {"isAuthorized": true}}
            ---
            {"event": {"routeArn": "arn:aws:execute-api:eu-west-1:1:a/prod/GET/b", "headers": {"authorization": "t"}},
                    "response": {"isAuthorized": true}}"#,
        finds: "",
        ..Row::NEW
    },
    Row {
        says: "6.1 with the path in the key, responses disagree about that path alone",
        routes: "@authorizer a type=request identity-source=method.request.header.Authorization,context.path\nGET /a a\nPOST /a a\nGET /b a\nPOST /b a",
        policy: "event prod/GET/a token=t path=/a\nAllow prod/*/a prod/*/b\n---\nevent prod/POST/a token=t path=/a\nAllow prod/*/a",
        finds: "",
        ..Row::NEW
    },
    Row {
        says: "6.1 with the path in the key, another method of that path is decided by both",
        routes: "@authorizer a type=request identity-source=method.request.header.Authorization,context.path\nGET /a a\nPOST /a a",
        policy: "event prod/GET/a token=t path=/a\nAllow prod/*/a\n---\nevent prod/POST/a token=t path=/a\nAllow prod/GET/a",
        finds: "disagreeing-policies error high",
        ..Row::NEW
    },
    Row {
        says: "6.1 a recording that says the same again makes no further finding",
        routes: AB,
        policy: "event prod/GET/a token=t\nAllow prod/*\n---\nevent prod/GET/b token=t\nAllow prod/*/a\n---\nevent prod/GET/a token=t\nAllow prod/*",
        finds: "disagreeing-policies error high",
        ..Row::NEW
    },
];
