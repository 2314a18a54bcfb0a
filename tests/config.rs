//! Does a team's word count? The configuration, ignores, expected denials and the baseline, end to end.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and looks at its own folders"
)]

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

const ROUTES: &str = "GET /notes\nPOST /notes\nGET /notes/{id}\nDELETE /notes/{id}\n";

/// A caller who may only read: `DELETE` and `POST` are left to the implicit deny.
const READER: &str = r#"{"principalId": "reader", "policyDocument": {"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "arn:aws:execute-api:eu-west-1:481203957716:q7h2kx9d3m/prod/GET/*"}
]}}"#;
const ALL: &str = r#"{"principalId": "all", "policyDocument": {"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "*"}
]}}"#;

/// An API whose authorizer never caches, with a comment that may stand there.
const TEMPLATE: &str = r#"openapi: 3.0.1
info: {title: notes, version: "1"}
paths:
  /notes:
    get:
      security: [{token: []}]
components:
  securitySchemes:
    token:
      type: apiKey
      name: Authorization
      in: header
      x-amazon-apigateway-authtype: custom
      x-amazon-apigateway-authorizer:
        type: token
        authorizerResultTtlInSeconds: 4000REMARK
"#;

struct Project {
    folder: TempDir,
}

struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Project {
    /// A repository with routes, two policies, and a configuration that names them, followed by `more`.
    fn new(more: &str) -> Self {
        let project = Self { folder: tempfile::tempdir().unwrap() };
        project.write(".git/HEAD", "");
        project.write("routes.txt", ROUTES);
        project.write("policies/reader.json", READER);
        project.write("policies/all.json", ALL);
        project.configure(more);
        project
    }

    fn configure(&self, more: &str) {
        self.write(
            "authorizer-lint.toml",
            &format!("routes = [\"routes.txt\"]\npolicies = [\"policies/*.json\"]\n{more}"),
        );
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn run_in(&self, folder: &str, typed: &str) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_authorizer-lint"));
        command.current_dir(self.folder.path().join(folder)).args(typed.split_whitespace());
        for (name, _) in env::vars_os() {
            let name = name.to_string_lossy();
            let is_ours = name.starts_with("GITHUB_") || name.starts_with("AUTHORIZER_LINT");
            if is_ours || ["CI", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM"].contains(&name.as_ref()) {
                command.env_remove(name.as_ref());
            }
        }
        let output = command.output().unwrap();
        Run {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    fn run(&self, typed: &str) -> Run {
        self.run_in("", typed)
    }

    /// `rule file:line` of each finding.
    fn found(&self, typed: &str) -> Vec<String> {
        found(&self.run(&format!("check {typed} --format json")))
    }
}

fn report(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).expect(&run.stderr)
}

fn found(run: &Run) -> Vec<String> {
    let report = report(run);
    let said = |finding: &Value| {
        let place = &finding["location"];
        format!("{} {}:{}", finding["rule"].as_str().unwrap(), place["file"].as_str().unwrap(), place["line"])
    };
    report["findings"].as_array().unwrap().iter().map(said).collect()
}

#[test]
fn a_reader_is_a_warning_and_clean_when_a_reason_is_given() {
    let project = Project::new("");
    assert_eq!(project.found(""), ["uncovered-routes policies/reader.json:2"]);
    assert_eq!(project.run("check").code, Some(1));
    project.configure(
        "[[expected-denials]]\npolicies = [\"policies/reader*.json\"]\nroutes = [\"POST /notes\", \"DELETE /{proxy+}\"]\n\
         reason = \"readers only read\"\n",
    );
    let run = project.run("check");
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{}", run.stdout);
    assert_eq!(project.found(""), [""; 0]);
    // Those of others count for nothing.
    project.configure(
        "[[expected-denials]]\npolicies = [\"policies/all.json\"]\nroutes = [\"ANY /{proxy+}\"]\nreason = \"x\"\n",
    );
    assert_eq!(
        project.found(""),
        ["unused-expected-denial authorizer-lint.toml:5", "uncovered-routes policies/reader.json:2"]
    );
}

#[test]
fn the_configuration_is_found_above_and_paths_start_from_it() {
    let project = Project::new("");
    fs::create_dir_all(project.folder.path().join("deep/down")).unwrap();
    let run = project.run_in("deep/down", "check --format json");
    assert_eq!(found(&run), ["uncovered-routes ../../policies/reader.json:2"]);
    let fingerprint = |run: &Run| report(run)["findings"][0]["fingerprint"].clone();
    assert_eq!(fingerprint(&run), fingerprint(&project.run("check --format json")));
    // Beyond the repository nothing is looked for.
    fs::create_dir_all(project.folder.path().join("deep/.git")).unwrap();
    assert_eq!(project.run_in("deep", "check").code, Some(2));
    assert_eq!(project.run("check --no-config").code, Some(2));
    let named = project.run_in("deep", "check -c ../authorizer-lint.toml");
    assert_eq!(named.code, Some(1));
}

#[test]
fn the_command_line_beats_the_configuration() {
    let project = Project::new(
        "fail-on = \"never\"\n[deployment]\nstage = \"prod\"\n[rules]\nunstated-ttl = \"off\"\nmalformed-arn = \"note\"\n",
    );
    assert_eq!(project.run("check").code, Some(0));
    assert_eq!(project.run("check --fail-on warning").code, Some(1));
    assert_eq!(project.found("policies/all.json"), [""; 0]);
    let settings = project.run("check --show-settings --stage dev --ttl 60").stdout;
    let row = |name: &str| {
        let line = settings.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{name}: {settings}"));
        line.split_whitespace().skip(1).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(row("deployment.stage"), "dev --stage");
    assert_eq!(row("fail-on"), "never authorizer-lint.toml:3");
    assert_eq!(row("policies"), "policies/*.json authorizer-lint.toml:2");
    assert_eq!(row("ttl"), "60 --ttl");
    assert_eq!(row("pedantic"), "false default");
    assert_eq!(row("rules.unstated-ttl"), "off authorizer-lint.toml:7");
    assert_eq!(row("rules.malformed-arn"), "note authorizer-lint.toml:8");
}

#[test]
fn levels_turn_rules_off_and_up() {
    let project = Project::new("[rules]\nuncovered-routes = \"error\"\n");
    let severity = |project: &Project| report(&project.run("check --format json"))["findings"][0]["severity"].clone();
    assert_eq!(severity(&project), "error");
    project.configure("[rules]\nuncovered-routes = \"note\"\n");
    assert_eq!(severity(&project), "note");
    assert_eq!(project.run("check").code, Some(0));
    // Off unless it is asked for.
    project.write(
        "policies/reader.json",
        &READER.replace("\"Resource\": ", "\"Resource\": [\"*\", ").replace("GET/*\"", "GET/*\"]"),
    );
    assert_eq!(project.found(""), [""; 0]);
    project.configure("[rules]\nuncovered-routes = \"off\"\nredundant-resource = \"warning\"\n");
    assert_eq!(project.found(""), ["redundant-resource policies/reader.json:2"]);
    assert_eq!(project.run("check").code, Some(1));
}

#[test]
fn what_the_configuration_says_of_an_authorizer_replaces_the_definition() {
    let project = Project::new("[authorizers.readers]\nttl = 0\n");
    project.write("routes.txt", "@authorizer readers ttl=300\n@authorizer others\nGET /a readers\nPOST /a readers\nGET /b others\nPOST /b others\n");
    let ttl = |run: &Run| report(run)["apis"][0]["authorizers"][0]["ttl"].clone();
    assert_eq!(ttl(&project.run("routes --format json")), 0);
    assert_eq!(ttl(&project.run("routes --format json --ttl 5")), 5);
    let authorizers = |run: &Run| {
        let report = report(run);
        let policies = report["policies"].as_array().unwrap().clone();
        policies.iter().map(|policy| policy["authorizer"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    project.configure("[authorizers.readers]\npolicies = [\"policies/reader.json\"]\n");
    assert_eq!(authorizers(&project.run("coverage --format json policies/reader.json")), ["readers"]);
    project.configure("[authorizers.reader]\nttl = 0\n");
    let run = project.run("check");
    assert_eq!(run.code, Some(2));
    assert!(
        run.stderr.contains("authorizer-lint.toml:3:14: no authorizer is called `reader`; did you mean `readers`?"),
        "{}",
        run.stderr
    );
}

#[test]
fn an_expected_denial_that_describes_nothing_says_why_and_only_where_all_is_at_hand() {
    let denial =
        |policies: &str| format!("[[expected-denials]]\n{policies}routes = [\"GET /notes\"]\nreason = \"x\"\n");
    let message = |project: &Project, typed: &str| {
        let findings = report(&project.run(&format!("check {typed} --format json")))["findings"].clone();
        let mut unused = findings.as_array().unwrap().clone();
        unused.retain(|finding| finding["rule"] == "unused-expected-denial");
        unused.first().map(|finding| finding["message"].as_str().unwrap().to_owned())
    };
    let project = Project::new(&denial(""));
    assert_eq!(message(&project, "").as_deref(), Some("no policy refuses a request of `GET /notes`"));
    assert_eq!(message(&project, "policies/all.json"), None, "another policy may refuse it");
    project.configure(&denial("policies = [\"nowhere/*.json\"]\n"));
    assert_eq!(
        message(&project, "").as_deref(),
        Some("the expected denial of `GET /notes` speaks of no policy that was read")
    );
    project.configure(&denial("policies = [\"policies/all.json\"]\n"));
    assert_eq!(message(&project, "").as_deref(), Some("no policy refuses a request of `GET /notes`"));
    assert_eq!(message(&project, "--no-routes"), None, "nothing was held against a route");
}

#[test]
fn a_file_of_responses_has_one_authorizer() {
    let project = Project::new(
        "[authorizers.one]\npolicies = [\"policies\"]\n[authorizers.two]\npolicies = [\"policies/r*.json\"]\n",
    );
    project.write("routes.txt", "@authorizer one\n@authorizer two\nGET /a one\nPOST /a two\n");
    let run = project.run("check");
    assert_eq!(run.code, Some(2));
    let said = "authorizer-lint.toml:5:14: `policies/reader.json` is a response of `one`, and of `two` as well";
    assert!(run.stderr.contains(said), "{}", run.stderr);
}

#[test]
fn what_cannot_be_read_is_named_even_where_the_rule_is_off() {
    let project = Project::new("[rules]\ninvalid-input = \"off\"\n");
    project.write("policies/broken.json", "{\"policyDocument\": ");
    let run = project.run("check");
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("policies/broken.json:1:"), "{}", run.stderr);
    project.configure("[[ignore]]\nrule = \"invalid-input\"\nreason = \"x\"\n");
    let run = project.run("check");
    assert!(run.code == Some(2) && run.stderr.contains("policies/broken.json:1:"), "{}", run.stderr);
    project.configure("");
    assert_eq!(project.run("check").stderr, "", "it is a finding");
}

#[test]
fn ignores_need_every_condition_to_be_met() {
    let route = |route: &str| format!("route = \"{route}\"\n");
    for (conditions, hides) in [
        (String::new(), true),
        ("file = \"policies\"\n".to_owned(), true),
        ("file = \"policies/all.json\"\n".to_owned(), false),
        ("pointer = \"/policyDocument/Statement/0\"\n".to_owned(), true),
        ("pointer = \"/policyDocument/Statement/1\"\n".to_owned(), false),
        ("pointer = \"/policyDocument/State\"\n".to_owned(), false),
        (route("ANY /{proxy+}"), true),
        (route("POST /notes"), false),
        ("until = 2999-01-01\n".to_owned(), true),
    ] {
        let project =
            Project::new(&format!("[[ignore]]\nrule = \"uncovered-routes\"\nreason = \"known\"\n{conditions}"));
        let found = project.found("");
        let expected: &[&str] = if hides {
            &[]
        } else {
            &["unused-ignore authorizer-lint.toml:3", "uncovered-routes policies/reader.json:2"]
        };
        assert_eq!(found, expected, "{conditions}");
        assert_eq!(project.found("--no-ignores"), ["uncovered-routes policies/reader.json:2"]);
        let run = project.run("check");
        assert_eq!(run.code, Some(i32::from(!hides)));
        assert_eq!(run.stdout.contains("1 ignored finding"), hides, "{}", run.stdout);
    }
}

#[test]
fn a_comment_in_a_definition_hides_what_is_on_its_line() {
    let project = Project::new("");
    let routes = |remark: &str| {
        project.write("api.yaml", &TEMPLATE.replace("REMARK", remark));
        project.found("policies/all.json -r api.yaml")
    };
    assert_eq!(routes(""), ["invalid-ttl api.yaml:16"]);
    assert_eq!(routes(" # authorizer-lint: ignore[invalid-ttl] a test of the importer"), [""; 0]);
    assert_eq!(project.found("policies/all.json -r api.yaml --no-ignores"), ["invalid-ttl api.yaml:16"]);
    assert_eq!(
        routes(" # authorizer-lint: ignore[invalid-ttl]"),
        ["invalid-ttl api.yaml:16", "unused-ignore api.yaml:16"]
    );
    assert_eq!(
        routes(" # authorizer-lint: ignore[incomplete-arn] why not"),
        ["invalid-ttl api.yaml:16", "unused-ignore api.yaml:16"]
    );
}

#[test]
fn a_baseline_survives_moved_lines_and_tells_what_is_fixed() {
    let project = Project::new("");
    let missing = project.run("check --baseline known.json");
    assert_eq!(missing.code, Some(2));
    assert!(missing.stderr.contains("`--write-baseline` writes it"), "{}", missing.stderr);
    assert_eq!(project.run("check --write-baseline").code, Some(2));
    let written = project.run("check --baseline known.json --write-baseline");
    assert_eq!((written.code, written.stdout.as_str()), (Some(0), ""), "{}", written.stderr);
    let known = project.run("check --baseline known.json");
    assert_eq!(known.code, Some(0));
    assert!(known.stdout.contains("1 known finding"), "{}", known.stdout);
    project.write("policies/reader.json", &format!("\n\n\n{}", READER.replace("\"Action\"", "\n  \"Action\"")));
    assert_eq!(project.found("--baseline known.json"), [""; 0]);
    project.write("policies/reader.json", ALL);
    assert_eq!(project.found("--baseline known.json"), ["removable-baseline-entry known.json:4"]);
    // A run that looks at another file knows nothing of it.
    assert_eq!(project.found("policies/all.json --baseline known.json"), [""; 0]);
    project.configure("baseline = \"known.json\"\n");
    assert_eq!(project.found(""), ["removable-baseline-entry known.json:4"]);
    assert_eq!(project.run("check --write-baseline").code, Some(0));
    assert_eq!(project.found(""), [""; 0]);
    for (text, message) in
        [("{", "no JSON here"), ("{}", "no baseline"), ("{\"schema_version\": 2}", "another release")]
    {
        project.write("known.json", text);
        let run = project.run("check");
        assert_eq!(run.code, Some(2));
        assert!(run.stderr.contains(message) && run.stderr.contains("known.json:1:"), "{}", run.stderr);
    }
}

#[test]
fn a_mistake_in_the_configuration_is_shown_where_it_is() {
    let project = Project::new("polices = []\n");
    let run = project.run("check");
    assert_eq!(run.code, Some(2));
    assert_eq!(run.stdout, "");
    for part in ["there is no key `polices`; did you mean `policies`?", "authorizer-lint.toml:3:1", "^^^^^^^"] {
        assert!(run.stderr.contains(part), "{}", run.stderr);
    }
    project.configure("resource-policy = \"nowhere.json\"\n");
    let run = project.run("check --format json");
    assert_eq!(found(&run)[0], "invalid-input authorizer-lint.toml:3");
    assert_eq!(run.code, Some(2));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert!(root.join("schemas/config.schema.json").exists());
}

#[test]
fn a_pattern_means_its_files_however_they_are_named() {
    let project = Project::new("");
    project.write("routes.txt", "@authorizer one\n@authorizer two\nGET /a one\nPOST /a one\nGET /b two\n");
    project.write("deep/here/authorizer-lint.toml", "");
    let top = project.folder.path().canonicalize().unwrap();
    let absolute = format!("{}/policies", top.display());
    for (folder, pattern) in [
        ("", "policies"),
        ("", ".//policies/reader.json"),
        ("", "deep/../policies/*.json"),
        ("", &*absolute),
        ("deep/here", "../../policies"),
        ("deep/here", "../../policies/r*.json"),
    ] {
        let up = if folder.is_empty() { "" } else { "../../" };
        let config = Path::new(folder).join("authorizer-lint.toml");
        let config = config.to_str().unwrap();
        project
            .write(config, &format!("routes = [\"{up}routes.txt\"]\n[authorizers.two]\npolicies = [\"{pattern}\"]\n"));
        let run = project.run(&format!("coverage --format json -c {config}"));
        let policies = report(&run)["policies"].as_array().unwrap().clone();
        assert!(!policies.is_empty(), "{pattern}");
        for policy in policies {
            assert_eq!(policy["authorizer"], "two", "{pattern}");
        }
        project.write(
            config,
            &format!(
                "routes = [\"{up}routes.txt\"]\npolicies = [\"{up}policies/reader.json\"]\n[authorizers.two]\n\
                 policies = []\n[[ignore]]\nrule = \"uncovered-routes\"\nfile = \"{pattern}\"\nreason = \"x\"\n"
            ),
        );
        let found = project.found(&format!("-c {config} --authorizer one"));
        assert_eq!(found, [""; 0], "{pattern}");
    }
}

#[test]
#[cfg(unix)]
fn a_pattern_through_a_link_means_the_files_behind_it() {
    let project = Project::new(
        "[[ignore]]\nrule = \"uncovered-routes\"\nfile = \"linked\"\nreason = \"x\"\n\
         [[expected-denials]]\npolicies = [\"policies/single.json\"]\nroutes = [\"ANY /{proxy+}\"]\nreason = \"x\"\n",
    );
    std::os::unix::fs::symlink("policies", project.folder.path().join("linked")).unwrap();
    project.write("elsewhere/reader.json", READER);
    std::os::unix::fs::symlink("../elsewhere/reader.json", project.folder.path().join("policies/single.json")).unwrap();
    assert_eq!(project.found(""), [""; 0]);
}

#[test]
fn fingerprints_of_files_outside_the_folder_are_the_same_from_everywhere() {
    let project = Project::new("");
    project.write("conf/x.toml", "routes = [\"../routes.txt\"]\npolicies = [\"../policies/*.json\"]\n");
    fs::create_dir_all(project.folder.path().join("deep")).unwrap();
    let fingerprint = |run: &Run| report(run)["findings"][0]["fingerprint"].as_str().unwrap().to_owned();
    let above = fingerprint(&project.run("check -c conf/x.toml --format json"));
    assert_eq!(above, fingerprint(&project.run_in("deep", "check -c ../conf/x.toml --format json")));
    let absolute = project.folder.path().join("conf/x.toml");
    assert_eq!(above, fingerprint(&project.run(&format!("check -c {} --format json", absolute.display()))));
}

#[test]
fn a_baseline_takes_the_place_of_none_but_a_baseline() {
    let project = Project::new("");
    let text = |name: &str| fs::read_to_string(project.folder.path().join(name)).unwrap();
    for name in ["policies/reader.json", "routes.txt", "authorizer-lint.toml"] {
        let before = text(name);
        let run = project.run(&format!("check --write-baseline --baseline {name}"));
        assert_eq!(run.code, Some(2), "{name}");
        assert!(run.stderr.contains("is there already and is no baseline"), "{}", run.stderr);
        assert_eq!(text(name), before);
    }
    assert_eq!(project.run("check --write-baseline --baseline -").code, Some(2));
    for before in ["", "{\"schema_version\": 2}", "{\"schema_version\": 1, \"findings\": []}"] {
        project.write("known.json", before);
        assert_eq!(project.run("check --write-baseline --baseline known.json").code, Some(0), "{before}");
        assert!(text("known.json").contains("uncovered-routes"));
    }
    // A baseline without a list is none, and not an empty one.
    project.write("known.json", "{\"schema_version\": 1, \"findings\": {}}");
    assert_eq!(project.run("check --baseline known.json").code, Some(2));
}

#[test]
#[cfg(unix)]
fn standard_output_is_never_replaced() {
    let project = Project::new("");
    let path = project.folder.path().join("log");
    project.write("log", "before\n");
    let log = fs::OpenOptions::new().append(true).open(&path).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_authorizer-lint"));
    command.current_dir(project.folder.path()).args(["check", "--format", "json=/dev/stdout"]).stdout(log);
    assert_eq!(command.status().unwrap().code(), Some(1));
    let log = fs::read_to_string(&path).unwrap();
    assert!(log.starts_with("before\n{") && log.contains("uncovered-routes"), "{log}");
}

#[test]
fn a_configuration_that_is_no_file_is_an_error() {
    let project = Project::new("");
    fs::remove_file(project.folder.path().join("authorizer-lint.toml")).unwrap();
    fs::create_dir(project.folder.path().join("authorizer-lint.toml")).unwrap();
    let run = project.run("check -r routes.txt policies/all.json");
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("`authorizer-lint.toml` can't be read"), "{}", run.stderr);
}

#[test]
fn variables_and_every_setting_of_an_authorizer_have_their_places() {
    let project = Project::new(
        "[variables]\n\"aws:PrincipalTag/a\" = \"x\"\n\"aws:PrincipalTag/b\" = \"y\"\n[authorizers.one]\nttl = 1\n\
         type = \"token\"\nsimple-responses = false\n",
    );
    let settings = project.run("check --show-settings --variable aws:PrincipalTag/b=z").stdout;
    let has = |row: &[&str]| settings.lines().any(|line| line.split_whitespace().eq(row.iter().copied()));
    assert!(has(&["variables.aws:PrincipalTag/a", "x", "authorizer-lint.toml:4"]), "{settings}");
    assert!(has(&["variables.aws:PrincipalTag/b", "z", "--variable"]), "{settings}");
    assert!(has(&["authorizers.one.type", "token", "authorizer-lint.toml:8"]), "{settings}");
    assert!(has(&["authorizers.one.simple-responses", "false", "authorizer-lint.toml:9"]), "{settings}");
}

#[test]
fn a_path_of_the_configuration_that_leads_nowhere_is_shown_where_it_is_named() {
    let project = Project::new("resource-policy = \"nowhere.json\"\n");
    let run = project.run("check");
    assert!(run.stdout.contains("^^^^^^^^^^^^^^ named here"), "{}", run.stdout);
}

/// `glob` panics at such a name if it is asked to leave out hidden files. Systems that forbid the name have no such mistake.
#[test]
#[cfg(target_os = "linux")]
fn names_that_are_not_utf8_stop_nothing() {
    use std::os::unix::ffi::OsStrExt as _;
    let project = Project::new("");
    let name = std::ffi::OsStr::from_bytes(b"\xff.json");
    fs::write(project.folder.path().join("policies").join(name), ALL).unwrap();
    project.write("policies/.hidden.json", READER);
    assert_eq!(project.found(""), ["uncovered-routes policies/reader.json:2"]);
}
