//! Directories and patterns to the files in them.

use std::path::Component;
use std::path::Path;

use super::InputError;

/// The endings of the files that are wanted of a directory; what is in them is told by content.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Endings(&'static [&'static str]);

/// Saved responses.
pub(crate) const POLICIES: Endings = Endings(&["json", "jsonl", "ndjson"]);

/// Definitions of APIs: `*.tf.json`, `*.template.json` and the like end on the same.
pub(crate) const ROUTES: Endings = Endings(&["json", "yaml", "yml", "tf", "txt", "template"]);

/// What a directory or a pattern holds.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// The files, in a stable order.
    pub(super) files: Vec<String>,
    /// Parts that could not be looked into; they don't stop the rest.
    pub(super) errors: Vec<InputError>,
}

/// The files of a directory or a pattern.
///
/// # Errors
/// Where there are none, or the argument is no pattern.
pub(super) fn files(argument: &str, endings: Endings) -> Result<Listing, InputError> {
    if Path::new(argument).is_dir() {
        return directory(argument, endings);
    }
    if !argument.contains(['*', '?', '[']) {
        return Err(InputError::NotFound(argument.to_owned()));
    }
    let paths = glob::glob(argument).map_err(|error| InputError::Pattern(argument.to_owned(), error))?;
    let hidden = Hidden::named_in(argument);
    let mut found = Listing::default();
    for path in paths {
        match path {
            Ok(path) if path.is_file() && !hidden.has(&path) => found.files.push(shown(&path)),
            Ok(_) => {}
            Err(error) => found.errors.push(InputError::Read(shown(error.path()), error.into())),
        }
    }
    found.or_else_none(InputError::NoMatch(argument.to_owned()))
}

/// The files of these endings below a directory that git would not ignore; hidden ones are left out, and links are not followed, so no
/// loop is walked.
fn directory(argument: &str, endings: Endings) -> Result<Listing, InputError> {
    let mut found = Listing::default();
    for entry in ignore::WalkBuilder::new(argument).require_git(false).build() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                found.errors.push(InputError::Walk(argument.to_owned(), error));
                continue;
            }
        };
        let extension = entry.path().extension().and_then(|extension| extension.to_str());
        let ours = extension.is_some_and(|extension| endings.0.contains(&extension));
        if ours && entry.path().is_file() {
            found.files.push(shown(entry.path()));
        }
    }
    found.files.sort_unstable();
    found.or_else_none(InputError::EmptyDirectory(argument.to_owned(), endings.0))
}

impl Listing {
    fn or_else_none(self, none: InputError) -> Result<Self, InputError> {
        if self.files.is_empty() && self.errors.is_empty() { Err(none) } else { Ok(self) }
    }
}

/// The parts of a pattern that ask for hidden files, as a shell has it: `*` doesn't. `glob` has a setting for this, under which it panics
/// at names that are not UTF-8.
struct Hidden(Vec<glob::Pattern>);

impl Hidden {
    fn named_in(pattern: &str) -> Self {
        let parts = pattern.split(['/', std::path::MAIN_SEPARATOR]).filter(|part| part.starts_with('.'));
        Self(parts.filter_map(|part| glob::Pattern::new(part).ok()).collect())
    }

    fn has(&self, path: &Path) -> bool {
        let names = path.components().filter_map(|part| match part {
            Component::Normal(name) => name.to_str(),
            _ => None,
        });
        let mut hidden = names.filter(|name| name.starts_with('.'));
        hidden.any(|name| !self.0.iter().any(|asked| asked.matches(name)))
    }
}

/// A path as a user would write it, and as reports of every system show it.
pub(super) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() };
    let mut rest = text.as_str();
    while let Some(behind) = rest.strip_prefix("./") {
        // What follows further slashes would be absolute without them.
        rest = behind.trim_start_matches('/');
    }
    if rest.is_empty() { text } else { rest.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_from_here() {
        for (path, seen) in
            [("./a/b", "a/b"), (".//a", "a"), ("././a", "a"), ("./", "./"), ("../a", "../a"), ("/a", "/a")]
        {
            assert_eq!(shown(Path::new(path)), seen, "{path}");
        }
    }

    #[test]
    fn hidden_files_have_to_be_asked_for() {
        for (pattern, path, is_hidden) in [
            ("*/*.json", "a/b.json", false),
            ("*/*.json", "a/.b.json", true),
            ("**/*.json", ".git/b.json", true),
            (".github/*.json", ".github/b.json", false),
            (".g*/*.json", ".github/.b.json", true),
            ("../*.json", "../b.json", false),
        ] {
            assert_eq!(Hidden::named_in(pattern).has(Path::new(path)), is_hidden, "{pattern} and {path}");
        }
    }
}
