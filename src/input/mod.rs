//! Arguments to text: the only module that reads files, directories and standard input.
//!
//! Paths and patterns enter, [`Sources`] and how each was met leave. A pattern that matches nothing is an error, because a misspelt one
//! must not look like a clean run. An existing path is never taken for a pattern: `[id].json` is a file.

mod configuration;
mod error;
mod search;

use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;

use authorizer_lint::load;
use authorizer_lint::load::Inclusion;
use authorizer_lint::load::Met;
use authorizer_lint::source::SourceId;
use authorizer_lint::source::Sources;

pub(crate) use self::configuration::Root;
pub(crate) use self::configuration::find as find_configuration;
pub(crate) use self::error::InputError;
use self::search::Endings;
use self::search::Listing;
pub(crate) use self::search::POLICIES;
pub(crate) use self::search::ROUTES;
use self::search::files;
use self::search::shown;

/// What the arguments of one kind gave.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    /// Every file once, those that were named first.
    pub(crate) files: Vec<(SourceId, Met)>,
    /// Each directory or pattern with all that it holds, named or not.
    pub(crate) searches: Vec<(String, Vec<SourceId>)>,
    /// What could not be read.
    pub(crate) errors: Vec<InputError>,
    /// Which file has been read already.
    known: HashMap<PathBuf, SourceId>,
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

/// Reads every file that the arguments mean, each once: files, directories, patterns, `-`. What can't be read doesn't stop the rest.
pub(crate) fn read_all(sources: &mut Sources, arguments: &[String], endings: Endings) -> Gathered {
    let mut all = Gathered::default();
    // Gathered that were named first, so that a directory that holds one of them doesn't turn it into one that was met.
    let (named, others): (Vec<&String>, Vec<&String>) = arguments.iter().partition(|argument| is_file(argument));
    for argument in named {
        all.read(sources, argument, Met::Named);
    }
    for argument in others {
        match files(argument, endings) {
            Ok(Listing { files, errors }) => {
                all.errors.extend(errors);
                let found = files.iter().filter_map(|path| all.read(sources, path, Met::Found)).collect();
                all.searches.push((argument.clone(), found));
            }
            Err(error) => all.errors.push(error),
        }
    }
    all
}

impl Gathered {
    fn read(&mut self, sources: &mut Sources, path: &str, met: Met) -> Option<SourceId> {
        let key = canonical(path);
        if let Some(&source) = self.known.get(&key) {
            return Some(source);
        }
        match read(sources, path) {
            Ok(source) => {
                self.known.insert(key, source);
                self.files.push((source, met));
                Some(source)
            }
            Err(error) => {
                self.errors.push(error);
                None
            }
        }
    }

    /// Reads the files that the definitions refer to, each relative to the folder of the file that names it. One that can't be read is
    /// left to the loader, which says what is missing without it.
    pub(crate) fn read_references(&mut self, sources: &mut Sources) -> Vec<Inclusion> {
        let mut found = Vec::new();
        for &(from, _) in &self.files {
            let name = sources.get(from).name.clone();
            let folder = Path::new(&name).parent().unwrap_or_else(|| Path::new(""));
            // An absolute path is that of another machine, or none of the project's business.
            let paths = load::references(sources, from).into_iter().filter(|path| Path::new(path).is_relative());
            for path in paths {
                let file = shown(&folder.join(&path));
                let key = canonical(&file);
                let known = self.known.get(&key).copied();
                if let Some(source) = known.or_else(|| read(sources, &file).ok()) {
                    self.known.insert(key, source);
                    found.push(Inclusion { from, path, source });
                }
            }
        }
        found
    }
}

/// The names of what is in a folder, sorted; none where it can't be read. Hidden ones are nobody's mistake.
#[expect(clippy::disallowed_methods, reason = "this is the module that they are kept for")]
pub(crate) fn names_in(folder: &str) -> Vec<String> {
    let folder = if folder.is_empty() { "." } else { folder };
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| !name.starts_with('.')).collect();
    names.sort_unstable();
    names
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn names(arguments: &[String]) -> (Vec<(String, Met)>, Vec<String>) {
        let mut sources = Sources::default();
        let read = read_all(&mut sources, arguments, POLICIES);
        let name = |&(source, met): &(SourceId, Met)| {
            let name = &sources.get(source).name;
            (name.rsplit('/').next().unwrap().to_owned(), met)
        };
        (read.files.iter().map(name).collect(), read.errors.iter().map(ToString::to_string).collect())
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
