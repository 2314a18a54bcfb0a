//! Does the command line keep its contract? The consoles of `README.md` and of `docs` are replayed; every row of the table of exit codes, every option that
//! says where things come from and go to, is run end to end.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and looks at its own folders"
)]

use std::env;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::process::Stdio;

use serde_json::Value;
use tempfile::TempDir;

/// Of the article: one request allowed.
const ECHO: &str = include_str!("../fixtures/quickstart/policy.json");
/// Its remedy.
const ANY: &str = include_str!("../fixtures/quickstart/any.json");
const ROUTES: &str = include_str!("../fixtures/quickstart/routes.txt");

/// What a run left behind.
struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

/// A directory of its own, and runs in it.
struct Project {
    folder: TempDir,
}

impl Project {
    /// `echo.json` gives an error, `warning.json` a warning, `note.json` a note, `any.json` nothing.
    fn new() -> Self {
        let project = Self { folder: tempfile::tempdir().unwrap() };
        project.write("routes.txt", ROUTES);
        project.write("echo.json", ECHO);
        project.write("any.json", ANY);
        project.write("warning.json", &ANY.replace("\"*\"", "\"*\","));
        project.write("note.json", &ANY.replacen('{', "{ \"context\": { \"team\": null },", 1));
        project.write("broken.json", "{\"policyDocument\": ");
        project.write("foreign.json", "{\"name\": \"left-pad\"}");
        fs::write(project.path("latin1.json"), b"{\"principalId\": \"\xe9\"}").unwrap();
        fs::create_dir(project.path("empty")).unwrap();
        project
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn run(&self, typed: &str) -> Run {
        run(self.folder.path(), typed, "", &[])
    }

    fn check(&self, typed: &str) -> Run {
        self.run(&format!("check {typed} --routes routes.txt"))
    }

    /// The rules that `check` names, in order, as JSON tells them.
    fn rules(&self, typed: &str) -> Vec<String> {
        rules(&self.check(&format!("{typed} --format json")))
    }
}

fn rules(run: &Run) -> Vec<String> {
    let report: Value = serde_json::from_str(&run.stdout).expect(&run.stderr);
    let findings = report["findings"].as_array().unwrap().iter();
    findings.map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect()
}

/// The binary, with nothing of this machine's settings.
fn command(folder: &Path, typed: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_authorizer-lint"));
    command.current_dir(folder).args(words(typed)).stdin(Stdio::null());
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy();
        let is_ours = name.starts_with("GITHUB_") || name.starts_with("AUTHORIZER_LINT");
        if is_ours
            || ["CI", "CI_PROJECT_DIR", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM"].contains(&name.as_ref())
        {
            command.env_remove(name.as_ref());
        }
    }
    command
}

/// What a shell makes of a line: words, and texts in double quotes.
fn words(typed: &str) -> Vec<&str> {
    let pieces = typed.split('"').enumerate();
    let words =
        pieces.flat_map(|(at, piece)| if at % 2 == 0 { piece.split_whitespace().collect() } else { vec![piece] });
    words.collect()
}

fn run(folder: &Path, typed: &str, input: &str, variables: &[(&str, &str)]) -> Run {
    let mut command = command(folder, typed);
    command.envs(variables.iter().copied()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // Not every run reads it.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Run {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_consoles_of_the_pages_end_as_they_are_printed() {
    let pages = ["README.md", "docs/capture.md"].map(|page| fs::read_to_string(root().join(page)).unwrap());
    let consoles: Vec<&str> = pages
        .iter()
        .flat_map(|page| page.split("```console\n").skip(1).map(|rest| rest.split("```").next().unwrap()))
        .collect();
    assert!(consoles.len() > 4, "the pages show how to use it");
    for console in consoles {
        let mut last = None;
        for step in console.split("$ ").skip(1) {
            let (typed, printed) = step.split_once('\n').unwrap();
            if typed == "echo $?" {
                assert_eq!(last, printed.trim_end().parse().ok(), "{console}");
                continue;
            }
            let typed = typed.strip_prefix("cargo run --release -- ").expect("a console runs this program");
            let ran = run(root(), typed, "", &[]);
            assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), (printed, ""), "{typed}");
            last = ran.code;
        }
    }
}

