//! What lies in the folder of a rule's fixture.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads its own repository"
)]

use std::fs;
use std::path::Path;

/// The names of the files that define the API: all but the policy, further arguments and a word about the fixture.
pub(crate) fn definitions(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> =
        names.filter(|name| !["policy.json", "args", "README.md"].contains(&name.as_str())).collect();
    names.sort();
    names
}
