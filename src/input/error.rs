//! Why an argument gave no text, in words that say what to type instead.

use std::fmt;
use std::io;

use super::MAX_BYTES;

/// Why an argument gave no text.
#[derive(Debug)]
pub(crate) enum InputError {
    /// A path without wildcards that doesn't exist.
    NotFound(String),
    /// A pattern that matches no file.
    NoMatch(String),
    /// A directory without any file of the wanted endings.
    EmptyDirectory(String, &'static [&'static str]),
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

impl InputError {
    /// The path or pattern that gave no text.
    pub(crate) fn argument(&self) -> &str {
        match self {
            Self::NotFound(argument)
            | Self::NoMatch(argument)
            | Self::EmptyDirectory(argument, _)
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
            Self::EmptyDirectory(path, endings) => write!(f, "`{path}` holds no {} file", listed(endings)),
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

/// `*.a, *.b or *.c`.
fn listed(endings: &[&str]) -> String {
    let patterns: Vec<String> = endings.iter().map(|ending| format!("*.{ending}")).collect();
    match patterns.as_slice() {
        [rest @ .., last] if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        all => all.concat(),
    }
}
