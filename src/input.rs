//! Arguments to text: the only module that reads files, directories and standard input.
//!
//! Paths and patterns enter, [`Sources`] and [`PolicyInput`]s leave. A pattern that matches nothing is an error, because a misspelt one
//! must not look like a clean run. An existing path is never taken for a pattern: `[id].json` is a file.

use std::collections::HashSet;
use std::fmt;
use std::fs::File;
use std::io;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;

use authorizer_lint::load;
use authorizer_lint::load::Inclusion;
use authorizer_lint::load::Met;
use authorizer_lint::load::PolicyInput;
use authorizer_lint::source::SourceId;
use authorizer_lint::source::Sources;

/// Why an argument gave no text.
#[derive(Debug)]
pub(crate) enum InputError {
    /// A path without wildcards that doesn't exist.
    NotFound(String),
    /// A pattern that matches no file.
    NoMatch(String),
    /// A directory without any file of ours.
    EmptyDirectory(String),
    /// Not a pattern at all; why.
    Pattern(String, glob::PatternError),
    /// The system refused.
    Read(String, io::Error),
    /// A directory could not be walked.
    Walk(String, ignore::Error),
    /// The file is not UTF-8: the place of the first byte that isn't.
    NotUtf8 {
        /// The file.
        name: String,
        /// One-based.
        line: usize,
        /// One-based, in characters.
        column: usize,
    },
    /// The file is larger than [`MAX_BYTES`].
    TooLarge(String),
}

/// More than any log of responses that is read at once; trees take some ten times the room of the text.
pub(crate) const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// Reads one file, or standard input for `-`.
///
/// # Errors
/// Where the file can't be read as text.
pub(crate) fn read(sources: &mut Sources, argument: &str) -> Result<SourceId, InputError> {
    let name = if argument == "-" { "<stdin>" } else { argument };
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => InputError::NotFound(name.to_owned()),
        _ => InputError::Read(name.to_owned(), error),
    };
    let bytes = if argument == "-" { all_of(io::stdin().lock()) } else { File::open(argument).and_then(all_of) };
    let bytes = bytes.map_err(failed)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > MAX_BYTES) {
        return Err(InputError::TooLarge(name.to_owned()));
    }
    Ok(sources.add(name, text(name, bytes)?))
}

/// Reads the files that a definition refers to, relative to the folder that it is in. One that can't be read is left to the loader, which
/// says what is missing without it.
pub(crate) fn read_references(sources: &mut Sources, from: SourceId) -> Vec<Inclusion> {
    let name = sources.get(from).name.clone();
    let folder = Path::new(&name).parent().unwrap_or_else(|| Path::new(""));
    let mut found = Vec::new();
    for path in load::references(sources, from) {
        // An absolute path is that of another machine, or none of the project's business.
        if Path::new(&path).is_relative()
            && let Ok(source) = read(sources, &shown(&folder.join(&path)))
        {
            found.push(Inclusion { from, path, source });
        }
    }
    found
}

/// Reads every file that the arguments mean, each once: files, directories, patterns, `-`. What can't be read doesn't stop the rest.
pub(crate) fn read_policies(sources: &mut Sources, arguments: &[String]) -> (Vec<PolicyInput>, Vec<InputError>) {
    let mut inputs = Vec::new();
    let mut errors = Vec::new();
    let mut seen = HashSet::new();
    // Files that were named first, so that a directory that holds one of them doesn't turn it into one that was met.
    let (named, others): (Vec<&String>, Vec<&String>) = arguments.iter().partition(|argument| is_file(argument));
    let found = others.into_iter().flat_map(|argument| match files(argument) {
        Ok(paths) => paths.into_iter().map(|path| Ok((path, Met::Found))).collect(),
        Err(error) => vec![Err(error)],
    });
    for file in named.into_iter().map(|argument| Ok((argument.clone(), Met::Named))).chain(found) {
        let read = file.and_then(|(path, met)| {
            let new = seen.insert(canonical(&path));
            new.then(|| read(sources, &path).map(|source| PolicyInput { source, met })).transpose()
        });
        match read {
            Ok(input) => inputs.extend(input),
            Err(error) => errors.push(error),
        }
    }
    (inputs, errors)
}

fn all_of(reader: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn text(name: &str, bytes: Vec<u8>) -> Result<String, InputError> {
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(error.as_bytes().get(..valid).unwrap_or_default());
        let last = before.rsplit('\n').next().unwrap_or_default();
        InputError::NotUtf8 {
            name: name.to_owned(),
            line: before.matches('\n').count() + 1,
            column: last.chars().count() + 1,
        }
    })
}

fn is_file(argument: &str) -> bool {
    let path = Path::new(argument);
    argument == "-" || path.exists() && !path.is_dir()
}

fn canonical(path: &str) -> PathBuf {
    Path::new(path).canonicalize().unwrap_or_else(|_| PathBuf::from(path))
}