#[test]
fn the_quickstart_shows_the_article_and_its_remedies() {
    let check = |file: &str, more: &str| run(root(), &format!("check fixtures/quickstart/{file}.json {more}"), "", &[]);
    let routes = "--routes fixtures/quickstart/routes.txt";
    let found = check("policy", routes);
    assert_eq!(found.code, Some(1));
    assert_eq!(found.stdout.matches("method-arn-echo").count(), 1);
    for part in [
        "allows 1 of 5 routes",
        "9 |           \"arn:aws:execute-api:us-1:abc:123/prod/GET/v1/users\"\n  |           ^^^^^^^^^^",
        "POST /v1/users (implicit-deny)",
        "GET /v1/users/1 (implicit-deny; route GET /v1/users/{id})",
        "GET /v1/orders (implicit-deny)",
        "POST /v1/orders (implicit-deny)",
        "`method.request.header.Authorization`",
        "300 s (API Gateway's default)",
        "`arn:aws:execute-api:us-1:abc:123/prod/*` would work",
        "only if the decision did not depend on the route",
        "it also grants `POST /v1/users`",
    ] {
        assert!(found.stdout.contains(part), "{part} is not in\n{}", found.stdout);
    }
    for remedy in ["wildcard", "any"] {
        let clean = check(remedy, routes);
        assert_eq!((clean.code, clean.stderr.as_str()), (Some(0), ""), "{}", clean.stdout);
        assert!(clean.stdout.contains("no findings"), "{}", clean.stdout);
    }
    let printed = check("as-printed", &format!("{routes} --format json"));
    assert_eq!((rules(&printed), printed.code), (vec!["method-arn-echo".into(), "recovered-syntax".into()], Some(1)));
}

