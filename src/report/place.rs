//! Spans as people and tools count them: the one place where bytes become lines and columns.

use serde::Serialize;

use crate::model::project::Project;
use crate::source::Sources;
use crate::source::Span;

/// A range in a file: one-based, columns in Unicode characters, the end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Place<'p> {
    /// The file, as the user would write it.
    pub file: &'p str,
    /// Line of the first character.
    pub line: u32,
    /// Column of the first character.
    pub column: u32,
    /// Line of the end.
    pub end_line: u32,
    /// Column just past the last character.
    pub end_column: u32,
}

impl<'p> Place<'p> {
    /// Counts lines and columns of a span.
    #[must_use]
    pub fn new(sources: &'p Sources, span: Span) -> Self {
        let source = sources.get(span.source);
        let start = source.position(span.start);
        let end = source.position(span.end);
        Self { file: &source.name, line: start.line, column: start.column, end_line: end.line, end_column: end.column }
    }
}

/// A place, and its JSON Pointer where the file is a tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Location<'p> {
    /// The range in the file.
    #[serde(flatten)]
    pub place: Place<'p>,
    /// RFC 6901; empty for the root and for text that is no tree.
    pub pointer: String,
}

impl<'p> Location<'p> {
    /// Names the place of a span in both ways.
    #[must_use]
    pub fn new(project: &Project, sources: &'p Sources, span: Span) -> Self {
        Self { place: Place::new(sources, span), pointer: project.pointer(span) }
    }
}
