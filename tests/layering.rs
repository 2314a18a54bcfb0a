//! Do the layers keep their promise? A module uses only modules that stand before it in the table of `docs/architecture.md`.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may panic, and reads its own repository")]

use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// The modules in the order of the table: each may use those before it.
const ORDER: [&str; 17] = [
    "source", "near", "language", "syntax", "model", "finding", "load", "analysis", "rules", "config", "masking",
    "select", "report", "input", "cli", "commands", "main",
];

/// The most lines that a file may have before its tests.
const MOST_LINES: usize = 300;

#[test]
fn nothing_looks_forward() {
    let mut broken = Vec::new();
    for file in rust_files() {
        let Some(user) = rank(&file.module) else {
            broken.push(format!("{}: `{}` is not in the table", file.name, file.module));
            continue;
        };
        for (number, line) in file.code() {
            let ahead = uses(line).filter(|used| rank(used).is_none_or(|used| used > user));
            broken.extend(ahead.map(|used| format!("{}:{number}: `{}` uses `{used}`", file.name, file.module)));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_use_stands_on_a_line_of_its_own() {
    complain(|file| {
        let several = file.text.contains("crate::{") || file.text.contains("authorizer_lint::{");
        several.then_some("imports several things at once")
    });
}

#[test]
fn files_are_short_and_say_what_they_are() {
    complain(|file| (file.code().count() > MOST_LINES).then_some("is too long"));
    complain(|file| (!file.text.starts_with("//!")).then_some("does not begin with `//!`"));
}

#[test]
fn modules_are_named_by_what_they_mean() {
    const EMPTY_NAMES: [&str; 4] = ["utils", "common", "helpers", "types"];
    complain(|file| {
        let mut names = file.name.trim_end_matches(".rs").split('/');
        names.any(|name| EMPTY_NAMES.contains(&name)).then_some("has a name that says nothing")
    });
}

/// Fails with every file that a check has something to say about.
fn complain(check: impl Fn(&File) -> Option<&'static str>) {
    let files = rust_files();
    let complaints: Vec<String> =
        files.iter().filter_map(|file| Some(format!("{} {}", file.name, check(file)?))).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

struct File {
    /// The path below `src`, with slashes.
    name: String,
    /// The top-level module that the file belongs to.
    module: String,
    text: String,
}

impl File {
    /// The numbered lines before the tests of the file.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().take_while(|line| line.trim() != "#[cfg(test)]");
        (1..).zip(lines)
    }
}

/// Every file of `src` but `lib.rs`, which names all modules.
fn rust_files() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files: Vec<File> = paths_below(&root)
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
            let module = name.trim_end_matches(".rs").split('/').next().unwrap();
            File { module: module.to_owned(), text: fs::read_to_string(&path).unwrap(), name }
        })
        .filter(|file| file.module != "lib")
        .collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(files.len() > 10, "the sources were not found");
    files
}

fn paths_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let own = files.into_iter().filter(|path| path.extension().is_some_and(|end| end == "rs"));
    own.chain(folders.iter().flat_map(|folder| paths_below(folder))).collect()
}

/// The names after `crate::` and `authorizer_lint::` in a line.
fn uses(line: &str) -> impl Iterator<Item = &str> {
    ["crate::", "authorizer_lint::"].into_iter().flat_map(move |root| {
        line.match_indices(root).filter_map(move |(at, _)| {
            let rest = line.get(at + root.len()..)?;
            let end = rest.find(|symbol: char| !symbol.is_ascii_alphanumeric() && symbol != '_');
            rest.get(..end.unwrap_or(rest.len()))
        })
    })
}

fn rank(module: &str) -> Option<usize> {
    ORDER.iter().position(|known| *known == module)
}
