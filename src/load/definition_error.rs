//! What is wrong with a definition of an API.

use std::fmt;

use crate::model::route::TemplateError;
use crate::source::Span;

/// A part of a definition that can't be read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefinitionError {
    /// The part.
    pub span: Span,
    /// What is wrong.
    pub problem: DefinitionProblem,
}

/// What is wrong with a part of a definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DefinitionProblem {
    /// A file of the format, but nothing in it is an API; what the file is.
    NoApi(&'static str),
    /// No path template; the text, and why.
    Path(String, TemplateError),
    /// No method that API Gateway routes.
    Method(String),
    /// No route key of this kind of API.
    RouteKey(String),
    /// No kind of authorizer.
    AuthorizerKind(String),
    /// A key that has to be there.
    Missing(&'static str),
    /// Resources whose parents lead back to themselves.
    Loop(String),
    /// `get-resources` without `--embed methods`: methods without their authorizers.
    MethodsNotEmbedded,
    /// A method or route that doesn't say on which path it is.
    MethodWithoutPath,
    /// Saved output that says nothing about routes; what it is.
    WithoutRoutes(&'static str),
}

impl DefinitionProblem {
    /// What to do about it.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::NoApi(_) => "give the file that declares the API and its routes",
            Self::Path(..) => "a path is `/users/{id}` or `/files/{proxy+}`",
            Self::Method(_) => "the methods are DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT and ANY",
            Self::RouteKey(_) => "a route key is `GET /path`, `ANY /path` or `$default`",
            Self::AuthorizerKind(_) => "the rest was read without this authorizer",
            Self::Missing(_) => "the rest was read without this part",
            Self::Loop(_) => "a parent is another resource, or the root of the API",
            Self::MethodsNotEmbedded => "save `aws apigateway get-resources --rest-api-id ID --embed methods` instead",
            Self::MethodWithoutPath => {
                "`aws apigateway get-resources --rest-api-id ID --embed methods` has paths and methods"
            }
            Self::WithoutRoutes(_) => {
                "put the output of `aws apigateway get-resources --embed methods` or `aws apigatewayv2 get-routes` beside it"
            }
        }
    }
}

impl DefinitionError {
    /// A part that can't be read.
    pub(super) const fn new(span: Span, problem: DefinitionProblem) -> Self {
        Self { span, problem }
    }
}

impl fmt::Display for DefinitionProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoApi(what) => write!(f, "this {what} declares no API of API Gateway"),
            Self::Path(text, error) => write!(f, "`{text}` is no path: {}", error.reason()),
            Self::Method(text) => write!(f, "`{text}` is no method"),
            Self::RouteKey(text) => write!(f, "`{text}` is no route key"),
            Self::AuthorizerKind(text) => write!(f, "`{text}` is no kind of authorizer"),
            Self::Missing(key) => write!(f, "`{key}` is missing"),
            Self::MethodsNotEmbedded => f.write_str("the methods were saved without their authorizers"),
            Self::MethodWithoutPath => f.write_str("a method without the path that it is on"),
            Self::WithoutRoutes(what) => write!(f, "{what} without the routes of the API"),
            Self::Loop(id) => write!(f, "the path of `{id}` leads back to itself"),
        }
    }
}
