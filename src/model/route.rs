//! Routes and requests. A route is a *set* of requests; a request is one concrete method and path.

use std::fmt;

pub use crate::model::template::Segment;
pub use crate::model::template::Template;
pub use crate::model::template::TemplateError;
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

    /// Whether every request that another key denotes is one that this key denotes, whatever routes there are beside them.
    #[must_use]
    pub fn includes(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Path { methods, template }, Self::Path { methods: others, template: narrower }) => {
                (methods == others || *methods == Methods::Any) && template.includes(narrower)
            }
            (Self::Default, Self::Path { .. }) => true,
            _ => self == other,
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
    fn requests_read_and_print_the_same() {
        for text in ["GET /", "POST /v1/users/1", "$connect"] {
            assert_eq!(Request::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Request::parse("GET/v1"), Request::parse("GET /v1"), "as it stands in an ARN");
        assert_eq!((Request::parse("get /"), Request::parse("GET"), Request::parse("/v1")), (None, None, None));
    }

    #[test]
    fn wider_keys_include_narrower_ones() {
        let key = |text: &str| {
            let (method, path) = text.split_once(' ').unwrap();
            let methods = Method::parse(method).map_or(Methods::Any, Methods::One);
            RouteKey::Path { methods, template: Template::parse(path).unwrap() }
        };
        for (wide, narrow, included) in [
            ("GET /a", "GET /a", true),
            ("ANY /a", "GET /a", true),
            ("GET /a", "ANY /a", false),
            ("GET /{x}", "GET /{y}", true),
            ("GET /{x}", "GET /a", true),
            ("GET /a", "GET /{x}", false),
            ("GET /{x}", "GET /a/b", false),
            ("GET /{x}", "GET /{y+}", false),
            ("GET /{x+}", "GET /a/{y}/b", true),
            ("GET /{x+}", "GET /", false),
            ("GET /a/{x+}", "GET /a/{y+}", true),
            ("GET /", "GET /a", false),
        ] {
            assert_eq!(key(wide).includes(&key(narrow)), included, "{wide} and {narrow}");
        }
        assert!(RouteKey::Default.includes(&key("GET /a")));
        assert!(!RouteKey::Default.includes(&RouteKey::Connect));
    }
}