/// The files of a directory or a pattern, in a stable order.
fn files(argument: &str) -> Result<Vec<String>, InputError> {
    if Path::new(argument).is_dir() {
        return directory(argument);
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

/// Every JSON file below a directory that git would not ignore; hidden ones are left out, and links are not followed, so no loop is walked.
fn directory(argument: &str) -> Result<Vec<String>, InputError> {
    let mut files = Vec::new();
    for entry in ignore::WalkBuilder::new(argument).require_git(false).build() {
        let entry = entry.map_err(|error| InputError::Walk(argument.to_owned(), error))?;
        let extension = entry.path().extension().and_then(|extension| extension.to_str());
        let ours = extension.is_some_and(|extension| ["json", "jsonl", "ndjson"].contains(&extension));
        if ours && entry.path().is_file() {
            files.push(shown(entry.path()));
        }
    }
    files.sort_unstable();
    if files.is_empty() {
        return Err(InputError::EmptyDirectory(argument.to_owned()));
    }
    Ok(files)
}

/// A path as a user would write it, and as reports of every system show it.
fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() };
    text.strip_prefix("./").map_or(text.clone(), str::to_owned)
}

impl InputError {
    /// The path or pattern that gave no text.
    pub(crate) fn argument(&self) -> &str {
        match self {
            Self::NotFound(argument)
            | Self::NoMatch(argument)
            | Self::EmptyDirectory(argument)
            | Self::Pattern(argument, _)
            | Self::Read(argument, _)
            | Self::Walk(argument, _)
            | Self::TooLarge(argument)
            | Self::NotUtf8 { name: argument, .. } => argument,
        }
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound(path) if path.contains('{') => {
                write!(
                    f,
                    "`{path}` doesn't exist; `{{a,b}}` is no pattern here, give each one as an argument of its own"
                )
            }
            Self::NotFound(path) => write!(f, "`{path}` doesn't exist"),
            Self::NoMatch(pattern) if pattern.contains('{') => {
                write!(
                    f,
                    "`{pattern}` matches no file; `{{a,b}}` is no pattern here, give each one as an argument of its own"
                )
            }
            Self::EmptyDirectory(path) => {
                write!(f, "`{path}` holds no *.json, *.jsonl or *.ndjson file")
            }
            Self::NoMatch(pattern) => write!(f, "`{pattern}` matches no file"),
            Self::Pattern(pattern, error) => write!(f, "`{pattern}` is no pattern: {}", error.msg),
            Self::Read(path, error) => write!(f, "`{path}` can't be read: {error}"),
            Self::Walk(path, error) => write!(f, "`{path}` can't be walked: {error}"),
            Self::NotUtf8 { name, line, column } => {
                write!(f, "`{name}` is not UTF-8: line {line}, column {column}")
            }
            Self::TooLarge(path) => write!(f, "`{path}` is larger than {} MiB", MAX_BYTES / 1024 / 1024),
        }
    }
}

impl std::error::Error for InputError {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn names(arguments: &[String]) -> (Vec<(String, Met)>, Vec<String>) {
        let mut sources = Sources::default();
        let (inputs, errors) = read_policies(&mut sources, arguments);
        let name = |input: &PolicyInput| {
            let name = &sources.get(input.source).name;
            (name.rsplit('/').next().unwrap().to_owned(), input.met)
        };
        (inputs.iter().map(name).collect(), errors.iter().map(ToString::to_string).collect())
    }

    fn project(files: &[&str]) -> tempfile::TempDir {
        let directory = tempfile::tempdir().unwrap();
        for file in files {
            let path = directory.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "{}").unwrap();
        }
        directory
    }

    #[test]
    fn directories_give_json_that_git_would_keep() {
        let directory = project(&["a.json", "b/c.jsonl", "b/d.txt", ".hidden/e.json", "out/f.json", "g.ndjson"]);
        fs::write(directory.path().join(".gitignore"), "out\n").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(directory.path(), directory.path().join("loop")).unwrap();
        let root = directory.path().to_str().unwrap();
        let (found, errors) = names(&[root.to_owned(), format!("{root}/a.json")]);
        let expected = [("a.json", Met::Named), ("c.jsonl", Met::Found), ("g.ndjson", Met::Found)];
        assert_eq!(found, expected.map(|(name, met)| (name.to_owned(), met)));
        assert_eq!(errors, [""; 0]);
    }

    #[test]
    fn an_existing_path_is_no_pattern_and_a_pattern_must_match() {
        let directory = project(&["[id].json", "i.json", ".hidden.json"]);
        let root = directory.path().to_str().unwrap();
        let all = |pattern: &str| names(&[format!("{root}/{pattern}")]);
        assert_eq!(all("[id].json").0, [("[id].json".to_owned(), Met::Named)]);
        assert_eq!(all("*.json").0.len(), 2);
        for (pattern, message) in [
            ("*.yaml", "matches no file"),
            ("{a,b}*.json", "is no pattern here"),
            ("no.json", "doesn't exist"),
            ("a**.json", "is no pattern:"),
        ] {
            let (found, errors) = all(pattern);
            assert!(found.is_empty() && errors[0].contains(message), "{errors:?}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_named_with_their_place() {
        let directory = project(&[]);
        let path = directory.path().join("latin1.json");
        fs::write(&path, b"{\n \"\xc3\xa9\": \"\xe9\"}").unwrap();
        let (_, errors) = names(&[path.to_str().unwrap().to_owned()]);
        assert!(errors[0].ends_with("is not UTF-8: line 2, column 8"), "{errors:?}");
    }
}