#[test]
fn every_exit_code_has_its_reason() {
    let project = Project::new();
    project.write("mixed/any.json", ANY);
    project.write("mixed/package.json", "{\"name\": \"left-pad\"}");
    project.write("others/package.json", "{\"name\": \"left-pad\"}");
    project.write("thrown.json", "{\"errorMessage\": \"Unauthorized\"}");
    for (typed, code, said) in [
        // Nothing at or above the threshold.
        ("check any.json -r routes.txt", 0, "no findings"),
        ("check any.json --no-routes", 0, "0 routes"),
        ("check mixed -r routes.txt", 0, "1 skipped file"),
        ("check note.json -r routes.txt", 0, "1 note"),
        ("check note.json -r routes.txt --fail-on warning", 0, "1 note"),
        ("check warning.json -r routes.txt --fail-on error", 0, "1 warning"),
        ("check echo.json -r routes.txt --fail-on never", 0, "1 error"),
        ("check nope/*.json -r routes.txt --allow-no-inputs", 0, "0 policies"),
        ("check empty -r routes.txt --allow-no-inputs", 0, "0 policies"),
        ("check others -r routes.txt --allow-no-inputs", 0, "1 skipped file"),
        ("coverage echo.json -r routes.txt", 0, "F forgotten: "),
        ("coverage nope/*.json -r routes.txt --allow-no-inputs", 0, ""),
        ("routes -r routes.txt", 0, "GET /v1/users/{id}"),
        ("events -r routes.txt", 0, "GET/v1/users/1"),
        ("explain", 0, "method-arn-echo"),
        ("completions bash", 0, "method-arn-echo"),
        ("man", 0, "check"),
        ("explain method-arn-echo", 0, "Why it matters"),
        ("--help", 0, "Usage:"),
        ("check --help", 0, "Exit codes: 0"),
        ("--version", 0, env!("CARGO_PKG_VERSION")),
        // Findings at or above the threshold.
        ("check echo.json -r routes.txt", 1, "1 error"),
        ("check echo.json -r routes.txt --fail-on error", 1, "1 error"),
        ("check warning.json -r routes.txt", 1, "1 warning"),
        ("check note.json -r routes.txt --fail-on note", 1, "1 note"),
        ("check any.json echo.json -r routes.txt", 1, "2 policies"),
        // No policies.
        ("check -r routes.txt", 2, "no policy was found"),
        ("check nope/*.json -r routes.txt", 2, "`nope/*.json` matches no file"),
        ("check any.json nope/*.json -r routes.txt", 2, "`nope/*.json` matches no file"),
        ("check {a,b}.json -r routes.txt", 2, "give each one as an argument of its own"),
        ("check empty -r routes.txt", 2, "`empty` holds no *.json"),
        ("check others -r routes.txt", 2, "no policy was found"),
        ("check thrown.json -r routes.txt", 2, "1 thrown error"),
        ("coverage -r routes.txt", 2, "no policy was found"),
        // No routes.
        ("check any.json", 2, "coverage was not judged"),
        ("check echo.json --fail-on never", 2, "coverage was not judged"),
        ("coverage any.json", 2, "no routes were given"),
        ("routes", 2, "no routes were given"),
        ("events", 2, "no routes were given"),
        // Files that can't be read.
        ("check missing.json -r routes.txt", 2, "`missing.json` doesn't exist"),
        ("check missing.json -r routes.txt --allow-no-inputs", 2, "`missing.json` doesn't exist"),
        ("check latin1.json -r routes.txt", 2, "`latin1.json` is not UTF-8: line 1, column 18"),
        ("check broken.json -r routes.txt --fail-on never", 2, "broken.json:1:"),
        ("check foreign.json -r routes.txt", 2, "no authorizer response"),
        ("check any.json -r missing.txt", 2, "`missing.txt` doesn't exist"),
        ("check any.json -r foreign.json", 2, "no known format of routes"),
        ("check any.json -r routes.txt --resource-policy missing.json", 2, "`missing.json` doesn't exist"),
        ("coverage broken.json -r routes.txt", 2, "broken.json:1:"),
        ("check brken.json -r routes.txt", 2, "`brken.json` doesn't exist; did you mean `broken.json`?"),
        ("routes -r ../no/folder/routes.txt", 2, "`../no/folder/routes.txt` doesn't exist\n"),
        ("routes -r rotes.txt", 2, "did you mean `routes.txt`?"),
        ("completions bsh", 2, "'bash'"),
        ("routes -r missing.txt", 2, "`missing.txt` doesn't exist"),
        ("events -r routes.txt -r missing.txt", 2, "`missing.txt` doesn't exist"),
        // What was typed.
        ("", 2, "Usage:"),
        ("chek any.json", 2, "'check'"),
        ("check any.json --rotes routes.txt", 2, "'--routes'"),
        ("check any.json -r routes.txt --fail-on bad", 2, "possible values: error, warning, note, never"),
        ("check any.json -r routes.txt --ttl 3601", 2, "0..=3600"),
        ("check any.json -r routes.txt --variable x", 2, "expected KEY=VALUE"),
        ("check any.json -r routes.txt --no-routes", 2, "cannot be used with"),
        ("check any.json -r routes.txt -q -v", 2, "cannot be used with"),
        ("check any.json -r routes.txt --format jsn", 2, "did you mean `json`?"),
        ("check any.json -r routes.txt --format xml", 2, "there are text, concise, json"),
        ("check any.json -r routes.txt --ttl -5", 2, "-5 is not in 0..=3600"),
        ("coverage any.json -r routes.txt --format cvs", 2, "did you mean `csv`?"),
        ("check any.json -r routes.txt --routes-format lst", 2, "did you mean `list`?"),
        ("check any.json -r routes.txt --format text --format json", 2, "only one format can go to standard output"),
        ("check any.json -r routes.txt --format json=", 2, "no file after `=`"),
        ("check any.json -r routes.txt --format json=missing/report.json", 2, "cannot write `missing/report.json`"),
        ("check any.json -r routes.txt --authorizer defalt", 2, "did you mean `default`?"),
        ("coverage any.json -r routes.txt --authorizer cognito", 2, "there are `default`"),
        ("routes -r routes.txt --authorizer defalt", 2, "did you mean `default`?"),
        ("events -r routes.txt --format jsnl", 2, "did you mean `jsonl`?"),
        ("explain method_arn_ecko", 2, "did you mean `method-arn-echo`?"),
        ("explain xyz", 2, "`explain` without a name lists them"),
        ("check - -r -", 2, "standard input can be read only once"),
    ] {
        let ran = project.run(typed);
        let all = format!("{}{}", ran.stdout, ran.stderr);
        assert_eq!(ran.code, Some(code), "{typed}\n{all}");
        assert!(all.contains(said), "{typed}: {said} is not in\n{all}");
    }
}

