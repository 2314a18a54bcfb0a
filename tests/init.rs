//! Does `init` write a configuration that works as it is, whatever the folder holds?
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may panic, and looks at its own folders")]

use std::fs;
use std::path::Path;
use std::process::Command;
use std::process::Output;

use authorizer_lint::config;
use authorizer_lint::source::Sources;
use tempfile::TempDir;

const ECHO: &str = include_str!("../fixtures/quickstart/policy.json");
const ANY: &str = include_str!("../fixtures/quickstart/any.json");
const ROUTES: &str = include_str!("../fixtures/quickstart/routes.txt");

const SAM: &str = "Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Auth:
        DefaultAuthorizer: Users \"and\" more
        Authorizers:
          Users \"and\" more: {FunctionArn: !GetAtt Check.Arn}
  List:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Get: {Type: Api, Properties: {Path: /v1/users, Method: get, RestApiId: !Ref Api}}
        Post: {Type: Api, Properties: {Path: /v1/users, Method: post, RestApiId: !Ref Api}}
  Check: {Type: AWS::Serverless::Function}
";

const TERRAFORM: [(&str, &str); 2] = [
    (
        "infra/api.tf",
        "resource \"aws_apigatewayv2_api\" \"a\" {\n  name = \"a\"\n  protocol_type = \"HTTP\"\n}\n\
         resource \"aws_apigatewayv2_route\" \"r\" {\n  api_id = aws_apigatewayv2_api.a.id\n  route_key = \"GET /a\"\n  \
         authorization_type = \"CUSTOM\"\n  authorizer_id = aws_apigatewayv2_authorizer.z.id\n}\n",
    ),
    (
        "infra/authorizer.tf",
        "resource \"aws_apigatewayv2_authorizer\" \"z\" {\n  api_id = aws_apigatewayv2_api.a.id\n  name = \"z\"\n  \
         authorizer_type = \"REQUEST\"\n  identity_sources = [\"$request.header.Authorization\"]\n  \
         authorizer_payload_format_version = \"2.0\"\n}\n",
    ),
];

fn project(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn run(folder: &Path, typed: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_authorizer-lint"))
        .current_dir(folder)
        .args(typed.split_whitespace())
        .env_remove("AUTHORIZER_LINT_CONFIG")
        .output()
        .unwrap()
}

fn init(folder: &Path) -> String {
    let output = run(folder, "init");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stdout.is_empty());
    fs::read_to_string(folder.join("authorizer-lint.toml")).unwrap()
}

/// The values of a list of the configuration.
fn listed(text: &str, key: &str) -> Vec<String> {
    let mut sources = Sources::default();
    let source = sources.add("authorizer-lint.toml", text);
    let config = config::parse(&sources, source).unwrap();
    let list = if key == "routes" { config.routes } else { config.policies };
    list.into_iter().map(|item| item.value).collect()
}

#[test]
fn what_it_writes_works_as_it_is() {
    let folder = project(&[
        ("routes.txt", ROUTES),
        ("responses/echo.json", ECHO),
        ("responses/any.json", ANY),
        ("package.json", "{\"name\": \"left-pad\"}"),
        ("broken/template.yaml", "AWSTemplateFormatVersion: [\n"),
        ("open.yaml", "openapi: 3.0.1\npaths:\n  /open:\n    get: {}\n"),
    ]);
    let text = init(folder.path());
    assert_eq!(listed(&text, "routes"), ["routes.txt"]);
    assert_eq!(listed(&text, "policies"), ["responses/*.json"]);
    assert!(text.contains("# [authorizers.\"default\"]  # token, cached for 300 s (API Gateway's default)"), "{text}");
    let check = run(folder.path(), "check --format concise");
    let found = String::from_utf8(check.stdout).unwrap();
    assert_eq!(check.status.code(), Some(1), "{found}");
    assert!(found.starts_with("responses/echo.json:9:11: error[method-arn-echo]"), "{found}");
    assert_eq!(found.lines().count(), 1, "{found}");
}

