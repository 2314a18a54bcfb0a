//! Identity sources: which mapping expressions a kind of API has, and what their values say about the caller.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html#http-api-lambda-authorizer.identity-sources> and
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-apigateway-authorizer.html>

use crate::model::authorizer::ApiKind;
use crate::model::authorizer::UNKNOWN_SOURCE;

/// What an identity source reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentitySource<'s> {
    /// A header.
    Header(&'s str),
    /// A query string parameter.
    Query(&'s str),
    /// A stage variable.
    StageVariable(&'s str),
    /// A variable of the request context.
    Context(&'s str),
    /// Deployment decides it.
    Unknown,
}

/// Why a text is no identity source of a kind of API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// A path parameter, which is never part of a key.
    Path,
    /// The body, which an authorizer never sees.
    Body,
    /// The form of another kind of API; how this kind writes it.
    Form(String),
    /// No mapping expression at all.
    NoExpression,
}

/// What an identity source says about who sends a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tells {
    /// Nothing: it is the same for every caller.
    Nothing,
    /// Where it comes from: callers may have it in common.
    Network,
    /// Who it is, or something that the caller chose.
    Caller,
}

impl ApiKind {
    /// What stands before the part of the request in its mapping expressions.
    const fn request_prefix(self) -> &'static str {
        match self {
            Self::Rest => "method.request.",
            Self::Http => "$request.",
            Self::WebSocket => "route.request.",
        }
    }

    /// What stands before `context` and `stageVariables`.
    const fn dollar(self) -> &'static str {
        match self {
            Self::Http => "$",
            Self::Rest | Self::WebSocket => "",
        }
    }

    /// The mapping expressions that an authorizer of this kind of API can have, as examples.
    #[must_use]
    pub fn identity_source_forms(self) -> [String; 4] {
        let (request, dollar) = (self.request_prefix(), self.dollar());
        [
            format!("{request}header.Name"),
            format!("{request}querystring.Name"),
            format!("{dollar}stageVariables.Name"),
            format!("{dollar}context.Name"),
        ]
    }
}

/// Reads an identity source of an authorizer of `kind`.
///
/// # Errors
/// Where no authorizer of this kind of API can have it. A `$` too many before `context` and `stageVariables` is let pass, and so is the form
/// of an HTTP API for a WebSocket API: both are found in documentation.
pub fn parse(kind: ApiKind, text: &str) -> Result<IdentitySource<'_>, Flaw> {
    if text.contains(UNKNOWN_SOURCE) {
        return Ok(IdentitySource::Unknown);
    }
    let bare = text.strip_prefix('$').unwrap_or(text);
    let requests = ["method.request.", "route.request.", "request."];
    let part = requests.into_iter().find_map(|prefix| bare.strip_prefix(prefix));
    let starts = |word: &str| part.and_then(|part| part.strip_prefix(word)).is_some_and(is_end);
    if starts("path") {
        return Err(Flaw::Path);
    }
    if starts("body") {
        return Err(Flaw::Body);
    }
    let (source, written) = read(kind, bare, part).ok_or(Flaw::NoExpression)?;
    let is_written_so = text == written
        || (kind == ApiKind::WebSocket && part.is_some() && text == format!("$request.{}", part.unwrap_or_default()))
        || (kind != ApiKind::Http && part.is_none() && text == format!("${written}"));
    if is_written_so { Ok(source) } else { Err(Flaw::Form(written)) }
}

const fn is_end(rest: &str) -> bool {
    matches!(rest.as_bytes().first(), None | Some(b'.'))
}

/// What an expression reads whatever its form, and the form that it has in this kind of API.
fn read<'s>(kind: ApiKind, bare: &'s str, part: Option<&'s str>) -> Option<(IdentitySource<'s>, String)> {
    let named = |text: Option<&'s str>, prefix: &str| text?.strip_prefix(prefix).filter(|name| !name.is_empty());
    if let Some(part) = part {
        let header = named(Some(part), "header.").map(IdentitySource::Header);
        let source = header.or_else(|| named(Some(part), "querystring.").map(IdentitySource::Query))?;
        return Some((source, format!("{}{part}", kind.request_prefix())));
    }
    let variable = named(Some(bare), "stageVariables.").map(IdentitySource::StageVariable);
    let source = variable.or_else(|| named(Some(bare), "context.").map(IdentitySource::Context))?;
    Some((source, format!("{}{bare}", kind.dollar())))
}