#[test]
fn every_format_ends_alike() {
    let project = Project::new();
    for format in ["text", "concise", "json", "json=report.json"] {
        for (typed, code) in [
            ("any.json", 0),
            ("echo.json", 1),
            ("warning.json --fail-on error", 0),
            ("broken.json", 2),
            ("latin1.json", 2),
        ] {
            let ran = project.check(&format!("{typed} --format {format}"));
            assert_eq!(ran.code, Some(code), "{typed} as {format}: {}", ran.stderr);
        }
    }
    let broken = project.check("broken.json latin1.json --format json");
    assert_eq!(rules(&broken), ["invalid-input", "invalid-input"], "every format can show what could not be read");
    assert!(broken.stderr.contains("could not be read"), "{}", broken.stderr);
}

#[test]
fn what_fails_a_run_is_shown() {
    let project = Project::new();
    for (typed, shown) in [
        ("note.json", 1),
        ("note.json --min-severity warning", 0),
        ("note.json --min-severity error --fail-on note", 1),
        ("warning.json --min-severity error", 1),
        ("warning.json --min-severity error --fail-on error", 0),
        ("warning.json --min-severity error --fail-on never", 0),
        ("echo.json --min-severity error --fail-on never", 1),
    ] {
        assert_eq!(project.rules(typed).len(), shown, "{typed}");
    }
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let project = Project::new();
    for (typed, code) in [
        ("check - -r routes.txt", 1),
        ("check - -r routes.txt --fail-on never", 0),
        ("check - -r routes.txt --format json", 1),
        ("coverage - -r routes.txt", 0),
    ] {
        let mut command = command(project.folder.path(), typed);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // The pipe is closed before the program has anything to say.
        drop(child.stdout.take());
        child.stdin.take().unwrap().write_all(ECHO.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{typed}");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{typed}");
    }
}

#[test]
fn policies_come_from_files_patterns_directories_and_standard_input() {
    let project = Project::new();
    for name in ["logs/a.json", "logs/deep/b.json", "logs/out/ignored.json", "logs/.hidden/c.json", "logs/d.txt"] {
        project.write(name, ECHO);
    }
    project.write("logs/e.jsonl", &format!("{}\n{}\n", ECHO.replace('\n', " "), ANY.replace('\n', " ")));
    project.write("logs/.gitignore", "out\n");
    #[cfg(unix)]
    std::os::unix::fs::symlink(project.path("logs"), project.path("logs/deep/loop")).unwrap();
    let policies = |typed: &str| {
        let ran = project.check(&format!("{typed} --format json"));
        let report: Value = serde_json::from_str(&ran.stdout).unwrap();
        report["summary"]["policies"].as_u64().unwrap()
    };
    assert_eq!(policies("logs"), 4);
    assert_eq!(policies("logs logs/a.json logs/*.json"), 4, "each file is read once");
    assert_eq!(policies("logs/*.json"), 1);
    assert_eq!(policies("logs/**/*.json"), 3, "a pattern is not subject to ignore files");
    assert_eq!(policies("logs/out/ignored.json"), 1, "a file that is named is read");
    let files = project.check("logs --format concise");
    let names: Vec<&str> = files.stdout.lines().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(names, ["logs/a.json", "logs/deep/b.json", "logs/e.jsonl"]);

    let typed = "check - -r routes.txt --format concise";
    let ran = run(project.folder.path(), typed, ECHO, &[]);
    assert!(ran.stdout.starts_with("<stdin>:9:11: error[method-arn-echo] "), "{}", ran.stdout);
    let ran = run(project.folder.path(), "check echo.json -r - --format concise", ROUTES, &[]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
}

#[test]
fn reports_go_where_they_are_sent_and_files_are_whole() {
    let project = Project::new();
    project.write("report.json", &"old ".repeat(10_000));
    let ran = project.check("echo.json --format json=report.json --format concise=out.txt --format text");
    assert!(ran.stdout.starts_with("error[method-arn-echo]"), "{}", ran.stdout);
    let report: Value = serde_json::from_str(&fs::read_to_string(project.path("report.json")).unwrap()).unwrap();
    assert_eq!(report["summary"]["errors"], 1);
    assert!(
        fs::read_to_string(project.path("out.txt")).unwrap().starts_with("echo.json:9:11: error[method-arn-echo] ")
    );

    let ran = project.check("echo.json --format json=out.json");
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (Some(1), "", ""));
    let left = fs::read_dir(project.folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(left.into_iter().all(|name| !name.to_string_lossy().ends_with(".tmp")));

    // Over a link, what it leads to is replaced.
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(project.path("report.json"), project.path("link.json")).unwrap();
        project.check("any.json --format json=link.json");
        assert!(project.path("link.json").is_symlink());
        let report = fs::read_to_string(project.path("report.json")).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&report).unwrap()["summary"]["errors"], 0);
    }
}

