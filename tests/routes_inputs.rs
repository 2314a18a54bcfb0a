//! Where may routes be looked for? Folders and patterns give what is a definition and skip the rest; what belongs together is joined.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::expect_used, reason = "a test may panic")]

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

const ANY: &str = include_str!("../fixtures/quickstart/any.json");
const ECHO: &str = include_str!("../fixtures/quickstart/policy.json");
const LIST: &str = include_str!("../fixtures/quickstart/routes.txt");
const OPENAPI: &str = "openapi: 3.0.1\npaths:\n  /pets: {get: {}}\n";
const MAIN: &str = r#"
resource "aws_apigatewayv2_api" "this" {
  name          = "shop"
  protocol_type = "HTTP"
}
"#;
const ROUTES: &str = r#"
resource "aws_apigatewayv2_route" "carts" {
  api_id    = aws_apigatewayv2_api.this.id
  route_key = "GET /carts"
}
"#;
const BUCKET: &str = "Resources:\n  Files: {Type: AWS::S3::Bucket}\n";
const RESOURCES: &str = r#"{"items": [{"id": "a1", "path": "/parcels", "resourceMethods": {
    "GET": {"httpMethod": "GET", "authorizationType": "CUSTOM", "authorizerId": "x8"}}}]}"#;
const AUTHORIZERS: &str = r#"{"items": [{"id": "x8", "name": "couriers", "type": "TOKEN", "authorizerUri": "arn"}]}"#;