impl IdentitySource<'_> {
    /// What its value says about the caller; what is not known to say nothing is taken to say who it is.
    ///
    /// From the definitions of the variables in
    /// <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html> and
    /// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html>.
    #[must_use]
    pub fn tells(self) -> Tells {
        match self {
            Self::Header(_) | Self::Query(_) | Self::Unknown => Tells::Caller,
            Self::StageVariable(_) => Tells::Nothing,
            Self::Context(name) => match name {
                "identity.sourceIp" | "identity.userAgent" | "identity.vpcId" | "identity.vpceId" => Tells::Network,
                "accountId"
                | "apiId"
                | "awsEndpointRequestId"
                | "customDomain.basePathMatched"
                | "deploymentId"
                | "domainName"
                | "domainPrefix"
                | "extendedRequestId"
                | "httpMethod"
                | "isCanaryRequest"
                | "path"
                | "protocol"
                | "requestId"
                | "requestTime"
                | "requestTimeEpoch"
                | "resourceId"
                | "resourcePath"
                | "routeKey"
                | "stage" => Tells::Nothing,
                _ => Tells::Caller,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_api_has_its_own_forms() {
        use ApiKind::Http;
        use ApiKind::Rest;
        use ApiKind::WebSocket;
        for (kind, text, source) in [
            (Rest, "method.request.header.Authorization", IdentitySource::Header("Authorization")),
            (Rest, "method.request.querystring.token", IdentitySource::Query("token")),
            (Rest, "stageVariables.tenant", IdentitySource::StageVariable("tenant")),
            (Rest, "context.identity.sourceIp", IdentitySource::Context("identity.sourceIp")),
            (Rest, "$context.path", IdentitySource::Context("path")),
            (Rest, "method.request.header.(unknown)", IdentitySource::Unknown),
            (Http, "$request.header.authorization", IdentitySource::Header("authorization")),
            (Http, "$context.routeKey", IdentitySource::Context("routeKey")),
            (WebSocket, "route.request.querystring.token", IdentitySource::Query("token")),
            (WebSocket, "$request.header.Auth", IdentitySource::Header("Auth")),
            (WebSocket, "stageVariables.tenant", IdentitySource::StageVariable("tenant")),
        ] {
            assert_eq!(parse(kind, text), Ok(source), "{kind:?} {text}");
        }
        for form in
            [Rest, Http, WebSocket].into_iter().flat_map(|kind| kind.identity_source_forms().map(|form| (kind, form)))
        {
            assert!(parse(form.0, &form.1).is_ok(), "{form:?}");
        }
    }

    #[test]
    fn what_is_no_identity_source_says_why() {
        use ApiKind::Http;
        use ApiKind::Rest;
        use ApiKind::WebSocket;
        let form = |text: &str| Flaw::Form(text.to_owned());
        for (kind, text, flaw) in [
            (Rest, "method.request.path.id", Flaw::Path),
            (Http, "$request.path", Flaw::Path),
            (Rest, "method.request.body.user", Flaw::Body),
            (WebSocket, "route.request.body.action", Flaw::Body),
            (Rest, "$request.header.Authorization", form("method.request.header.Authorization")),
            (Http, "method.request.header.Authorization", form("$request.header.Authorization")),
            (Http, "request.querystring.token", form("$request.querystring.token")),
            (Http, "context.routeKey", form("$context.routeKey")),
            (WebSocket, "method.request.header.Auth", form("route.request.header.Auth")),
            (Rest, "Authorization", Flaw::NoExpression),
            (Rest, "method.request.header.", Flaw::NoExpression),
            (Http, "$request.headers.Authorization", Flaw::NoExpression),
            (Http, "", Flaw::NoExpression),
        ] {
            assert_eq!(parse(kind, text), Err(flaw), "{kind:?} {text}");
        }
    }

    #[test]
    fn only_some_sources_say_who_calls() {
        let tells = |text| parse(ApiKind::Rest, text).unwrap().tells();
        assert_eq!(tells("method.request.header.X-Tenant"), Tells::Caller);
        assert_eq!(tells("context.identity.apiKey"), Tells::Caller);
        assert_eq!(tells("context.identity.clientCert.subjectDN"), Tells::Caller);
        assert_eq!(tells("context.identity.sourceIp"), Tells::Network);
        assert_eq!(tells("context.httpMethod"), Tells::Nothing);
        assert_eq!(tells("stageVariables.version"), Tells::Nothing);
    }
}