#[test]
fn no_report_replaces_another_one_or_what_it_is_about() {
    let project = Project::new();
    project.write("authorizer-lint.toml", "fail-on = \"never\"\n");
    for (typed, refused) in [
        ("check echo.json -r routes.txt --format json=echo.json", "`echo.json` was read"),
        ("check echo.json -r routes.txt --format json=./empty/../echo.json", "was read"),
        ("check echo.json -r routes.txt --format sarif=routes.txt", "`routes.txt` was read"),
        ("check echo.json -r routes.txt --format sarif=authorizer-lint.toml", "`authorizer-lint.toml` was read"),
        ("coverage echo.json -r routes.txt --format csv=echo.json", "`echo.json` was read"),
        ("routes -r routes.txt --format json=routes.txt", "`routes.txt` was read"),
        ("events -r routes.txt --format json=routes.txt", "`routes.txt` was read"),
        ("check echo.json -r routes.txt --format json=one --format sarif=./one", "`./one` holds one report"),
        ("check echo.json -r routes.txt --format text --format json=/dev/stdout", "only one format"),
    ] {
        let ran = project.run(typed);
        assert!(ran.code == Some(2) && ran.stderr.contains(refused), "{typed}: {}", ran.stderr);
        assert_eq!(fs::read_to_string(project.path("echo.json")).unwrap(), ECHO, "{typed}");
        assert_eq!(fs::read_to_string(project.path("routes.txt")).unwrap(), ROUTES, "{typed}");
        assert!(!project.path("one").exists(), "{typed}");
    }
    // What an earlier run has left in a folder of responses is none of them.
    project.write("saved/any.json", ANY);
    for _ in 0..2 {
        let ran =
            project.run("check saved -r routes.txt --format json=saved/report.json --format sarif=saved/report.sarif");
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    }
}

#[test]
fn no_name_of_a_file_is_a_command_of_github() {
    let project = Project::new();
    if cfg!(unix) {
        fs::write(project.path("::error::pwned.json"), ECHO).unwrap();
        let ran = project.check("::error::pwned.json --format concise");
        assert!(ran.stdout.starts_with("./::error::pwned.json:9:11: error"), "{}", ran.stdout);
    }
}

#[test]
fn an_empty_file_is_called_empty_and_no_other_reason_is_sought() {
    let project = Project::new();
    project.write("empty.json", " \n");
    let ran = project.check("empty.json");
    assert!(ran.stdout.contains("expected a JSON value, and there is none"), "{}", ran.stdout);
    assert!(ran.code == Some(2) && !ran.stdout.contains("no policy was found"), "{}", ran.stdout);
}

