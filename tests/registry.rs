//! Do the lists keep their promises? The registry, the files of the rules, their fixtures and their page in `docs` are one set.
//!
//! `UPDATE_DOCS=1 cargo test --test registry` writes `docs/rules.md` anew.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may panic, and reads its own repository")]

mod fixture_files;

use std::collections::BTreeSet;
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use authorizer_lint::rules::Level;
use authorizer_lint::rules::RULES;
use authorizer_lint::rules::Rule;

const HEADINGS: [&str; 3] = ["## What it does", "## Why it matters", "## What to do"];

#[test]
fn ids_are_sorted_and_unique() {
    assert!(RULES.is_sorted_by(|a, b| a.id < b.id), "sort RULES by id, each id once");
}

#[test]
fn every_rule_is_one_file_and_every_file_one_rule() {
    let listed: BTreeSet<String> = RULES.iter().map(|rule| rule.id.replace('-', "_")).collect();
    let folders = fs::read_dir(root().join("src/rules")).unwrap();
    let written: BTreeSet<String> = folders
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .flat_map(|folder| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .filter(|name| name != "mod")
        .collect();
    assert_eq!(listed, written);
}

#[test]
fn every_rule_explains_itself() {
    for rule in RULES {
        let headings: Vec<&str> = rule.docs.lines().map(str::trim).filter(|line| line.starts_with('#')).collect();
        assert_eq!(headings, HEADINGS, "{}", rule.id);
        assert!(rule.docs.contains("https://docs.aws.amazon.com/"), "{}: where does AWS say so?", rule.id);
        assert!(!rule.summary.ends_with('.'), "{}: the summary is a fragment", rule.id);
        assert!(!rule.summary.is_empty(), "{}", rule.id);
        assert!(authorizer_lint::rules::find(rule.id).is_some_and(|found| found.id == rule.id));
    }
}

#[test]
fn every_rule_has_both_fixtures() {
    for rule in RULES {
        for kind in ["fires", "fixed"] {
            let folder = fixture(rule).join(kind);
            assert!(folder.is_dir(), "{} is missing", folder.display());
        }
    }
    for entry in fs::read_dir(root().join("fixtures/rules")).unwrap() {
        let name = entry.unwrap().file_name();
        let id = name.to_str().unwrap();
        assert!(authorizer_lint::rules::find(id).is_some(), "fixtures/rules/{id} belongs to no rule");
    }
}

#[test]
fn the_page_of_rules_is_current() {
    let path = root().join("docs/rules.md");
    let page = page();
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "docs/rules.md is not current: UPDATE_DOCS=1 cargo test --test registry");
}

fn page() -> String {
    let mut page = "# Rules\n\n\
        Generated from the doc comments in `src/rules` and from `fixtures/rules`; don't edit.\n\
        To refresh: `UPDATE_DOCS=1 cargo test --test registry`.\n\n\
        | rule | severity | finds |\n|---|---|---|\n"
        .to_owned();
    for rule in RULES {
        let Rule { id, summary, .. } = rule;
        writeln!(page, "| [`{id}`](#{id}) | {} | {summary} |", severity(rule)).unwrap();
    }
    for rule in RULES {
        write_rule(&mut page, rule);
    }
    page
}

fn write_rule(page: &mut String, rule: &Rule) {
    writeln!(page, "\n## {}\n", rule.id).unwrap();
    let Rule { confidence, since, .. } = rule;
    writeln!(page, "{} · confidence {} · since {since}\n", severity(rule), confidence.name()).unwrap();
    for line in rule.docs.trim_end().lines() {
        let line = line.strip_prefix(' ').unwrap_or(line);
        // The headings of a rule stand below its own.
        let deeper = if line.starts_with("##") { "#" } else { "" };
        writeln!(page, "{deeper}{line}").unwrap();
    }
    let folder = fixture(rule);
    if let Ok(example) = fs::read_to_string(folder.join("fires/policy.json")) {
        writeln!(page, "\n### Example\n\n```json\n{}\n```", example.trim_end()).unwrap();
    }
    for name in fixture_files::definitions(&folder.join("fires")) {
        let definition = fs::read_to_string(folder.join("fires").join(&name)).unwrap();
        let (what, language) = match name.rsplit_once('.') {
            Some((_, "txt")) => ("the routes".to_owned(), "text"),
            Some((_, "tf")) => (format!("`{name}`"), "hcl"),
            Some((_, "yml")) => (format!("`{name}`"), "yaml"),
            Some((_, extension)) => (format!("`{name}`"), extension),
            None => (format!("`{name}`"), "text"),
        };
        writeln!(page, "\nwith {what}\n\n```{language}\n{}\n```", definition.trim_end()).unwrap();
    }
    // The snapshot was compared with a real run by tests/rules.rs.
    let snapshot = fs::read_to_string(folder.join("report.snap")).unwrap_or_default();
    if let Some((_, output)) = snapshot.strip_prefix("---\n").and_then(|text| text.split_once("\n---\n")) {
        writeln!(page, "\n### Output\n\n```text\n{}\n```", output.trim_end()).unwrap();
    }
}

fn severity(rule: &Rule) -> String {
    match rule.level {
        Level::Default => rule.severity.name().to_owned(),
        Level::Pedantic => format!("{} (pedantic)", rule.severity.name()),
    }
}

fn fixture(rule: &Rule) -> PathBuf {
    root().join("fixtures/rules").join(rule.id)
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
