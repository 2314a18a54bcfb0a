//! What can be wrong with a route list.

use std::fmt;

use crate::model::authorizer::ApiKind;
use crate::model::route::TemplateError;
use crate::source::Span;

/// Something in a route list that can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteListError {
    /// Where.
    pub span: Span,
    /// What.
    pub problem: Problem,
}

/// What is wrong with a word or a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The first column is no method; the text, and what it may mean.
    UnknownMethod(String, Option<&'static str>),
    /// A method without a path.
    MissingPath,
    /// The second column is no path template; the text, and why.
    Path(String, TemplateError),
    /// A fourth column.
    SurplusColumn(String),
    /// A line `@…` that is no `@authorizer`; the word.
    UnknownDirective(String),
    /// `@authorizer` without a name.
    MissingName,
    /// A setting without `=`; the text.
    NoValue(String),
    /// A setting that doesn't exist; the text, and what it may mean.
    UnknownKey(String, Option<&'static str>),
    /// The same setting twice in one line.
    RepeatedKey(&'static str),
    /// A value that a setting doesn't have.
    UnknownValue {
        /// The setting.
        key: &'static str,
        /// The value as written.
        text: String,
        /// The values it has, for people.
        known: &'static str,
    },
    /// A second `@authorizer` line of this name.
    RepeatedAuthorizer(String),
    /// Authorizers of different kinds of API.
    SecondApi(ApiKind),
    /// A route or an authorizer that this kind of API doesn't have.
    NotOfThisApi(String, ApiKind),
    /// No third column, and several authorizers that could be meant.
    AmbiguousAuthorizer,
    /// An element of the JSON twin that is no string and no object with a path.
    NoRoute,
    /// A list without any route.
    Empty,
}

impl Problem {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::UnknownMethod(_, Some(meant)) | Self::UnknownKey(_, Some(meant)) => {
                format!("did you mean `{meant}`?")
            }
            Self::UnknownMethod(_, None) => {
                "a line starts with a method, `ANY`, `$default`, `$connect` or `@authorizer`".to_owned()
            }
            Self::UnknownKey(_, None) => "the settings are `api`, `type`, `ttl` and `identity-source`".to_owned(),
            Self::UnknownValue { known, .. } => format!("it is {known}"),
            Self::UnknownDirective(_) | Self::MissingName | Self::NoValue(_) | Self::RepeatedKey(_) => {
                "a line is `@authorizer NAME key=value…`".to_owned()
            }
            Self::RepeatedAuthorizer(_) => "put all of its settings into one line".to_owned(),
            Self::SecondApi(_) => "give each API a file of its own".to_owned(),
            Self::NotOfThisApi(..) => "say which kind of API this is with `api=…` or `--api`".to_owned(),
            Self::AmbiguousAuthorizer => "name one in the third column, or write `-` for none".to_owned(),
            Self::MissingPath | Self::Path(..) | Self::SurplusColumn(_) | Self::Empty => {
                "a line is `METHOD /path [authorizer]`".to_owned()
            }
            Self::NoRoute => "a route is `\"GET /path\"` or `{\"method\": \"GET\", \"path\": \"/path\"}`".to_owned(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownMethod(text, _) => write!(f, "`{text}` is no method"),
            Self::MissingPath => f.write_str("the path is missing"),
            Self::Path(text, error) => write!(f, "`{text}` is no path: {}", error.reason()),
            Self::SurplusColumn(text) => write!(f, "`{text}` is one column too many"),
            Self::UnknownDirective(text) => write!(f, "`{text}` is no known line"),
            Self::MissingName => f.write_str("the name of the authorizer is missing"),
            Self::NoValue(text) => write!(f, "`{text}` is no `key=value`"),
            Self::UnknownKey(text, _) => write!(f, "`{text}` is no known setting"),
            Self::RepeatedKey(key) => write!(f, "`{key}` is given twice"),
            Self::UnknownValue { key, text, .. } => write!(f, "`{key}` can't be `{text}`"),
            Self::RepeatedAuthorizer(name) => write!(f, "authorizer `{name}` is given twice"),
            Self::SecondApi(kind) => write!(f, "another authorizer of this list is not of a `{}` API", kind.name()),
            Self::NotOfThisApi(what, kind) => write!(f, "`{what}` doesn't exist in a `{}` API", kind.name()),
            Self::AmbiguousAuthorizer => f.write_str("several authorizers could guard this route"),
            Self::NoRoute => f.write_str("this element is no route"),
            Self::Empty => f.write_str("the list holds no route"),
        }
    }
}
