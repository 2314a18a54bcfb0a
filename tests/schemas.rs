//! Do the JSON reports keep to `schemas/`? Everything in `fixtures` goes through `check`, `coverage` and `routes`, and what comes out has the keys and
//! types that the schemas promise, all of them and no others.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads its own repository"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::process::Output;

use jsonschema::Validator;
use serde_json::Value;

#[test]
fn findings_keep_to_their_schema() {
    let folders = folders("fixtures/rules");
    let mut reports: Vec<Value> = folders.iter().map(|folder| report(folder, "check policy.json")).collect();
    for file in files("fixtures/privacy") {
        reports.push(report("fixtures/privacy", &format!("check {file} --routes routes.txt --pedantic")));
    }
    hold("check", &reports);
}

#[test]
fn a_line_is_a_finding_of_the_report() {
    let (whole, line) = (schema("check"), schema("check-jsonl"));
    assert_eq!(line["$defs"], whole["$defs"], "one shape, written down twice so that each file stands alone");
    assert_eq!(line["$ref"], whole["properties"]["findings"]["items"]["$ref"]);
    let validator = jsonschema::validator_for(&line).expect("the schema is sound");
    let mut lines = 0;
    for folder in folders("fixtures/rules") {
        let output = output(&folder, "check policy.json", "jsonl");
        for text in String::from_utf8(output.stdout).unwrap().lines() {
            let finding: Value = serde_json::from_str(text).unwrap();
            assert!(validator.is_valid(&finding), "{finding:#}");
            lines += 1;
        }
    }
    assert!(lines > 30, "only {lines} findings");
    assert!(!validator.is_valid(&serde_json::json!({"rule": "method-arn-echo"})));
}

#[test]
fn the_matrix_keeps_to_its_schema() {
    let folders = folders("fixtures/rules");
    let mut reports: Vec<Value> = folders.iter().map(|folder| report(folder, "coverage policy.json")).collect();
    for more in ["", "--identity-source context.path", "--identity-source context.httpMethod", "--stage dev", "--ttl 0"]
    {
        let typed = format!("coverage policy.json any.json --routes routes.txt {more}");
        reports.push(report("fixtures/quickstart", &typed));
    }
    for routes in files("fixtures/loaders/routes") {
        reports.push(report("fixtures/loaders", &format!("coverage policies --routes routes/{routes}")));
    }
    hold("coverage", &reports);
}

#[test]
fn routes_keep_to_their_schema() {
    let mut reports = Vec::new();
    for routes in files("fixtures/loaders/routes") {
        reports.push(report("fixtures/loaders/routes", &format!("routes --routes {routes}")));
        reports.push(report("fixtures/loaders/routes", &format!("routes --routes {routes} --stage live --ttl 5")));
    }
    hold("routes", &reports);
}

/// Every report is valid, none without one of its keys is, and together they show every key of the schema.
fn hold(name: &str, reports: &[Value]) {
    let schema = schema(name);
    let validator = jsonschema::validator_for(&schema).expect("the schema is sound");
    let mut shown = BTreeSet::new();
    for report in reports {
        let wrong: Vec<String> =
            validator.iter_errors(report).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(wrong.is_empty(), "{}\n{report:#}", wrong.join("\n"));
        note_keys(report, &mut shown);
    }
    let mut promised = BTreeSet::new();
    note_promised(&schema, &mut promised);
    let unseen: Vec<&String> = promised.difference(&shown).filter(|key| !NOT_YET.contains(&key.as_str())).collect();
    assert!(unseen.is_empty(), "no report shows {unseen:?}");
    let largest = reports.iter().max_by_key(|report| report.to_string().len()).unwrap();
    every_key_counts(&validator, largest);
}

/// Keys that only formats of routes will bring which are not read yet.
const NOT_YET: &[&str] = &["what", "why"];

/// The published schema lets keys be added; a test doesn't.
fn schema(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("schemas/{name}.schema.json"));
    let mut schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    assert!(jsonschema::meta::is_valid(&schema), "{name} is no JSON Schema");
    close(&mut schema);
    schema
}

fn close(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            if members.get("type").is_some_and(|kind| kind == "object") {
                members.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            members.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

fn note_keys(value: &Value, keys: &mut BTreeSet<String>) {
    for (key, child) in value.as_object().into_iter().flatten() {
        keys.insert(key.clone());
        note_keys(child, keys);
    }
    value.as_array().into_iter().flatten().for_each(|child| note_keys(child, keys));
}

fn note_promised(schema: &Value, keys: &mut BTreeSet<String>) {
    for (key, child) in schema.as_object().into_iter().flatten() {
        if let ("properties", Some(properties)) = (key.as_str(), child.as_object()) {
            keys.extend(properties.keys().cloned());
        }
        note_promised(child, keys);
    }
}

/// Leaves out one key after the other, at every depth.
fn every_key_counts(validator: &Validator, report: &Value) {
    for path in paths(report, "") {
        let (parent, key) = path.rsplit_once('/').unwrap();
        let mut changed = report.clone();
        let members = changed.pointer_mut(parent).unwrap().as_object_mut().unwrap();
        members.remove(&key.replace("~1", "/").replace("~0", "~"));
        // Which outcomes can occur is the policy's business.
        let is_free = parent.ends_with("/outcomes");
        assert_eq!(validator.is_valid(&changed), is_free, "{path} is left out");
    }
}

fn paths(value: &Value, at: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (key, child) in value.as_object().into_iter().flatten() {
        let path = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
        found.extend(paths(child, &path));
        found.push(path);
    }
    for (index, child) in value.as_array().into_iter().flatten().enumerate().take(3) {
        found.extend(paths(child, &format!("{at}/{index}")));
    }
    found
}

/// The JSON report of a command in a folder; `routes.txt` and `args` there are used.
fn report(folder: &str, typed: &str) -> Value {
    let output = output(folder, typed, "json");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

fn output(folder: &str, typed: &str, format: &str) -> Output {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let more = fs::read_to_string(folder.join("args")).unwrap_or_default();
    let mut command = Command::new(env!("CARGO_BIN_EXE_authorizer-lint"));
    command.current_dir(&folder).args(typed.split_whitespace()).args(["--format", format]);
    if !typed.contains("--routes") && folder.join("routes.txt").exists() {
        command.args(["--routes", "routes.txt"]);
    }
    if typed.starts_with("check") {
        command.args(more.lines());
    }
    command.output().unwrap()
}

fn folders(parent: &str) -> Vec<String> {
    let each = files(parent).into_iter().flat_map(|id| ["fires", "fixed"].map(|kind| format!("{parent}/{id}/{kind}")));
    each.collect()
}

fn files(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
