//! Section 3: patterns, statements and outcomes.

use crate::row::Row;

pub(crate) const ROWS: &[Row] = &[
    Row {
        says: "3 `*` is any run, slashes and the empty run included",
        routes: "GET /a/b\nGET /ab\nGET /axb",
        policy: "Allow prod/GET/a*b",
        shows: "GET /a/b: allow GET /a/b\nGET /ab: allow GET /ab\nGET /axb: allow GET /axb",
        ..Row::NEW
    },
    Row {
        says: "3 `?` is one character, a slash included",
        routes: "GET /a/b\nGET /ab\nGET /axb",
        policy: "Allow prod/GET/a?b",
        shows: "GET /a/b: allow GET /a/b\nGET /ab: implicit-deny GET /ab\nGET /axb: allow GET /axb",
        finds: "uncovered-routes warning high 2/3: GET /ab",
        ..Row::NEW
    },
    Row {
        says: "3 everything else is itself, case-sensitive",
        routes: "GET /{x}",
        policy: "Allow prod/GET/a.b+$(c) prod/GET/A",
        shows: "GET /{x}: allow GET /A, implicit-deny GET /1",
        finds: "partly-allowed-route error high 0/1 and 1 partly: GET /1",
        ..Row::NEW
    },
    Row {
        says: "3 missing parts are completed with `*`",
        routes: "GET /a\nGET /b",
        policy: "Allow arn:aws:execute-api:eu-west-1",
        shows: "GET /a: allow GET /a\nGET /b: allow GET /b",
        finds: "incomplete-arn warning low",
        ..Row::NEW
    },
    Row {
        says: "3 `*` alone is every ARN",
        routes: "GET /a\nANY /{x+}",
        policy: "Allow *",
        shows: "GET /a: allow GET /a\nANY /{x+}: allow GET /1",
        ..Row::NEW
    },
    Row {
        says: "3 in the first five parts `?` and an inner `*` stop at a colon",
        routes: "GET /a",
        args: "--region eu-west-1",
        policy: "Allow arn:aws:execute-api:eu*?:123456789012:a1b2c3d4e5/prod/*\nDeny arn:aws:execute-api:eu*1?2*9012:*",
        shows: "GET /a: allow GET /a",
        finds: "incomplete-arn warning low",
        ..Row::NEW
    },
    Row {
        says: "3 a `*` that ends its part may run past the colon",
        routes: "GET /{x}",
        policy: "Allow prod/*\nDeny arn:aws:execute-api:*:b:c",
        shows: "GET /{x}: allow GET /1, explicit-deny GET /:b:c",
        ..Row::NEW
    },
    Row {
        says: "3 what a misplaced colon makes of an account is none",
        routes: "GET /a\nGET /b",
        policy: "Allow arn:aws:execute-api:*:a1b2c3d4e5/prod/GET/a",
        shows: "GET /a: implicit-deny GET /a\nGET /b: implicit-deny GET /b",
        finds: "incomplete-arn warning low",
        ..Row::NEW
    },
    Row {
        says: "3 in the sixth part nothing stops a wildcard: `?` and `*` match colons",
        routes: "GET /a:b\nGET /c:d:e",
        policy: "Allow prod/GET/a?b prod/GET/c*e",
        shows: "GET /a:b: allow GET /a:b\nGET /c:d:e: allow GET /c:d:e",
        ..Row::NEW
    },
    Row {
        says: "3 a statement applies if its Action matches, whatever the case",
        routes: "GET /a\nGET /b",
        policy: r#"{"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": ["EXECUTE-API:inv*"], "Resource": "*"},
            {"Effect": "Deny", "Action": "execute-api:ManageConnections", "Resource": "*"}]}"#,
        shows: "GET /a: allow GET /a\nGET /b: allow GET /b",
        finds: "action-without-invoke error medium",
        ..Row::NEW
    },
    Row {
        says: "3 a statement applies if its NotAction doesn't match",
        routes: "GET /a\nGET /b",
        policy: r#"{"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "NotAction": "execute-api:ManageConnections", "Resource": "*"},
            {"Effect": "Deny", "NotAction": ["execute-api:*"], "Resource": "*"}]}"#,
        shows: "GET /a: allow GET /a\nGET /b: allow GET /b",
        ..Row::NEW
    },
    Row {
        says: "3 NotResource is the complement",
        routes: "GET /a\nGET /b",
        policy: "Allow not prod/*/a",
        shows: "GET /a: implicit-deny GET /a\nGET /b: allow GET /b",
        ..Row::NEW
    },
    Row {
        says: "3 a statement with a condition may or may not apply",
        routes: "GET /a\nGET /b",
        policy: "Allow prod/GET/a\nAllow if prod/GET/b",
        shows: "GET /a: allow GET /a\nGET /b: allow GET /b, implicit-deny GET /b, conditional",
        ..Row::NEW
    },
    Row {
        says: "3 a conditional Deny: denied or allowed, and nothing is sure",
        routes: "GET /a\nGET /b",
        policy: "Allow prod/*\nDeny if prod/GET/b",
        shows: "GET /a: allow GET /a\nGET /b: allow GET /b, explicit-deny GET /b, conditional",
        ..Row::NEW
    },
    Row {
        says: "3 a conditional Deny alone: denied explicitly or implicitly",
        routes: "GET /b",
        policy: "Deny if prod/GET/b",
        shows: "GET /b: explicit-deny GET /b, implicit-deny GET /b, conditional",
        ..Row::NEW
    },
    Row {
        says: "3 a variable without a value: as wide as `*` in its place, or nothing",
        routes: "GET /users/{id}",
        policy: "Allow prod/GET/users/${aws:username}x",
        shows: "GET /users/{id}: allow GET /users/x, implicit-deny GET /users/1, conditional",
        finds: "partly-allowed-route warning medium 0/1 and 1 partly: GET /users/1",
        ..Row::NEW
    },
    Row {
        says: "3 the other way round under NotResource: it leaves out all of that, or nothing",
        routes: "GET /users/{id}",
        policy: "Deny not prod/GET/users/${aws:username}x\nAllow prod/*",
        shows: "GET /users/{id}: allow GET /users/x, explicit-deny GET /users/1, conditional",
        ..Row::NEW
    },
    Row {
        says: "3 a variable with a value is that text, and a star in it is none",
        routes: "GET /users/{id}",
        args: "--variable aws:username=a*b",
        policy: "Allow prod/GET/users/${aws:username}",
        shows: "GET /users/{id}: allow GET /users/a*b, implicit-deny GET /users/1",
        finds: "method-arn-echo error medium 0/1 and 1 partly: GET /users/1",
        ..Row::NEW
    },
    Row {
        says: "3 `${*}`, `${?}` and `${$}` are escapes",
        routes: "GET /{x}",
        policy: "Allow prod/GET/${*}${$}",
        shows: "GET /{x}: allow GET /*$, implicit-deny GET /1",
        finds: "method-arn-echo error medium 0/1 and 1 partly: GET /1",
        ..Row::NEW
    },
    Row {
        says: "3 under an older Version a variable is text, and braces match no request",
        routes: "GET /users/{id}",
        policy: "Version 2008-10-17\nAllow prod/GET/users/${aws:username}",
        shows: "GET /users/{id}: implicit-deny GET /users/1",
        finds: "policy-variable-without-version warning high",
        ..Row::NEW
    },
    Row {
        says: "3 an explicit Deny beats an Allow; what neither matches is denied implicitly",
        routes: "ANY /{x}",
        policy: "Allow prod/GET/*\nDeny prod/*/a",
        shows: "ANY /{x}: allow GET /1, explicit-deny GET /a, implicit-deny POST /1",
        finds: "uncovered-routes warning high 0/1 and 1 partly: POST /1",
        ..Row::NEW
    },
    Row {
        says: "3 the shortest request shows an outcome; letters and digits come before punctuation",
        routes: "GET /v1/{x}/y/{z+}",
        policy: "Allow prod/GET/v1/*/y/*",
        shows: "GET /v1/{x}/y/{z+}: allow GET /v1/1/y/1",
        finds: "",
        ..Row::NEW
    },
    Row {
        says: "3 ties go to GET",
        routes: "ANY /a",
        policy: "Deny prod/P*/a\nAllow prod/*",
        shows: "ANY /a: allow GET /a, explicit-deny POST /a",
        ..Row::NEW
    },
    Row {
        says: "3 `isAuthorized` decides every request of the scope",
        routes: "GET /a\nANY /{x+}",
        args: "--api http --ttl 60",
        policy: r#"{"isAuthorized": true}"#,
        shows: "GET /a: allow GET /a\nANY /{x+}: allow GET /1",
        ..Row::NEW
    },
    Row {
        says: "3 `isAuthorized`: false refuses every request of the scope",
        routes: "GET /a\nANY /{x+}",
        args: "--api http --ttl 60",
        policy: r#"{"isAuthorized": false}"#,
        shows: "GET /a: explicit-deny GET /a\nANY /{x+}: explicit-deny GET /1",
        ..Row::NEW
    },
    Row {
        says: "3 a thrown error is skipped",
        routes: "GET /a\nGET /b",
        policy: r#"{"errorMessage": "Unauthorized"}"#,
        ..Row::NEW
    },
    Row {
        says: "3 an explicit Deny in the resource policy refuses",
        routes: "GET /a\nGET /b",
        policy: "Allow *",
        resource_policy: "Deny prod/GET/a",
        shows: "GET /a: explicit-deny GET /a\nGET /b: allow GET /b",
        ..Row::NEW
    },
    Row {
        says: "3 what the response leaves out is allowed if the resource policy allows it",
        routes: "GET /a\nGET /b",
        policy: "Allow prod/GET/a",
        resource_policy: "Allow execute-api:/prod/GET/b",
        shows: "GET /a: allow GET /a\nGET /b: allow GET /b",
        finds: "implicit-deny-overruled warning high",
        ..Row::NEW
    },
    Row {
        says: "3 and conditional if it allows it conditionally",
        routes: "GET /a\nGET /b",
        policy: "Allow prod/GET/a",
        resource_policy: "Allow if prod/*",
        shows: "GET /a: allow GET /a\nGET /b: allow GET /b, implicit-deny GET /b, conditional",
        finds: "implicit-deny-overruled warning medium",
        ..Row::NEW
    },
    Row {
        says: "3 what the resource policy leaves out, nobody means to deny",
        routes: "GET /a\nGET /b\nGET /c",
        policy: "Allow prod/GET/a",
        resource_policy: "Allow not prod/GET/c",
        shows: "GET /a: allow GET /a\nGET /b: allow GET /b\nGET /c: implicit-deny GET /c",
        finds: "implicit-deny-overruled warning high\nuncovered-routes warning high 2/3: GET /c",
        ..Row::NEW
    },
    Row {
        says: "3 a star inside one of the first five parts stops at a colon",
        routes: "GET /a:b",
        args: "--region eu-west-1",
        policy: "Allow arn:aws:execute-api:e*2:*:*",
        shows: "GET /a:b: implicit-deny GET /a:b",
        finds: "uncovered-routes warning high 0/1: GET /a:b",
        ..Row::NEW
    },
    Row {
        says: "3 a star that ends its part may run past it",
        routes: "GET /a:b",
        args: "--region eu-west-1",
        policy: "Allow arn:aws:execute-api:eu-*:*:*",
        shows: "GET /a:b: allow GET /a:b",
        finds: "",
        ..Row::NEW
    },
    Row {
        says: "3 a variable under NotResource excludes everything or nothing",
        routes: "GET /a\nGET /b\nGET /c",
        policy: "Allow not prod/GET/a prod/GET/${cognito:sub}\nDeny prod/GET/c",
        shows: "GET /a: implicit-deny GET /a\nGET /b: allow GET /b, implicit-deny GET /b, conditional\nGET /c: explicit-deny GET /c",
        finds: "",
        ..Row::NEW
    },
    Row {
        says: "3 a variable under NotResource of a Deny, behind one of an Allow",
        routes: "GET /a\nGET /b\nGET /c",
        policy: "Allow not prod/GET/a\nDeny not prod/GET/b prod/GET/${cognito:sub}",
        shows: "GET /a: explicit-deny GET /a, implicit-deny GET /a, conditional\nGET /b: allow GET /b\nGET /c: allow GET /c, explicit-deny GET /c, conditional",
        finds: "",
        ..Row::NEW
    },
];
