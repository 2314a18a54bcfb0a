//! Are the events that `events` prints as good as real ones? A function answers them, the pairs go through `check`, and what it finds is what
//! the function did: for every kind of API and every kind of event.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may panic, and looks at its own folders"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use serde_json::json;
use tempfile::TempDir;

/// A kind of event: the routes, what is typed, and whether responses of this kind are cached.
struct Kind {
    name: &'static str,
    routes: &'static str,
    options: &'static str,
    cached: bool,
}

const ROUTES: &str = "GET /\nPOST /orders\nGET /users/{id}\nANY /files/{path+}\nGET /health -\n";

const KINDS: &[Kind] = &[
    Kind { name: "TOKEN", routes: ROUTES, options: "", cached: true },
    Kind {
        name: "REQUEST",
        routes: ROUTES,
        options: "--stage prod --identity-source method.request.header.X-Key --identity-source method.request.querystring.tenant \
                  --identity-source stageVariables.area --identity-source context.identity.sourceIp",
        cached: true,
    },
    Kind {
        name: "HTTP 1.0",
        routes: ROUTES,
        options: "--api http --ttl 300 --payload 1.0 --stage dev --identity-source $request.header.authorization \
                  --identity-source $context.identity.userAgent",
        cached: true,
    },
    Kind {
        name: "HTTP 2.0",
        routes: ROUTES,
        options: "--api http --ttl 300 --identity-source $request.header.Authorization --identity-source $request.querystring.t \
                  --identity-source $context.identity.sourceIp",
        cached: true,
    },
    Kind {
        name: "WebSocket",
        routes: "$connect\n$default\n",
        options: "--identity-source route.request.querystring.token",
        cached: false,
    },
];

struct Folder {
    folder: TempDir,
}