/// A directory with files.
fn files(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// The exit code and what was said on both streams.
fn run(folder: &Path, typed: &str) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_authorizer-lint"));
    let command = command.current_dir(folder).args(typed.split_whitespace()).env_remove("CI").env("NO_COLOR", "1");
    let output = command.output().unwrap();
    (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

/// Each API as `source: routes`.
fn apis(folder: &Path, typed: &str) -> Vec<String> {
    let (code, said) = run(folder, &format!("routes {typed} --format json"));
    assert_eq!(code, Some(0), "{said}");
    let report: Value = serde_json::from_str(&said).expect(&said);
    let api = |api: &Value| {
        let route = |route: &Value| format!("{} {}", route["method"], route["path"]).replace('"', "");
        let routes: Vec<String> = api["routes"].as_array().unwrap().iter().map(route).collect();
        format!("{}: {}", api["source"].as_str().unwrap(), routes.join(", "))
    };
    report["apis"].as_array().unwrap().iter().map(api).collect()
}

#[test]
fn a_folder_gives_its_definitions_and_skips_the_rest() {
    let folder = files(&[
        ("defs/api.yaml", OPENAPI),
        ("defs/list.txt", LIST),
        ("defs/bucket.template", BUCKET),
        ("defs/package.json", "{\"name\": \"left-pad\"}"),
        ("defs/policy.json", ANY),
        ("defs/policies.json", &format!("[{ANY}]")),
        ("defs/broken.yaml", "a: [b\n"),
        ("defs/notes.txt", "Ask the team first.\n"),
        ("defs/requirements.txt", "-r /srv/base.txt\n"),
        ("defs/notes.md", "GET /no/definition\n"),
        ("defs/.hidden/api.yaml", OPENAPI),
        ("defs/out/api.yaml", OPENAPI),
        ("defs/.gitignore", "out\n"),
    ]);
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path().join("defs"), folder.path().join("defs/loop")).unwrap();
    let list = "defs/list.txt: GET /v1/users, POST /v1/users, GET /v1/users/{id}, GET /v1/orders, POST /v1/orders";
    assert_eq!(apis(folder.path(), "-r defs"), ["defs/api.yaml: GET /pets", list]);
    assert_eq!(apis(folder.path(), "-r defs/api.yaml -r defs/list.txt -r defs -r defs/*.yaml").len(), 2);
    let (code, said) = run(folder.path(), "check defs/policy.json -r defs");
    // The policy is none of the skipped files: it was checked.
    assert!(said.contains("1 policy, 6 routes") && said.contains("6 skipped files"), "{said}");
    assert_eq!(code, Some(0), "{said}");
    let (_, said) = run(folder.path(), "check defs -r defs");
    assert!(said.contains("2 policies, 6 routes") && said.contains("5 skipped files"), "{said}");
    let (_, said) = run(folder.path(), "routes -r defs");
    assert!(said.contains("7 skipped files"), "{said}");
}

#[test]
fn a_terraform_folder_is_one_module_and_two_apis_stay_two() {
    let folder = files(&[
        ("infra/main.tf", MAIN),
        ("infra/routes.tf", ROUTES),
        ("infra/variables.tf", "variable \"name\" {}\n"),
        ("infra/settings.tf.json", "{\"locals\": {\"a\": 1}}"),
        ("api/openapi.yml", OPENAPI),
        ("cdk.out/Shop.template.json", "{\"Resources\": {\"B\": {\"Type\": \"AWS::S3::Bucket\"}}}"),
    ]);
    let both = ["infra/main.tf: GET /carts", "api/openapi.yml: GET /pets"];
    assert_eq!(apis(folder.path(), "-r infra"), &both[..1]);
    assert_eq!(apis(folder.path(), "-r infra -r api"), both);
    assert_eq!(apis(folder.path(), "-r infra/*.tf"), &both[..1]);
    assert_eq!(apis(folder.path(), "-r .").len(), 2);
    assert_eq!(apis(folder.path(), "-r */*.tf -r **/*.yml"), both);
    // One file of the module alone lacks the API itself.
    let (_, said) = run(folder.path(), "check --no-config -r infra/variables.tf --allow-no-inputs");
    assert!(said.contains("declares no API of API Gateway"), "{said}");
}

#[test]
fn saved_outputs_of_one_folder_are_one_api() {
    let folder = files(&[
        ("live/resources.json", RESOURCES),
        ("live/authorizers.json", AUTHORIZERS),
        ("live/response.json", ECHO),
        ("saved/authorizers.json", AUTHORIZERS),
    ]);
    assert_eq!(apis(folder.path(), "-r live"), ["live/resources.json: GET /parcels"]);
    assert_eq!(apis(folder.path(), "-r live/*.json"), ["live/resources.json: GET /parcels"]);
    assert_eq!(apis(folder.path(), "-r ."), ["live/resources.json: GET /parcels"]);
    let (code, said) = run(folder.path(), "check live/response.json -r saved");
    assert!(code == Some(2) && said.contains("`saved` holds no definition of an API"), "{said}");
}

#[test]
fn a_part_of_another_definition_is_read_with_it() {
    let template = "Resources:\n  Api:\n    Type: AWS::Serverless::Api\n    Properties: {StageName: v1, DefinitionUri: api.yaml}\n";
    let folder = files(&[("app/template.yaml", template), ("app/api.yaml", OPENAPI)]);
    for typed in ["-r app", "-r app/*.yaml", "-r app/api.yaml -r app/template.yaml", "-r app/template.yaml"] {
        assert_eq!(apis(folder.path(), typed), ["app/template.yaml: GET /pets"], "{typed}");
    }
    assert_eq!(apis(folder.path(), "-r app/api.yaml"), ["app/api.yaml: GET /pets"]);
    let nested =
        "Resources:\n  Pets: {Type: AWS::Serverless::Application, Properties: {Location: app/template.yaml}}\n";
    fs::write(folder.path().join("root.yaml"), nested).unwrap();
    assert_eq!(apis(folder.path(), "-r ."), ["app/template.yaml: GET /pets"]);
}

#[test]
fn what_gives_no_definition_is_an_error() {
    let folder = files(&[
        ("any.json", ANY),
        ("none/package.json", "{}"),
        ("none/bucket.yaml", BUCKET),
        ("docs/readme.md", "# API\n"),
        ("cut/api.json", "{\"openapi\": \"3.0.1\", \"paths\": {"),
        ("bare/resources.json", "{\"items\": [{\"id\": \"a\", \"path\": \"/a\", \"resourceMethods\": {\"GET\": {}}}]}"),
        ("good/api.yaml", OPENAPI),
        ("good/bucket.yaml", BUCKET),
    ]);
    for (typed, said) in [
        ("-r none", "`none` holds no definition of an API"),
        ("-r good -r none", "`none` holds no definition of an API"),
        ("-r none/*", "`none/*` holds no definition of an API"),
        ("-r docs", "`docs` holds no *.json, *.yaml, *.yml, *.tf, *.txt or *.template file"),
        ("-r good/*.yml", "`good/*.yml` matches no file"),
        ("-r god", "`god` doesn't exist"),
        ("-r good/bucket.yaml", "this template declares no API of API Gateway"),
        // Naming a file that a folder holds as well asks for more than meeting it.
        ("-r good -r good/bucket.yaml", "this template declares no API of API Gateway"),
        // What is plainly meant to be a definition is never skipped.
        ("-r cut", "not valid JSON"),
        ("-r bare", "the methods were saved without their authorizers"),
    ] {
        for command in ["routes", "check any.json", "coverage any.json"] {
            let (code, shown) = run(folder.path(), &format!("{command} {typed}"));
            assert!(code == Some(2) && shown.contains(said), "{command} {typed}: {shown}");
        }
    }
    let (code, shown) = run(folder.path(), "check any.json -r good");
    assert!(code == Some(0) && shown.contains("1 skipped file"), "{shown}");
}

#[test]
fn an_asked_format_holds_for_all_files_of_a_folder() {
    let folder = files(&[("defs/api.yaml", OPENAPI), ("defs/list.txt", LIST), ("defs/main.tf", MAIN)]);
    assert_eq!(apis(folder.path(), "-r defs --routes-format openapi"), ["defs/api.yaml: GET /pets"]);
    assert_eq!(apis(folder.path(), "-r defs --routes-format list").len(), 1);
}
