//! Do the pages keep their word in a project? Every command of ours in `docs/ci.md` and in the README's way into a project is run there, so is the script
//! of `action.yml`, and no block is of a kind that nothing looks at.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may panic, and reads its own repository")]

use std::fs;
use std::path::Path;
use std::process::Command;

/// The blocks of a page: their kind, and what stands in them.
fn blocks(page: &str) -> Vec<(String, String)> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap();
    let mut blocks: Vec<(String, String)> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        match line.strip_prefix("```") {
            Some(kind) => {
                open = !open;
                if open {
                    blocks.push((kind.to_owned(), String::new()));
                }
            }
            None if open => {
                let (_, block) = blocks.last_mut().unwrap();
                block.push_str(line);
                block.push('\n');
            }
            None => {}
        }
    }
    assert!(!open, "{page}: a block has no end");
    blocks
}

/// The command lines in a block that run the linter.
fn commands(block: &str) -> Vec<String> {
    let lines = block.lines().map(|line| line.trim().trim_start_matches("- ").trim_start_matches("run: "));
    let lines = lines.map(|line| line.trim_start_matches("sh '").trim_end_matches('\''));
    lines.filter_map(|line| line.strip_prefix("authorizer-lint ")).map(str::to_owned).collect()
}

/// Runs a command in a project with one response that is an echo, and one that isn't.
fn run(folder: &Path, typed: &str) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_authorizer-lint"))
        .current_dir(folder)
        .args(typed.split_whitespace())
        .env_remove("AUTHORIZER_LINT_CONFIG")
        .env_remove("GITHUB_WORKSPACE")
        .env_remove("CI_PROJECT_DIR")
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let quickstart = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/quickstart");
    fs::create_dir(folder.path().join("responses")).unwrap();
    fs::copy(quickstart.join("routes.txt"), folder.path().join("routes.txt")).unwrap();
    fs::copy(quickstart.join("policy.json"), folder.path().join("responses/reader.json")).unwrap();
    folder
}

#[test]
fn every_command_of_the_page_on_ci_does_what_it_is_there_for() {
    let folder = project();
    assert_eq!(run(folder.path(), "init").0, Some(0));
    let mut ran = 0;
    for typed in blocks("docs/ci.md").iter().flat_map(|(_, block)| commands(block)) {
        let (code, said) = run(folder.path(), &typed);
        let expected = i32::from(!typed.contains("--baseline"));
        assert_eq!(code, Some(expected), "{typed}: {said}");
        for file in typed.split_whitespace().filter_map(|word| word.split_once('=')).map(|(_, file)| file) {
            assert!(folder.path().join(file).metadata().unwrap().len() > 0, "{typed}: {file}");
        }
        ran += 1;
    }
    assert_eq!(ran, 6);
}

#[test]
fn the_way_into_a_project_works() {
    let folder = project();
    let readme = blocks("README.md");
    let (_, way) = readme.iter().find(|(_, block)| block.contains("authorizer-lint init")).unwrap();
    let codes: Vec<Option<i32>> = commands(way).iter().map(|typed| run(folder.path(), typed).0).collect();
    assert_eq!(codes, [Some(0), Some(0), Some(1)]);
}