#[test]
fn colours_follow_the_option_then_the_environment() {
    let project = Project::new();
    for (variables, typed, coloured) in [
        (&[][..], "", false),
        (&[], "--color always", true),
        (&[], "--color never", false),
        (&[("CLICOLOR_FORCE", "1")], "", true),
        (&[("CLICOLOR_FORCE", "0")], "", false),
        (&[("CLICOLOR_FORCE", "1")], "--color never", false),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], "", false),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")], "", true),
        (&[("NO_COLOR", "1")], "--color always", true),
    ] {
        let folder = project.folder.path();
        let typed = format!("check echo.json --routes routes.txt {typed}");
        let ran = run(folder, &typed, "", variables);
        assert_eq!(ran.stdout.contains('\u{1b}'), coloured, "{typed} with {variables:?}");
        let complaint = run(folder, &format!("{typed} --authorizer defalt"), "", variables);
        assert_eq!(complaint.stderr.contains('\u{1b}'), coloured, "{typed} with {variables:?}: {}", complaint.stderr);
        let machine = run(folder, &format!("{typed} --format json"), "", variables);
        assert!(!machine.stdout.contains('\u{1b}'));
    }
}

#[test]
fn quiet_leaves_the_summary_out_and_verbose_leaves_nothing_out() {
    let project = Project::new();
    project.write("routes.txt", &(0..9).fold(ROUTES.to_owned(), |routes, n| format!("{routes}GET /more/{n}\n")));
    let shown = |typed: &str| project.check(typed).stdout;
    assert!(shown("echo.json").contains("and 8 more") && shown("echo.json").contains("1 policy, 14 routes"));
    assert!(!shown("echo.json -q").contains("1 policy, 14 routes"));
    assert!(shown("echo.json -v").contains("GET /more/8 (implicit-deny)"));
    let quiet = project.check("any.json -q");
    assert_eq!((quiet.code, quiet.stdout.as_str(), quiet.stderr.as_str()), (Some(0), "", ""));
    let failed = project.run("check any.json -q");
    assert!(failed.stdout.is_empty() && failed.stderr.contains("coverage was not judged"), "{}", failed.stderr);
}

#[test]
fn verbose_accounts_for_every_input_on_standard_error() {
    let project = Project::new();
    project.write("in/echo.json", ECHO);
    project.write("in/foreign.json", "{\"name\": \"left-pad\"}");
    project.write("in/log.jsonl", &format!("{}\n", ANY.replace('\n', " ")).repeat(3));
    project.write("two.txt", "GET /v1/users default\n@authorizer staff ttl=60\nGET /v1/x staff\n");
    project.write("open.yaml", OPEN_DEFINITION);
    let typed = "check in --routes two.txt --stage prod --format json";
    let told = project.run(&format!("{typed} -v"));
    let expected = "\
read `two.txt` as list: 1 API, 2 routes, 2 authorizers
read `in/echo.json`: 1 response
read `in/log.jsonl`: 3 responses
skipped `in/foreign.json`: neither a response nor a definition of an API
took in/echo.json:1 for the answer of `staff` in `two.txt`, `default` in `two.txt`; stated: stage prod; inferred from the policy: partition \
aws, region us-1, account abc, api 123
took in/log.jsonl:1 and 2 more responses below for the answer of `staff` in `two.txt`, `default` in `two.txt`; stated: stage prod; not named: \
partition, region, account, api
";
    assert_eq!(told.stderr, expected);
    let usual = project.run(typed);
    assert_eq!((usual.stdout, usual.stderr.as_str()), (told.stdout, ""), "the report is the same");
    let told = project.run("routes -v --routes open.yaml").stderr;
    assert!(told.contains("read `open.yaml` as openapi: 1 API, 1 route, 1 authorizer\n"), "{told}");
    assert!(told.contains("not known: open.yaml:"), "{told}");
    let told = project.run("check in/echo.json --no-routes -v").stderr;
    assert!(told.contains("took in/echo.json:1 for nobody's answer: there are no routes\n"), "{told}");
}

/// Its TTL is left to deployment.
const OPEN_DEFINITION: &str = r#"openapi: 3.0.1
paths:
  /x:
    get:
      security: [{gate: []}]
      x-amazon-apigateway-integration: {type: mock}
