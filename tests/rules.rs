//! Does each rule fire on `fixtures/rules/<id>/fires`, and is the linter quiet on `…/fixed`, the same after following the rule's advice?
//!
//! A fixture is a folder with `policy.json`, perhaps `routes.txt` or a definition in another format, and perhaps `args` with one more
//! argument a line. Where it holds an
//! `authorizer-lint.toml`, that names the files. In `fires` only the rule itself may speak, and the rules that a `README.md` there names in backticks. The text report
//! is kept in `report.snap`.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads its own repository"
)]

mod fixture_files;

use std::env;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;

use authorizer_lint::rules::RULES;
use serde_json::Value;

#[test]
fn every_rule_fires_on_its_example_and_alone() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let folder = fixture(rule.id, "fires");
        let readme = fs::read_to_string(folder.join("README.md")).unwrap_or_default();
        let found = rules_found(&folder);
        let is_expected = |id: &str| id == rule.id || readme.contains(&format!("`{id}`"));
        if !found.iter().any(|id| id == rule.id) || !found.iter().all(|id| is_expected(id)) {
            wrong.push(format!("{}: found {found:?}", rule.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_advice_works() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let found = rules_found(&fixture(rule.id, "fixed"));
        if !found.is_empty() {
            wrong.push(format!("{}: found {found:?}", rule.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_report_reads_as_it_did() {
    for rule in RULES {
        let output = check(&fixture(rule.id, "fires"), "text");
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(root().join("fixtures/rules").join(rule.id));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("report", String::from_utf8(output.stdout).unwrap()));
    }
}

#[test]
fn explanations_show_what_really_comes_of_the_example() {
    for rule in RULES {
        let output = check(&fixture(rule.id, "fires"), "text");
        let mut explain = Command::new(env!("CARGO_BIN_EXE_authorizer-lint"));
        let explained = explain.args(["explain", rule.id, "--color", "never"]).output().unwrap();
        let explained = String::from_utf8(explained.stdout).unwrap();
        let shown: Vec<&str> = explained.lines().map(|line| line.strip_prefix("    ").unwrap_or(line)).collect();
        let ran = String::from_utf8(output.stdout).unwrap();
        assert!(shown.join("\n").contains(ran.trim_end()), "{}:\n{ran}", rule.id);
    }
}

/// The ids of the rules that speak about a fixture, in the order of the report.
fn rules_found(folder: &Path) -> Vec<String> {
    let output = check(folder, "json");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        let said = String::from_utf8_lossy(&output.stderr);
        unreadable(folder, &format!("{error}; {said}"))
    });
    let findings = report["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect()
}

#[expect(clippy::panic, reason = "a test may panic")]
fn unreadable(folder: &Path, why: &str) -> ! {
    panic!("{}: no report: {why}", folder.display())
}

/// Runs `check` in the folder of a fixture, with nothing of this machine's settings.
fn check(folder: &Path, format: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_authorizer-lint"));
    command.current_dir(folder).args(["check", "--format", format]);
    if !folder.join("authorizer-lint.toml").exists() {
        command.args(["policy.json", "--no-config"]).args(options(folder));
    }
    let more = fs::read_to_string(folder.join("args")).unwrap_or_default();
    command.args(more.lines());
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy();
        let is_ours = name.starts_with("GITHUB_") || name.starts_with("AUTHORIZER_LINT");
        if is_ours || ["CI", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"].contains(&name.as_ref()) {
            command.env_remove(name.as_ref());
        }
    }
    command.output().unwrap()
}

/// The definitions of a fixture, as options.
fn options(folder: &Path) -> Vec<String> {
    let definitions = fixture_files::definitions(folder);
    if definitions.is_empty() {
        return vec!["--no-routes".to_owned()];
    }
    definitions.into_iter().flat_map(|name| ["--routes".to_owned(), name]).collect()
}

fn fixture(id: &str, kind: &str) -> PathBuf {
    root().join("fixtures/rules").join(id).join(kind)
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
