//! Authorizers and how their responses are cached.

use crate::source::Span;
use crate::source::Spanned;

/// The kind of an API; it decides which identity sources exist and which TTL is the default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ApiKind {
    /// REST API (API Gateway v1).
    Rest,
    /// HTTP API (API Gateway v2).
    Http,
    /// WebSocket API: authorized once, at `$connect`, and never cached.
    WebSocket,
}

impl ApiKind {
    /// `rest`, `http` or `websocket`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rest => "rest",
            Self::Http => "http",
            Self::WebSocket => "websocket",
        }
    }
}

/// How an authorizer decides. Only the first two are Lambda authorizers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AuthorizerKind {
    /// Lambda, given one header of a REST API request.
    Token,
    /// Lambda, given the whole request.
    Request,
    /// A Cognito user pool.
    Cognito,
    /// A JSON Web Token, checked by API Gateway itself.
    Jwt,
    /// AWS Signature Version 4.
    Iam,
}

impl AuthorizerKind {
    /// `token`, `request`, `cognito`, `jwt` or `iam`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Request => "request",
            Self::Cognito => "cognito",
            Self::Jwt => "jwt",
            Self::Iam => "iam",
        }
    }

    /// Whether a Lambda function decides, so that there is a response to check.
    #[must_use]
    pub const fn is_lambda(self) -> bool {
        matches!(self, Self::Token | Self::Request)
    }
}

/// A setting that the platform or a tool fills in when the user leaves it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting<T> {
    /// The user wrote it.
    Written(Spanned<T>),
    /// The user gave it as an option on the command line, or in the configuration; the text says which.
    Given {
        /// What was given.
        value: T,
        /// `--ttl`, for example.
        by: String,
    },
    /// Nobody wrote it.
    Default {
        /// What holds then.
        value: T,
        /// The block that could have held it.
        owner: Span,
        /// Whose default it is, in words: `API Gateway's default`.
        origin: String,
    },
}

impl<T> Setting<T> {
    /// What holds, whoever decided it.
    pub const fn get(&self) -> &T {
        match self {
            Self::Written(Spanned { value, .. }) | Self::Given { value, .. } | Self::Default { value, .. } => value,
        }
    }

    /// Where it was written, or the block that could have held it; nothing for an option.
    pub const fn span(&self) -> Option<Span> {
        match self {
            Self::Written(Spanned { span, .. }) => Some(*span),
            Self::Given { .. } => None,
            Self::Default { owner, .. } => Some(*owner),
        }
    }

    /// Whether somebody stated it.
    pub const fn is_stated(&self) -> bool {
        !matches!(self, Self::Default { .. })
    }

    /// Where it comes from, in words: `stated`, `--ttl`, `API Gateway's default`.
    pub fn origin(&self) -> &str {
        match self {
            Self::Written(_) => "stated",
            Self::Given { by, .. } => by,
            Self::Default { origin, .. } => origin,
        }
    }
}

/// How long a response is cached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ttl {
    /// This many seconds; 0 is no caching.
    Seconds(u32),
    /// Not stated, and no default is documented (HTTP API), or left to deployment.
    Unknown,
    /// A text that is no number of seconds.
    Unusable(String),
}

impl Ttl {
    /// Reads a text that some tool takes for a number of seconds; `300.0` is what others make of 300.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let whole = text.trim();
        let seconds = whole.strip_suffix(".0").unwrap_or(whole).parse().map(Self::Seconds);
        seconds.unwrap_or_else(|_| Self::Unusable(text.to_owned()))
    }

    /// The seconds, where they are known.
    #[must_use]
    pub const fn seconds(&self) -> Option<u32> {
        match self {
            Self::Seconds(seconds) => Some(*seconds),
            Self::Unknown | Self::Unusable(_) => None,
        }
    }
}

/// Stands for an identity source, or for the name in one (`method.request.header.(unknown)`), that a definition leaves to deployment, so
/// that nobody takes the list of sources for complete.
pub const UNKNOWN_SOURCE: &str = "(unknown)";

/// An authorizer of an API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorizer {
    /// The name under which routes refer to it.
    pub id: String,
    /// The name that the API shows, and where the authorizer was declared.
    pub name: Spanned<String>,
    /// How it decides.
    pub kind: AuthorizerKind,
    /// `authorizerResultTtlInSeconds`.
    pub ttl: Setting<Ttl>,
    /// The mapping expressions whose values are the cache key, as written.
    pub identity_sources: Setting<Vec<Spanned<String>>>,
    /// `authorizerPayloadFormatVersion` of an HTTP API: `1.0` or `2.0`.
    pub payload: Option<Spanned<String>>,
    /// `enableSimpleResponses` of an HTTP API; nothing where deployment decides it, or where a format has no word for it.
    pub simple_responses: Option<bool>,
}

impl Authorizer {
    /// Whether a name means this authorizer.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        self.id == name || self.name.value == name
    }
}

/// What an identity source says about the route of a request: how it splits the requests that share a cached response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Split {
    /// By the method of the request.
    Method,
    /// By the path template of the route.
    Template,
    /// By the route: method and template as declared.
    Route,
    /// By the concrete path of the request.
    Path,
    /// By the request itself: nothing is shared.
    Request,
}

/// How one identity source splits the requests of a stage; nothing for headers, query strings, stage variables and facts about the caller.
/// One that deployment decides may tell every request apart, so that nothing is taken for shared.
///
/// From the definitions of the variables in
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html> and
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html#http-api-lambda-authorizer.caching>.
#[must_use]
pub fn split_by(kind: ApiKind, expression: &str) -> Option<Split> {
    if expression.strip_suffix(UNKNOWN_SOURCE).is_some_and(|known| matches!(known, "" | "context." | "$context.")) {
        return Some(Split::Request);
    }
    let variable = match kind {
        ApiKind::Rest => expression.strip_prefix('$').unwrap_or(expression).strip_prefix("context.")?,
        ApiKind::Http => expression.strip_prefix("$context.")?,
        ApiKind::WebSocket => return None,
    };
    match (kind, variable) {
        (_, "httpMethod") => Some(Split::Method),
        (ApiKind::Rest, "resourcePath" | "resourceId") => Some(Split::Template),
        (ApiKind::Http, "routeKey") => Some(Split::Route),
        (_, "path") => Some(Split::Path),
        (_, "requestId" | "extendedRequestId" | "requestTime" | "requestTimeEpoch" | "awsEndpointRequestId") => {
            Some(Split::Request)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ttl_is_a_whole_number_of_seconds() {
        for (text, seconds) in [("300", 300), (" 60 ", 60), ("300.0", 300), ("0", 0)] {
            assert_eq!(Ttl::parse(text), Ttl::Seconds(seconds), "{text}");
        }
        for text in ["-1", "5m", "1.5", "", "99999999999"] {
            assert_eq!(Ttl::parse(text), Ttl::Unusable(text.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_source_that_is_not_known_may_split_anything() {
        for source in ["(unknown)", "context.(unknown)", "$context.(unknown)"] {
            assert_eq!(split_by(ApiKind::Rest, source), Some(Split::Request), "{source}");
        }
        assert_eq!(split_by(ApiKind::Rest, "method.request.header.(unknown)"), None);
    }
}