components:
  securitySchemes:
    gate:
      type: apiKey
      name: Authorization
      in: header
      x-amazon-apigateway-authtype: custom
      x-amazon-apigateway-authorizer: {type: token, authorizerUri: x, authorizerResultTtlInSeconds: "${Ttl}"}
"#;

#[test]
fn settings_replace_what_the_definition_says() {
    let project = Project::new();
    project.write("seven.json", &ECHO.replace("v1/users\"", "v1/users/7\""));
    project.write("tenant.json", &ECHO.replace("GET/v1/users", "*/v1/${aws:PrincipalTag/area}*"));
    project.write("open.json", OPEN);
    project.write(
        "two.txt",
        "@authorizer one ttl=300\n@authorizer two ttl=300\nGET /v1/users one\nGET /v1/x one\nGET /v1/y two\n",
    );
    project.write("socket.txt", "$connect\n");
    let rest = "--identity-source method.request.header.Authorization --identity-source";
    let http =
        "--api http --ttl 300 --identity-source $request.header.Authorization --identity-source $context.routeKey";
    for (typed, expected) in [
        ("echo.json", "error method-arn-echo"),
        ("echo.json --ttl 0", "note caching-disabled"),
        ("echo.json --ttl 1", "error method-arn-echo"),
        (&format!("echo.json {rest} context.path --identity-source context.httpMethod"), ""),
        (&format!("echo.json {rest} method.request.header.X-Tenant"), "error method-arn-echo"),
        ("echo.json --api http", "note unstated-ttl, note method-arn-echo"),
        ("echo.json --api http --ttl 300", "error method-arn-echo"),
        (&format!("echo.json {http}"), ""),
        (&format!("seven.json {http}"), "error method-arn-echo"),
        ("tenant.json", ""),
        ("tenant.json --variable aws:PrincipalTag/area=orders", "warning uncovered-routes"),
        ("tenant.json --variable aws:PrincipalTag/area=", ""),
        ("echo.json --resource-policy open.json", "warning implicit-deny-overruled"),
        ("echo.json --stage prod", "error method-arn-echo"),
        ("echo.json --stage dev", "note unmatched-resource"),
        ("echo.json --account 123456789012", "note unmatched-resource"),
        ("echo.json --region us-1 --account abc --api-id 123 --partition aws", "error method-arn-echo"),
    ] {
        assert_eq!(levels(&project.check(&format!("{typed} --format json"))), expected, "{typed}");
    }
    project.write("connect.json", &ECHO.replace("GET/v1/users", "$connect"));
    let socket = project.run("check connect.json --api websocket --routes socket.txt --format json");
    assert_eq!(levels(&socket), "", "WebSocket caches nothing");
    for (typed, expected) in [
        ("two.txt", "error method-arn-echo"),
        ("two.txt --authorizer one", "error method-arn-echo"),
        ("two.txt --authorizer two", "warning uncovered-routes"),
        ("socket.txt --api websocket", ""),
    ] {
        assert_eq!(
            levels(&project.run(&format!("check echo.json --format json --routes {typed}"))),
            expected,
            "{typed}"
        );
    }
    let uncached = project.check("echo.json --ttl 0");
    assert!(uncached.stdout.contains("there is no coverage to judge"), "{}", uncached.stdout);
}

#[test]
fn a_policy_whose_only_resource_is_misspelt_is_not_clean() {
    let project = Project::new();
    project.write("usres.json", &ECHO.replace("v1/users", "v1/usres"));
    let ran = project.check("usres.json --format json");
    assert_eq!((levels(&ran).as_str(), ran.code), ("error unmatched-resource", Some(1)));
    assert!(ran.stdout.contains("did you mean `v1/users`?"), "{}", ran.stdout);
}

/// A resource policy that allows everything.
const OPEN: &str = r#"{"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*"}]}"#;

/// "error rule, note rule".
fn levels(run: &Run) -> String {
    let report: Value = serde_json::from_str(&run.stdout).expect(&run.stderr);
    let findings = report["findings"].as_array().unwrap().iter();
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let levels: Vec<String> =
        findings.map(|finding| format!("{} {}", text(finding, "severity"), text(finding, "rule"))).collect();
    levels.join(", ")
}
