//! Section 5, last paragraph: whose response it is.

use crate::row::Row;

const TWO: &str = "GET /a one\nGET /b one\nGET /c two\nGET /d two";
const BY_METHOD: &str =
    "@authorizer a identity-source=method.request.header.A,context.httpMethod\nGET /a\nGET /b\nPOST /a\nPOST /b";

pub(crate) const ROWS: &[Row] = &[
    Row {
        says: "5 --authorizer selects it",
        routes: TWO,
        args: "--authorizer two",
        policy: "Allow prod/*/a prod/*/b",
        finds: "uncovered-routes warning high 0/2: GET /c, GET /d",
        ..Row::NEW
    },
    Row {
        says: "5 a recorded event selects the authorizer of its request",
        routes: TWO,
        policy: "event prod/GET/a token=t\nAllow prod/*/a prod/*/c prod/*/d",
        shows: "GET /a: allow GET /a\nGET /b: implicit-deny GET /b",
        finds: "uncovered-routes warning high 1/2: GET /b",
        ..Row::NEW
    },
    Row {
        says: "5 a recorded event selects the scope of its request",
        routes: BY_METHOD,
        policy: "event prod/POST/a httpMethod=POST token=t\nAllow prod/GET/* prod/*/a",
        finds: "uncovered-routes warning medium 1/2: POST /b",
        ..Row::NEW
    },
    Row {
        says: "5 and does so beside --authorizer",
        routes: BY_METHOD,
        args: "--authorizer a",
        policy: "event prod/POST/a httpMethod=POST token=t\nAllow prod/GET/* prod/*/a",
        finds: "uncovered-routes warning medium 1/2: POST /b",
        ..Row::NEW
    },
    Row {
        says: "5 unattributed: candidates are those in which some request is allowed, at most medium",
        routes: TWO,
        policy: "Allow prod/*/a",
        finds: "uncovered-routes warning medium 1/2: GET /b",
        ..Row::NEW
    },
    Row {
        says: "5 unattributed: it must hold in every candidate",
        routes: TWO,
        policy: "Allow prod/*/a prod/*/b prod/*/c",
        finds: "",
        ..Row::NEW
    },
    Row {
        says: "5 unattributed: reported once, for the one with most requests allowed",
        routes: "GET /a one\nGET /b one\nGET /c two\nGET /d two\nGET /e two",
        policy: "Allow prod/*/a prod/*/c prod/*/d",
        finds: "uncovered-routes warning medium 2/3: GET /e",
        ..Row::NEW
    },
    Row {
        says: "5 unattributed: all of them, if none allows a request",
        routes: TWO,
        policy: "Allow prod/DELETE/a",
        finds: "unmatched-resource error high",
        ..Row::NEW
    },
    Row {
        says: "5 an authorizer that caches nothing is a candidate too",
        routes: "@authorizer one ttl=0\n@authorizer two\nGET /a one\nGET /b two\nGET /c two",
        policy: "Allow prod/*/a prod/*/b",
        finds: "caching-disabled note high",
        ..Row::NEW
    },
    Row {
        says: "5 only Lambda authorizers answer",
        routes: "@authorizer one\n@authorizer pool type=cognito\nGET /a one\nGET /b pool\nGET /c one",
        policy: "Allow prod/*/a",
        finds: "uncovered-routes warning high 1/2: GET /c",
        ..Row::NEW
    },
    Row {
        says: "5 of several authorizers, what a resource policy overrules is medium",
        routes: "@authorizer one\n@authorizer two\nGET /a one\nGET /b two",
        policy: "Allow prod/GET/c",
        resource_policy: "Allow execute-api:/prod/*",
        finds: "implicit-deny-overruled warning medium",
        ..Row::NEW
    },
    Row {
        says: "5 and high where the option names one of them",
        routes: "@authorizer one\n@authorizer two\nGET /a one\nGET /b two",
        args: "--authorizer one",
        policy: "Allow prod/GET/c",
        resource_policy: "Allow execute-api:/prod/*",
        finds: "implicit-deny-overruled warning high",
        ..Row::NEW
    },
];