impl Folder {
    fn new(routes: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("routes.txt"), routes).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// Exit code, standard output and standard error.
    fn run(&self, typed: &str, more: &[&str]) -> (i32, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_authorizer-lint"));
        command.current_dir(self.folder.path()).env_remove("AUTHORIZER_LINT_IDENTITY");
        let output = command.args(typed.split_whitespace()).args(more).args(["-r", "routes.txt"]).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    fn events(&self, options: &str, more: &[&str]) -> Vec<Value> {
        let (code, stdout, stderr) = self.run(&format!("events {options}"), more);
        assert_eq!((code, stderr.as_str()), (0, ""));
        serde_json::from_str(&stdout).unwrap()
    }

    /// What `check` says about the answers to events: rule, severity and confidence, each once.
    fn check(&self, kind: &Kind, events: &[Value], answer: impl Fn(&str) -> String) -> String {
        let pairs = events.iter().map(|event| json!({"event": event, "response": response(&answer(arn(event)))}));
        let lines: Vec<String> = pairs.map(|pair| pair.to_string()).collect();
        fs::write(self.path("pairs.jsonl"), lines.join("\n")).unwrap();
        let options = kind.options.replace("--payload 1.0", "");
        let (code, stdout, stderr) = self.run(&format!("check pairs.jsonl --format json {options}"), &[]);
        assert!(code < 2, "{}: {stderr}{stdout}", kind.name);
        let report: Value = serde_json::from_str(&stdout).unwrap();
        assert_eq!(report["summary"]["policies"], events.len());
        let text = |finding: &Value, key: &str| finding[key].as_str().unwrap().to_owned();
        let findings = report["findings"].as_array().unwrap().iter();
        let kinds: BTreeSet<String> = findings
            .map(|finding| ["rule", "severity", "confidence"].map(|key| text(finding, key)).join(" "))
            .collect();
        Vec::from_iter(kinds).join(", ")
    }
}

fn arn(event: &Value) -> &str {
    event.get("methodArn").or_else(|| event.get("routeArn")).expect("an event has an ARN").as_str().unwrap()
}

/// What the usual sample code returns.
fn response(resource: &str) -> Value {
    let statement = json!({"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": resource});
    json!({"principalId": "user", "policyDocument": {"Version": "2012-10-17", "Statement": [statement]}})
}

/// What code returns that knows of the cache: everything in the stage.
fn wildcard(arn: &str) -> String {
    let stage: Vec<&str> = arn.splitn(3, '/').take(2).collect();
    format!("{}/*", stage.join("/"))
}

#[test]
fn a_function_that_repeats_the_arn_is_found_out_and_one_that_does_not_is_clean() {
    for kind in KINDS {
        let folder = Folder::new(kind.routes);
        let echo = if kind.cached { "method-arn-echo error high" } else { "" };
        let several = if kind.cached { "disagreeing-policies error high" } else { "" };
        for (identity, expected) in [(&["--identity", "abc123"][..], several), (&[], echo)] {
            let events = folder.events(kind.options, identity);
            assert_eq!(events.len(), if kind.cached { 4 } else { 1 }, "{}: the open route has none", kind.name);
            assert_eq!(folder.check(kind, &events, wildcard), "", "{}", kind.name);
            // A placeholder doesn't prove that two responses share a key. That each repeats its own event needs no key.
            assert_eq!(folder.check(kind, &events, str::to_owned), expected, "{} {identity:?}", kind.name);
            for event in &events {
                assert_eq!(
                    folder.check(kind, std::slice::from_ref(event), str::to_owned),
                    echo,
                    "{}: {event}",
                    kind.name
                );
            }
        }
    }
}

#[test]
fn events_have_the_keys_that_aws_documents() {
    for (kind, expected) in KINDS.iter().zip([
        "authorizationToken methodArn type",
        "headers httpMethod methodArn multiValueHeaders multiValueQueryStringParameters path pathParameters queryStringParameters \
         requestContext resource stageVariables type",
        "authorizationToken headers httpMethod identitySource methodArn multiValueHeaders multiValueQueryStringParameters path \
         pathParameters queryStringParameters requestContext resource stageVariables type version",
        "headers identitySource pathParameters queryStringParameters rawPath rawQueryString requestContext routeArn routeKey type version",
        "headers methodArn multiValueHeaders multiValueQueryStringParameters queryStringParameters requestContext stageVariables type",
    ]) {
        let events = Folder::new(kind.routes).events(kind.options, &[]);
        let keys: BTreeSet<&String> = events.iter().flat_map(|event| event.as_object().unwrap().keys()).collect();
        let keys: Vec<&str> = keys.into_iter().map(String::as_str).collect();
        assert_eq!(keys.join(" "), expected, "{}", kind.name);
    }
}

#[test]
fn an_event_tells_its_request() {
    let rest = &KINDS[1];
    let event = &Folder::new(rest.routes).events(rest.options, &["ANY /files/{path+}"])[0];
    assert_eq!(event["methodArn"], "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/files/1");
    assert_eq!((&event["resource"], &event["path"]), (&json!("/files/{path+}"), &json!("/files/1")));
    assert_eq!((&event["httpMethod"], &event["pathParameters"]), (&json!("GET"), &json!({"path": "1"})));
    assert_eq!(event["headers"]["X-Key"], "<X-Key>");
    assert_eq!(event["multiValueQueryStringParameters"], json!({"tenant": ["<tenant>"]}));
    assert_eq!(event["stageVariables"], json!({"area": "<area>"}));
    assert_eq!(event["requestContext"]["path"], "/prod/files/1");

    let one = &Folder::new(KINDS[2].routes).events(KINDS[2].options, &["GET /users/{id}", "--identity", "Bearer a"])[0];
    assert_eq!((&one["version"], &one["path"]), (&json!("1.0"), &json!("/dev/users/1")));
    assert_eq!(one["identitySource"], "Bearer a,authorizer-lint");

    let two = &Folder::new(KINDS[3].routes).events(KINDS[3].options, &["PUT /files/a/b", "--identity", "x y"])[0];
    assert_eq!(two["routeArn"], "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/$default/PUT/files/a/b");
    assert_eq!((&two["routeKey"], &two["rawPath"]), (&json!("ANY /files/{path+}"), &json!("/files/a/b")));
    assert_eq!(
        (&two["identitySource"], &two["rawQueryString"]),
        (&json!(["x y", "x y", "192.0.2.1"]), &json!("t=x%20y"))
    );
    assert_eq!(two["requestContext"]["http"]["method"], "PUT");

    let connect = &Folder::new(KINDS[4].routes).events(KINDS[4].options, &[])[0];
    assert!(arn(connect).ends_with("/stage/$connect"), "{connect}");
    assert_eq!(connect["requestContext"]["eventType"], "CONNECT");
}

#[test]
fn identity_values_stand_where_they_are_meant() {
    let folder = Folder::new(ROUTES);
    let token = |more: &[&str]| folder.events("", more)[0]["authorizationToken"].clone();
    assert_eq!(token(&[]), "Bearer <token>");
    assert_eq!(token(&["--identity", "Bearer a.b=="]), "Bearer a.b==");
    assert_eq!(token(&["--identity", "method.request.header.Authorization=b=="]), "b==");
    let (code, _, stderr) = folder.run("events --identity method.request.header.Authorisation=b", &[]);
    assert_eq!(code, 2);
    assert!(stderr.contains("did you mean `method.request.header.Authorization`?"), "{stderr}");
}

#[test]
fn every_event_gets_a_file_and_none_is_lost() {
    let folder = Folder::new("GET /a/b\nGET /a-b\nGET /\n");
    let (code, stdout, _) = folder.run("events --output-dir deep/events", &[]);
    assert_eq!((code, stdout.as_str()), (0, ""));
    let names = |folder: &Path| {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        entries.collect::<BTreeSet<String>>()
    };
    let written = names(&folder.path("deep/events"));
    assert_eq!(written, ["GET-a-b.json", "GET-a-b-event2.json", "GET.json"].map(str::to_owned).into());
    for name in written {
        let text = fs::read_to_string(folder.path("deep/events").join(name)).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap()["type"], "TOKEN");
    }
    fs::write(folder.path("deep/events/GET.json"), "mine").unwrap();
    let (code, _, stderr) = folder.run("events --output-dir deep/events", &[]);
    assert_eq!(code, 2);
    assert!(stderr.contains("exists; `--force` replaces it"), "{stderr}");
    fs::remove_file(folder.path("deep/events/GET-a-b.json")).unwrap();
    let _ = folder.run("events --output-dir deep/events", &[]);
    assert_eq!(fs::read_to_string(folder.path("deep/events/GET.json")).unwrap(), "mine");
    assert_eq!(names(&folder.path("deep/events")).len(), 2, "all or none");
    assert_eq!(folder.run("events --output-dir deep/events --force", &[]).0, 0);
    assert_ne!(fs::read_to_string(folder.path("deep/events/GET.json")).unwrap(), "mine");
}

#[test]
fn what_gives_no_event_is_said() {
    let folder = Folder::new("GET /open -\nGET /users\n");
    for (typed, more, said) in [
        ("events", &["GET /usres"][..], "did you mean `GET /users`?"),
        ("events", &["GET /open"], "no Lambda authorizer guards `GET /open`"),
        ("events --authorizer defalt", &[], "did you mean `default`?"),
        ("events --force", &[], "--output-dir"),
        ("events --output-dir x --format json", &[], "cannot be used with"),
    ] {
        let (code, _, stderr) = folder.run(typed, more);
        assert_eq!(code, 2, "{typed}");
        assert!(stderr.contains(said), "{typed}: {stderr}");
    }
    let (code, _, stderr) = Folder::new("GET /open -\n").run("events", &[]);
    assert_eq!(code, 2);
    assert!(stderr.contains("no route is behind a Lambda authorizer"), "{stderr}");
}
