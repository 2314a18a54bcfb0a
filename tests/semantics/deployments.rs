//! Section 4: where the API is deployed.

use crate::row::Row;

pub(crate) const ROWS: &[Row] = &[
    Row {
        says: "4 what the options state is used: another stage is reached by nothing",
        routes: "GET /a\nGET /b",
        args: "--stage dev",
        policy: "Allow prod/*",
        shows: "GET /a: implicit-deny GET /a\nGET /b: implicit-deny GET /b",
        finds: "unmatched-resource note high",
        ..Row::NEW
    },
    Row {
        says: "4 stated: a Resource for another stage beside one that grants is a note",
        routes: "GET /a\nGET /b",
        args: "--stage dev",
        policy: "Allow dev/* prod/*",
        shows: "GET /a: allow GET /a\nGET /b: allow GET /b",
        finds: "unmatched-resource note high",
        ..Row::NEW
    },
    Row {
        says: "4 the rest is inferred from Denies and NotResources too",
        routes: "GET /a\nGET /b",
        policy: "Allow *\nDeny dev/GET/a\nDeny not arn:aws:execute-api:*:*:*/dev/*",
        shows: "GET /a: explicit-deny GET /a\nGET /b: allow GET /b",
        ..Row::NEW
    },
    Row {
        says: "4 no wildcard-free value: the shortest string inside a glob",
        routes: "GET /a\nGET /b",
        policy: "Allow dev*/GET/a",
        shows: "GET /a: allow GET /a\nGET /b: implicit-deny GET /b",
        finds: "method-arn-echo error medium 1/2: GET /b",
        ..Row::NEW
    },
    Row {
        says: "4 nothing but stars: a fresh value, which no literal equals",
        routes: "GET /a\nGET /b",
        policy: "Allow arn:aws:execute-api:*:*:*/*/GET/*",
        shows: "GET /a: allow GET /a\nGET /b: allow GET /b",
        ..Row::NEW
    },
    Row {
        says: "4 every combination that some Allow matches is checked, and no other",
        routes: "GET /x",
        policy: "Allow arn:aws:execute-api:*:*:one/prod/* arn:aws:execute-api:*:*:two/dev/*",
        shows: "= default one/prod\nGET /x: allow GET /x\n= default two/dev\nGET /x: allow GET /x",
        ..Row::NEW
    },
    Row {
        says: "4 several stages of one API are each checked, at medium confidence",
        routes: "GET /a\nGET /b",
        policy: "Allow prod/* dev/GET/a dev/GET/b\nDeny dev/GET/a",
        shows: "= default a1b2c3d4e5/prod
            GET /a: allow GET /a
            GET /b: allow GET /b
            = default a1b2c3d4e5/dev
            GET /a: explicit-deny GET /a
            GET /b: allow GET /b",
        finds: "shadowed-allow warning high",
        ..Row::NEW
    },
    Row {
        says: "4 one stage that fails is enough",
        routes: "GET /a\nGET /b",
        policy: "Allow prod/* dev/*/a",
        finds: "uncovered-routes warning medium 1/2: GET /b",
        ..Row::NEW
    },
    Row {
        says: "4 several stages stay medium where the authorizer is known",
        routes: "GET /a\nGET /b",
        args: "--authorizer default",
        policy: "Allow prod/* dev/*/a",
        finds: "uncovered-routes warning medium 1/2: GET /b",
        ..Row::NEW
    },
    Row {
        says: "4 several API ids are alternatives: what fails in one only is not reported",
        routes: "GET /a\nGET /b",
        policy: "Allow arn:aws:execute-api:*:*:one/prod/*/a arn:aws:execute-api:*:*:two/prod/*",
        finds: "",
        ..Row::NEW
    },
    Row {
        says: "4 several API ids: what fails in all of them is",
        routes: "GET /a\nGET /b",
        policy: "Allow arn:aws:execute-api:*:*:one/prod/*/a arn:aws:execute-api:*:*:two/prod/*/b",
        finds: "uncovered-routes warning high 1/2: GET /b",
        ..Row::NEW
    },
    Row {
        says: "4 a Resource that matches in its own deployment is not unmatched",
        routes: "GET /a\nGET /b",
        policy: "Allow prod/* dev*/GET/a\nDeny test-?/GET/b",
        finds: "",
        ..Row::NEW
    },
    Row {
        says: "4 and one that matches nothing there either is",
        routes: "GET /a\nGET /b",
        policy: "Allow prod/* dev*/GET/nothing",
        finds: "unmatched-resource warning high",
        ..Row::NEW
    },
    Row {
        says: "4 the console's test stages stand for the stated stage",
        routes: "GET /a\nGET /b\nGET /c",
        args: "--stage prod",
        policy: "Allow ESTestInvoke-stage/GET/a test-invoke-stage/GET/b null/GET/c",
        shows: "GET /a: allow GET /a\nGET /b: allow GET /b\nGET /c: allow GET /c",
        ..Row::NEW
    },
    Row {
        says: "4 and for the one that other Resources name",
        routes: "GET /a\nGET /b",
        policy: "Allow ESTestInvoke-stage/GET/a prod/GET/b",
        shows: "GET /a: allow GET /a\nGET /b: allow GET /b",
        ..Row::NEW
    },
    Row {
        says: "4 an event of a test stage doesn't name the stage",
        routes: "GET /a\nGET /b",
        policy: "event ESTestInvoke-stage/GET/a token=1\nAllow prod/*",
        shows: "GET /a: allow GET /a\nGET /b: allow GET /b",
        ..Row::NEW
    },
    Row {
        says: "4 a recorded event settles the deployment",
        routes: "GET /a\nGET /b",
        policy: "event prod/GET/a token=1\nAllow dev/*\nAllow prod/*/a",
        shows: "GET /a: allow GET /a\nGET /b: implicit-deny GET /b",
        finds: "uncovered-routes warning high 1/2: GET /b\nunmatched-resource note high",
        ..Row::NEW
    },
    Row {
        says: "4 the sixth part is cut at slashes: a method behind a star that may have swallowed the stage is no stage",
        routes: "GET /a\nGET /b",
        policy: "Allow arn:aws:execute-api:*:*:*/GET/*",
        shows: "GET /a: allow GET /a\nGET /b: allow GET /b",
        ..Row::NEW
    },
    Row {
        says: "4 the short form is for resource policies: in a response it is no ARN",
        routes: "GET /a\nGET /b",
        policy: "Allow execute-api:/prod/GET/a prod/GET/b",
        shows: "GET /a: implicit-deny GET /a\nGET /b: allow GET /b",
        finds: "malformed-arn error high\nmethod-arn-echo error medium 1/2: GET /a",
        ..Row::NEW
    },
    Row {
        says: "4 of two stages that fail the stronger shape speaks, whichever stands first",
        routes: "GET /a\nGET /b\nGET /c",
        policy: "Allow prod/GET/a prod/GET/b dev/GET/a",
        finds: "method-arn-echo error medium 1/3: GET /b, GET /c",
        ..Row::NEW
    },
    Row {
        says: "4 of two stages that fail the stronger shape speaks, also where it stands first",
        routes: "GET /a\nGET /b\nGET /c",
        policy: "Allow dev/GET/a prod/GET/a prod/GET/b",
        finds: "method-arn-echo error medium 1/3: GET /b, GET /c",
        ..Row::NEW
    },
    Row {
        says: "4 of two stages that fail alike the first speaks",
        routes: "GET /a\nGET /b\nGET /c\nGET /d",
        policy: "Allow prod/GET/a prod/GET/b dev/GET/a dev/GET/c",
        finds: "uncovered-routes warning medium 2/4: GET /c, GET /d",
        ..Row::NEW
    },
];
