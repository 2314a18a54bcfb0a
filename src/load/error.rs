//! Why a file, or a part of one, could not be loaded.

use std::fmt;

use crate::load::definition_error::DefinitionError;
use crate::load::policy::Foreign;
use crate::load::route_list::RouteListError;
use crate::model::project::Unreadable;
use crate::model::response::Defect;
use crate::model::response::DefectKind;
use crate::source::Span;
use crate::syntax::SyntaxError;

/// Why something could not be loaded, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoadError {
    /// The text is not of its format.
    Syntax(SyntaxError),
    /// A value is well-formed, but no authorizer response.
    NotOurs {
        /// Its first byte.
        span: Span,
        /// What it is instead.
        foreign: Foreign,
    },
    /// A file given as a resource policy holds none.
    NoPolicyDocument(Span),
    /// A part of a resource policy can't be read.
    ResourcePolicy(Defect),
    /// A file given as routes is of no known format.
    NoRoutes(Span),
    /// A part of a definition can't be read.
    Definition(DefinitionError),
    /// A line of a route list can't be read.
    RouteList(RouteListError),
}

impl LoadError {
    /// Where it is.
    #[must_use]
    pub const fn span(&self) -> Span {
        match self {
            Self::Syntax(error) => error.span,
            Self::NotOurs { span, .. } | Self::NoPolicyDocument(span) | Self::NoRoutes(span) => *span,
            Self::ResourcePolicy(defect) => defect.span,
            Self::Definition(error) => error.span,
            Self::RouteList(error) => error.span,
        }
    }

    /// The error as the model carries it.
    #[must_use]
    pub fn unreadable(&self) -> Unreadable {
        Unreadable { span: self.span(), message: self.to_string(), help: self.help() }
    }

    fn help(&self) -> String {
        match self {
            Self::Syntax(_) => "nothing of this value was checked".to_owned(),
            Self::NotOurs { foreign, .. } => foreign.help().to_owned(),
            Self::NoPolicyDocument(_) => "it is an object with `Version` and `Statement`".to_owned(),
            Self::ResourcePolicy(_) => "the rest of the resource policy was read without it".to_owned(),
            Self::NoRoutes(_) => "the plainest format is a line `GET /users/{id}` for each route".to_owned(),
            Self::Definition(error) => error.problem.help().to_owned(),
            Self::RouteList(error) => error.problem.help(),
        }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(error) => write!(f, "not valid {}: expected {}", error.language.name(), error.expected),
            Self::NotOurs { foreign, .. } => write!(f, "this is {}", foreign.name()),
            Self::NoPolicyDocument(_) => f.write_str("this is no policy document"),
            Self::ResourcePolicy(defect) => resource_policy(f, &defect.kind),
            Self::NoRoutes(_) => f.write_str("no known format of routes"),
            Self::Definition(error) => error.problem.fmt(f),
            Self::RouteList(error) => error.problem.fmt(f),
        }
    }
}

impl std::error::Error for LoadError {}

fn resource_policy(f: &mut fmt::Formatter<'_>, kind: &DefectKind) -> fmt::Result {
    match kind {
        DefectKind::MissingElement(name) => write!(f, "`{name}` is missing in the resource policy"),
        DefectKind::DuplicateElement(key) => write!(f, "`{key}` stands twice in the resource policy"),
        DefectKind::WrongType { element, expected } => write!(f, "`{element}` of a resource policy is {expected}"),
        DefectKind::InvalidEffect(text) => write!(f, "`{text}` is no effect: `Allow` or `Deny`"),
        _ => f.write_str("this part of the resource policy can't be read"),
    }
}
