//! Routes and requests. A route is a *set* of requests; a request is one concrete method and path.

use std::fmt;

use crate::source::Spanned;

/// An HTTP method that API Gateway can route.
///
/// The order is the one in which examples prefer them: `GET` first.
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`
    Delete,
    /// `HEAD`
    Head,
    /// `OPTIONS`
    Options,
}

impl Method {
    /// The seven methods that `ANY` stands for.
    pub const ALL: [Self; 7] = [Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete, Self::Head, Self::Options];

    /// The method as it stands in an ARN.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
        }
    }

    /// Reads the upper-case name of a method, the only spelling that occurs in an ARN.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.name() == name)
    }
}

/// The methods that a route declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Methods {
    /// One method of its own.
    One(Method),
    /// `ANY`: all seven, except where a route on the same template has a method of its own.
    Any,
}

impl Methods {
    /// Whether requests with this method can reach the route.
    #[must_use]
    pub fn contains(self, method: Method) -> bool {
        self == Self::Any || self == Self::One(method)
    }

    /// `GET`, …, or `ANY`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::One(method) => method.name(),
            Self::Any => "ANY",
        }
    }
}

/// One part of a path template.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Segment {
    /// Text that stands for itself.
    Literal(String),
    /// `{name}`: exactly one segment.
    Parameter(String),
    /// `{name+}`: one or more segments; only ever the last.
    Greedy(String),
}

/// A path template such as `/users/{id}`; no segments is the root.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Template {
    /// The segments between slashes.
    pub segments: Vec<Segment>,
}

/// Why a text is no path template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplateError {
    /// It doesn't start with `/`.
    NoLeadingSlash,
    /// Two slashes follow each other.
    EmptySegment,
    /// A brace inside a segment: a path parameter must be a whole segment.
    PartialParameter,
    /// `{name+}` before the last segment.
    GreedyNotLast,
}

impl TemplateError {
    /// The error in words, to follow the text in backticks.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::NoLeadingSlash => "a path starts with `/`",
            Self::EmptySegment => "a path has no empty segment",
            Self::PartialParameter => "a path parameter `{name}` is a whole segment",
            Self::GreedyNotLast => "a greedy parameter `{name+}` is the last segment",
        }
    }
}

impl Template {
    /// Reads a template; one trailing slash is dropped, as API Gateway does on import.
    ///
    /// # Errors
    /// [`TemplateError`], by the rules of
    /// <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html>.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let path = text.strip_prefix('/').ok_or(TemplateError::NoLeadingSlash)?;
        let path = path.strip_suffix('/').unwrap_or(path);
        if path.is_empty() {
            return Ok(Self { segments: Vec::new() });
        }
        let segments = path.split('/').map(Segment::parse).collect::<Result<Vec<_>, _>>()?;
        let greedy = segments.iter().position(|segment| matches!(segment, Segment::Greedy(_)));
        match greedy {
            Some(index) if index + 1 < segments.len() => Err(TemplateError::GreedyNotLast),
            _ => Ok(Self { segments }),
        }
    }
}

impl Segment {
    fn parse(text: &str) -> Result<Self, TemplateError> {
        if text.is_empty() {
            return Err(TemplateError::EmptySegment);
        }
        let Some(inner) = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else {
            return if text.contains(['{', '}']) {
                Err(TemplateError::PartialParameter)
            } else {
                Ok(Self::Literal(text.to_owned()))
            };
        };
        match inner.strip_suffix('+') {
            _ if inner.contains(['{', '}']) => Err(TemplateError::PartialParameter),
            Some(name) => Ok(Self::Greedy(name.to_owned())),
            None => Ok(Self::Parameter(inner.to_owned())),
        }
    }
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.segments.is_empty() {
            return f.write_str("/");
        }
        self.segments.iter().try_for_each(|segment| match segment {
            Segment::Literal(text) => write!(f, "/{text}"),
            Segment::Parameter(name) => write!(f, "/{{{name}}}"),
            Segment::Greedy(name) => write!(f, "/{{{name}+}}"),
        })
    }
}

/// What a route answers to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RouteKey {
    /// Methods on a path template.
    Path {
        /// Its own method, or `ANY`.
        methods: Methods,
        /// Its path.
        template: Template,
    },
    /// HTTP API `$default`: every request that no other route takes.
    Default,
    /// WebSocket `$connect`: the one request that a Lambda authorizer of a WebSocket API guards.
    Connect,
    /// Another route key of a WebSocket API: decided at `$connect`, never authorized by itself.
    Message(String),
}

impl RouteKey {
    /// The path as reports show it: the template, `$default`, or the WebSocket route key.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Path { template, .. } => template.to_string(),
            Self::Default => "$default".to_owned(),
            Self::Connect => "$connect".to_owned(),
            Self::Message(key) => key.clone(),
        }
    }

    /// `GET` … `ANY`; nothing for `$default` and for WebSocket route keys.
    #[must_use]
    pub const fn method_name(&self) -> Option<&'static str> {
        match self {
            Self::Path { methods, .. } => Some(methods.name()),
            _ => None,
        }
    }
}

impl fmt::Display for RouteKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path { methods, template } => write!(f, "{} {template}", methods.name()),
            _ => f.write_str(&self.path()),
        }
    }
}

/// Who decides about requests to a route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Nobody: the route is open, or guarded by something that is no authorizer of the API.
    Open,
    /// The authorizer with this position in [`crate::model::project::Api::authorizers`].
    Authorizer(usize),
    /// Some authorizer that the definition leaves to deployment; the text says why.
    Unknown(String),
}

/// A route and who guards it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// What it answers to, and where it was declared.
    pub key: Spanned<RouteKey>,
    /// Who guards it.
    pub guard: Guard,
}

/// One concrete request.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Request {
    /// Its method; nothing for the WebSocket `$connect`.
    pub method: Option<Method>,
    /// Its path without the leading slash, or `$connect`.
    pub path: String,
}

impl Request {
    /// Reads a request as reports show it: `GET /v1/users/1`, or `$connect`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (method, path) = match text.trim() {
            "$connect" => return Some(Self { method: None, path: "$connect".to_owned() }),
            other => other.split_once('/')?,
        };
        Some(Self { method: Some(Method::parse(method.trim_end())?), path: path.to_owned() })
    }

    /// `METHOD/path` as in the sixth part of an ARN, or `$connect`.
    #[must_use]
    pub fn arn_tail(&self) -> String {
        self.method.map_or_else(|| self.path.clone(), |method| format!("{}/{}", method.name(), self.path))
    }
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.method {
            Some(method) => write!(f, "{} /{}", method.name(), self.path),
            None => f.write_str(&self.path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_read_and_print_the_same() {
        for text in ["/", "/v1/users", "/v1/users/{id}", "/{proxy+}", "/a:b/{x}/c"] {
            assert_eq!(Template::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Template::parse("/users/").unwrap().to_string(), "/users");
    }

    #[test]
    fn requests_read_and_print_the_same() {
        for text in ["GET /", "POST /v1/users/1", "$connect"] {
            assert_eq!(Request::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Request::parse("GET/v1"), Request::parse("GET /v1"), "as it stands in an ARN");
        assert_eq!((Request::parse("get /"), Request::parse("GET"), Request::parse("/v1")), (None, None, None));
    }

    #[test]
    fn what_is_no_template_says_why() {
        assert_eq!(Template::parse("users"), Err(TemplateError::NoLeadingSlash));
        assert_eq!(Template::parse("/a//b"), Err(TemplateError::EmptySegment));
        assert_eq!(Template::parse("/a/{id}.json"), Err(TemplateError::PartialParameter));
        assert_eq!(Template::parse("/{a+}/b"), Err(TemplateError::GreedyNotLast));
    }
}
