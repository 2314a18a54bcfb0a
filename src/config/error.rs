//! What is wrong with a configuration, with its place and what it might mean.

use std::fmt;

use crate::model::route::TemplateError;
use crate::source::Span;

/// One mistake in a configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// Where.
    pub span: Span,
    /// What.
    pub problem: ConfigProblem,
}

/// What can be wrong in a configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigProblem {
    /// The text is no TOML, or a value has another type than its key; in the parser's words.
    Toml(String),
    /// A key, or one of the words for a value, that there isn't; and the one that it might mean.
    Unknown {
        /// `key`, `value` or `rule`.
        what: &'static str,
        /// The word as written.
        word: String,
        /// What it might mean.
        meant: Option<String>,
    },
    /// A route that is none.
    Route(RouteProblem),
    /// A TTL outside the range that API Gateway takes.
    Ttl,
    /// A path pattern that is none; why.
    Pattern(String),
    /// A text that has to say something and is empty: the name of its key.
    Empty(&'static str),
    /// A date with a time of day, or none at all.
    Date,
    /// A JSON Pointer that doesn't start with a slash.
    Pointer,
    /// A comment to the linter that is no ignore.
    Remark,
    /// An ignore in a comment that gives no reason.
    NoReason,
    /// No format of definitions has this name; those that there are.
    Format(String),
}

/// Why a text is no route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RouteProblem {
    /// Not two words.
    Shape,
    /// The first is no method.
    Method,
    /// The second is no path.
    Path(TemplateError),
}

impl fmt::Display for ConfigProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Toml(message) => f.write_str(message),
            Self::Unknown { what, word, meant: Some(meant) } => {
                write!(f, "there is no {what} `{word}`; did you mean `{meant}`?")
            }
            Self::Unknown { what, word, meant: None } => write!(f, "there is no {what} `{word}`"),
            Self::Route(problem) => write!(f, "this is no route: {}", problem.reason()),
            Self::Ttl => f.write_str("a TTL is a number of seconds from 0 to 3600"),
            Self::Pattern(why) => write!(f, "this is no path pattern: {why}"),
            Self::Empty(key) => write!(f, "`{key}` has to say something"),
            Self::Date => f.write_str("expected a date and nothing else, such as 2027-01-31, without quotes"),
            Self::Pointer => f.write_str("a JSON Pointer starts with `/`, such as `/policyDocument/Statement/0`"),
            Self::Remark => f.write_str("expected `ignore[rule] reason`"),
            Self::NoReason => f.write_str("the reason is missing: `ignore[rule] reason`"),
            Self::Format(known) => write!(f, "there is no such format; there are {known}"),
        }
    }
}

impl RouteProblem {
    const fn reason(self) -> &'static str {
        match self {
            Self::Shape => "expected `METHOD /path`, such as `DELETE /v1/{proxy+}` or `ANY /admin`",
            Self::Method => "the method is `ANY` or one of GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS",
            Self::Path(error) => error.reason(),
        }
    }
}
