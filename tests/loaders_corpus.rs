//! Do real files load? Walks the shared corpus where it is beside the checkout, and says how many loaded.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads its files"
)]

mod definitions;

use std::fs;
use std::path::Path;

use definitions::Loaded;
use definitions::corpus;
use definitions::folder;

/// The inputs of a format: files, or folders where a folder is one definition.
fn inputs(format: &str) -> Option<Vec<Loaded>> {
    let Some(corpus) = corpus() else {
        println!("skipped: there is no corpus beside this checkout");
        return None;
    };
    let mut entries: Vec<_> = fs::read_dir(corpus.join(format)).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    Some(entries.iter().map(|entry| load(&corpus, entry)).collect())
}

fn load(corpus: &Path, entry: &Path) -> Loaded {
    let loaded = folder(corpus, entry);
    println!("== {}", entry.strip_prefix(corpus).unwrap().display());
    for line in loaded.apis() {
        println!("{line}");
    }
    for line in loaded.unknown() {
        println!("  ? {line}");
    }
    for line in loaded.unreadable() {
        println!("  ! {line}");
    }
    loaded
}

#[test]
fn terraform() {
    let Some(inputs) = inputs("terraform") else { return };
    let loaded = inputs.iter().filter(|input| !input.project.apis.is_empty() && input.project.unreadable.is_empty());
    println!("{} of {} loaded", loaded.count(), inputs.len());
}