#[test]
fn definitions_of_every_kind_are_named_as_they_lie() {
    let mut files = vec![("api/template.yaml", SAM), ("api/[v1] saved.json", ECHO), ("echo.json", ECHO)];
    files.extend(TERRAFORM);
    let folder = project(&files);
    let text = init(folder.path());
    assert_eq!(listed(&text, "routes"), ["api/template.yaml", "infra/*.tf"]);
    assert_eq!(listed(&text, "policies"), ["api/*.json", "echo.json"]);
    assert!(text.contains("# [authorizers.\"Users \\\"and\\\" more\"]"), "{text}");
    let check = run(folder.path(), "check --format json");
    assert_ne!(check.status.code(), Some(2), "{}", String::from_utf8_lossy(&check.stdout));
}

#[test]
fn every_setting_that_it_offers_can_be_taken_in() {
    let folder = project(&[("api/template.yaml", SAM)]);
    let text = init(folder.path());
    let is_setting =
        |line: &str| line.starts_with('[') || line.split_once(" = ").is_some_and(|(key, _)| !key.contains(' '));
    let taken: Vec<&str> =
        text.lines().map(|line| line.strip_prefix("# ").filter(|rest| is_setting(rest)).unwrap_or(line)).collect();
    let taken = taken.join("\n");
    assert!(taken.contains("\n[[ignore]]\n") && taken.contains("\nfail-on = "), "{taken}");
    let mut sources = Sources::default();
    let source = sources.add("authorizer-lint.toml", &*taken);
    let config = config::parse(&sources, source).unwrap();
    assert_eq!((config.ignores.len(), config.expected_denials.len(), config.authorizers.len()), (1, 1, 1));
    assert!(config.baseline.is_some() && config.pedantic.is_some() && config.deployment.stage.is_some());
}

#[test]
fn nothing_is_overwritten() {
    let folder = project(&[("authorizer-lint.toml", "# mine\n"), ("routes.txt", ROUTES)]);
    let output = run(folder.path(), "init");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("it was left as it is"));
    assert_eq!(fs::read_to_string(folder.path().join("authorizer-lint.toml")).unwrap(), "# mine\n");
}

#[test]
fn a_folder_without_anything_gets_a_form_to_fill_in() {
    let folder = project(&[]);
    let text = init(folder.path());
    assert_eq!((listed(&text, "routes").len(), listed(&text, "policies").len()), (0, 0));
    assert_eq!(run(folder.path(), "check").status.code(), Some(2));
}

#[test]
fn what_stands_beside_a_broken_file_is_left_out_and_the_rest_is_named() {
    let mut files = vec![("other/broken.tf", "resource \"x\" {"), ("other/authorizer.tf", TERRAFORM[1].1)];
    files.extend(TERRAFORM);
    let folder = project(&files);
    let output = run(folder.path(), "init");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("`other/broken.tf` can't be read"), "{said}");
    let text = fs::read_to_string(folder.path().join("authorizer-lint.toml")).unwrap();
    assert_eq!(listed(&text, "routes"), ["infra/*.tf"]);
    assert!(text.contains("terraform: 1 route"), "{text}");
    assert_eq!(run(folder.path(), "check --allow-no-inputs").status.code(), Some(0));
}

#[test]
fn authorizers_of_one_name_are_offered_once() {
    let folder = project(&[
        ("a.yaml", SAM),
        ("b.yaml", &SAM.replace("FunctionArn", "Identity: {ReauthorizeEvery: 0}, FunctionArn")),
    ]);
    let text = init(folder.path());
    assert_eq!(text.matches("# [authorizers.").count(), 1, "{text}");
}

#[test]
fn a_byte_order_mark_is_nothing_to_yaml() {
    let folder = project(&[("template.yaml", &format!("\u{feff}{SAM}")), ("any.json", ANY)]);
    init(folder.path());
    let check = run(folder.path(), "check --format concise");
    assert!(!String::from_utf8(check.stdout).unwrap().contains("recovered-syntax"));
}
