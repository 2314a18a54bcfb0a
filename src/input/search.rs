//! Directories and patterns to the files in them.

use std::path::Path;

use super::InputError;

/// The endings of the files that are wanted of a directory; what is in them is told by content.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Endings(&'static [&'static str]);

/// Saved responses.
pub(crate) const POLICIES: Endings = Endings(&["json", "jsonl", "ndjson"]);

/// Definitions of APIs: `*.tf.json`, `*.template.json` and the like end on the same.
pub(crate) const ROUTES: Endings = Endings(&["json", "yaml", "yml", "tf", "txt", "template"]);

/// The files of a directory or a pattern, in a stable order.
///
/// # Errors
/// Where there are none, or the argument is no pattern.
pub(super) fn files(argument: &str, endings: Endings) -> Result<Vec<String>, InputError> {
    if Path::new(argument).is_dir() {
        return directory(argument, endings);
    }
    if !argument.contains(['*', '?', '[']) {
        return Err(InputError::NotFound(argument.to_owned()));
    }
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() };
    let paths = glob::glob_with(argument, options).map_err(|error| InputError::Pattern(argument.to_owned(), error))?;
    let mut files = Vec::new();
    for path in paths {
        let path = path.map_err(|error| InputError::Read(shown(error.path()), error.into()))?;
        if path.is_file() {
            files.push(shown(&path));
        }
    }
    if files.is_empty() {
        return Err(InputError::NoMatch(argument.to_owned()));
    }
    Ok(files)
}

/// The files of these endings below a directory that git would not ignore; hidden ones are left out, and links are not followed, so no
/// loop is walked.
fn directory(argument: &str, endings: Endings) -> Result<Vec<String>, InputError> {
    let mut files = Vec::new();
    for entry in ignore::WalkBuilder::new(argument).require_git(false).build() {
        let entry = entry.map_err(|error| InputError::Walk(argument.to_owned(), error))?;
        let extension = entry.path().extension().and_then(|extension| extension.to_str());
        let ours = extension.is_some_and(|extension| endings.0.contains(&extension));
        if ours && entry.path().is_file() {
            files.push(shown(entry.path()));
        }
    }
    files.sort_unstable();
    if files.is_empty() {
        return Err(InputError::EmptyDirectory(argument.to_owned(), endings.0));
    }
    Ok(files)
}

/// A path as a user would write it, and as reports of every system show it.
pub(super) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() };
    text.strip_prefix("./").map_or(text.clone(), str::to_owned)
}
