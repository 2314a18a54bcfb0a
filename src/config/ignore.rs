//! Findings that a team has decided not to see.

use crate::config::file_pattern::FilePattern;
use crate::model::route::RouteKey;
use crate::source::Span;
use crate::source::Spanned;

/// A finding is ignored if it meets all that is said here.
#[derive(Clone, Debug)]
pub struct Ignore {
    /// The whole entry.
    pub span: Span,
    /// The id of the rule, and where it is named.
    pub rule: Spanned<&'static str>,
    /// Where the finding is.
    pub place: Place,
    /// The route that it is about.
    pub route: Option<RouteKey>,
    /// Why it is no mistake.
    pub reason: String,
    /// The last day on which this holds.
    pub until: Option<time::Date>,
}

/// Where an ignored finding is.
#[derive(Clone, Debug)]
pub enum Place {
    /// In a file, under a value; as far as either is said.
    File {
        /// The file; without it, any.
        file: Option<FilePattern>,
        /// A JSON Pointer: of the finding, or of a value around it.
        pointer: Option<String>,
    },
    /// On the line that this text is of.
    Line(Span),
}