/// The one script of `action.yml`, run as GitHub runs it, with the linter that is installed.
#[cfg(unix)]
fn act(folder: &Path, arguments: &str) -> (Option<i32>, String) {
    let action = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("action.yml")).unwrap();
    let (_, script) = action.split_once("      run: |\n").unwrap();
    let linter = Path::new(env!("CARGO_BIN_EXE_authorizer-lint")).parent().unwrap();
    let output = Command::new("bash")
        .args(["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script])
        .current_dir(folder)
        .env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", linter.display()))
        .env("VERSION", "installed")
        .env("ARGS", arguments)
        .env_remove("AUTHORIZER_LINT_CONFIG")
        .env_remove("GITHUB_WORKSPACE")
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
#[cfg(unix)]
fn the_action_passes_every_argument_on_whatever_lines_they_stand() {
    let folder = project();
    assert_eq!(run(folder.path(), "init").0, Some(0));
    let (code, said) = act(folder.path(), "--format github");
    assert_eq!(code, Some(1), "{said}");
    assert!(said.starts_with("::error file=responses/reader.json,"), "{said}");
    for arguments in ["--format sarif=a.sarif\n--fail-on never\n", "\n--fail-on never\n\n  --format\tsarif=a.sarif"] {
        let (code, said) = act(folder.path(), arguments);
        assert_eq!(code, Some(0), "{arguments}: {said}");
        fs::remove_file(folder.path().join("a.sarif")).unwrap();
    }
    assert_eq!(act(folder.path(), "").0, Some(1));
    assert_eq!(act(folder.path(), "--format xyz").0, Some(2));
    // Words stay words: no command in them is run.
    assert_eq!(act(folder.path(), "--fail-on never $(touch ran) ; touch ran").0, Some(2));
    assert!(!folder.path().join("ran").exists());
}

#[test]
fn the_comment_that_the_page_on_configuration_shows_is_heeded() {
    let page = blocks("docs/configuration.md");
    let yaml: Vec<&str> = page.iter().filter(|(kind, _)| kind == "yaml").map(|(_, block)| block.trim_end()).collect();
    let [line] = yaml[..] else { unreachable!("one line of YAML, but {yaml:?}") };
    let (setting, _) = line.split_once("  # ").unwrap();
    let folder = project();
    let check = |setting: &str| {
        let template = TEMPLATE.replace("SETTING", setting);
        fs::write(folder.path().join("template.yaml"), template).unwrap();
        run(folder.path(), "check responses/reader.json --routes template.yaml --format concise=said --fail-on note");
        fs::read_to_string(folder.path().join("said")).unwrap()
    };
    assert!(check(setting).contains("[caching-disabled]"));
    let heeded = check(line);
    assert!(!heeded.contains("[caching-disabled]") && !heeded.contains("[unused-ignore]"), "{heeded}");
}

/// One route, one authorizer, and a place for a setting of it.
const TEMPLATE: &str = r"Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: api}}
  Users: {Type: AWS::ApiGateway::Resource, Properties: {RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: users}}
  Guard:
    Type: AWS::ApiGateway::Authorizer
    Properties:
      RestApiId: !Ref Api
      Name: guard
      Type: TOKEN
      IdentitySource: method.request.header.Authorization
      AuthorizerUri: arn:aws:apigateway:us-1:lambda:path/2015-03-31/functions/f/invocations
      SETTING
  Get:
    Type: AWS::ApiGateway::Method
    Properties: {RestApiId: !Ref Api, ResourceId: !Ref Users, HttpMethod: GET, AuthorizationType: CUSTOM, AuthorizerId: !Ref Guard}
";

#[test]
fn no_block_is_of_a_kind_that_nothing_looks_at() {
    // Consoles are replayed by tests/cli.rs, TOML is read by src/config/tests.rs, YAML of docs/ci.md and the README is held to schemas and tried by .ci/run,
    // which also runs docs/capture.md. The script of docs/confirm.md is run by tests/confirm.rs; docs/rules.md is made by tests/registry.rs.
    let looked_at = [
        ("README.md", &["sh", "console", "yaml"][..]),
        ("docs/architecture.md", &[]),
        ("docs/capture.md", &["console", "sh", "python", "js"]),
        ("docs/ci.md", &["sh", "yaml", "groovy"]),
        ("docs/configuration.md", &["toml", "yaml"]),
        ("docs/confirm.md", &["sh"]),
        ("docs/limits.md", &[]),
        ("docs/performance.md", &[]),
        ("docs/rules.md", &["text", "json", "yaml", "toml", "hcl"]),
        // Hours of `cargo mutants`, to be started by hand.
        ("docs/testing.md", &["sh"]),
    ];
    let docs = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")).unwrap();
    let mut pages: Vec<String> = docs.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    pages.retain(|name| Path::new(name).extension().is_some_and(|extension| extension == "md"));
    pages.sort();
    let listed: Vec<&str> = looked_at.iter().filter_map(|(page, _)| page.strip_prefix("docs/")).collect();
    assert_eq!(pages, listed);
    for (page, kinds) in looked_at {
        for (kind, block) in blocks(page) {
            assert!(kinds.contains(&kind.as_str()), "{page}: {kind}: {block}");
        }
    }
    let shell: Vec<String> =
        blocks("README.md").into_iter().filter(|(kind, _)| kind == "sh").map(|(_, block)| block).collect();
    for block in shell {
        let known =
            |line: &str| line.starts_with("authorizer-lint ") || line.starts_with("cargo ") || line.starts_with("pip ");
        assert!(block.lines().all(known), "{block}");
    }
}
