//! Events of an HTTP API, in both payload format versions.

use std::fmt::Write as _;

use super::parts::Parts;
use super::parts::TIME_MS;
use super::parts::multiple;
use super::parts::single;
use super::tree::Tree;

/// Payload format version 1.0.
pub(super) fn one(parts: &Parts<'_, '_>) -> Tree {
    let variable = |name| Tree::from(parts.variable(name));
    let identity = parts.identity.join(",");
    Tree::object([
        ("version", "1.0".into()),
        ("type", "REQUEST".into()),
        ("methodArn", parts.invocation.arn().into()),
        ("identitySource", identity.as_str().into()),
        ("authorizationToken", identity.as_str().into()),
        ("resource", variable("resourcePath")),
        ("path", variable("path")),
        ("httpMethod", variable("httpMethod")),
        ("headers", single(&parts.headers)),
        ("multiValueHeaders", multiple(&parts.headers)),
        ("queryStringParameters", single(&parts.query)),
        ("multiValueQueryStringParameters", multiple(&parts.query)),
        ("pathParameters", Tree::object(parts.invocation.path_parameters())),
        ("stageVariables", single(&parts.stage_variables)),
        (
            "requestContext",
            parts.context([
                ("accountId", variable("accountId")),
                ("apiId", variable("apiId")),
                ("domainName", variable("domainName")),
                ("domainPrefix", variable("domainPrefix")),
                ("extendedRequestId", variable("extendedRequestId")),
                ("httpMethod", variable("httpMethod")),
                ("identity", parts.caller()),
                ("path", variable("path")),
                ("protocol", variable("protocol")),
                ("requestId", variable("requestId")),
                ("requestTime", variable("requestTime")),
                ("requestTimeEpoch", TIME_MS.into()),
                // An HTTP API has no resources: the route key is their name.
                ("resourceId", variable("routeKey")),
                ("resourcePath", variable("resourcePath")),
                ("stage", variable("stage")),
            ]),
        ),
    ])
}

/// Payload format version 2.0. What a request doesn't have is left out.
pub(super) fn two(parts: &Parts<'_, '_>) -> Tree {
    let variable = |name| Tree::from(parts.variable(name));
    let lower = |(name, value): &(String, String)| (name.to_ascii_lowercase(), value.clone());
    let headers: Vec<(String, String)> = parts.headers.iter().map(lower).collect();
    let mut members: Vec<(&str, Tree)> = vec![
        ("version", "2.0".into()),
        ("type", "REQUEST".into()),
        ("routeArn", parts.invocation.arn().into()),
        ("identitySource", parts.identity.clone().into()),
        ("routeKey", variable("routeKey")),
        ("rawPath", variable("path")),
        ("rawQueryString", raw(&parts.query).into()),
        ("headers", single(&headers)),
    ];
    let parameters = parts.invocation.path_parameters();
    if !parts.query.is_empty() {
        members.push(("queryStringParameters", single(&parts.query)));
    }
    members.push(("requestContext", context(parts)));
    if !parameters.is_empty() {
        members.push(("pathParameters", Tree::object(parameters)));
    }
    if !parts.stage_variables.is_empty() {
        members.push(("stageVariables", single(&parts.stage_variables)));
    }
    Tree::object(members)
}

fn context(parts: &Parts<'_, '_>) -> Tree {
    let variable = |name| Tree::from(parts.variable(name));
    parts.context([
        ("accountId", variable("accountId")),
        ("apiId", variable("apiId")),
        ("domainName", variable("domainName")),
        ("domainPrefix", variable("domainPrefix")),
        (
            "http",
            Tree::object([
                ("method", variable("httpMethod")),
                ("path", variable("path")),
                ("protocol", variable("protocol")),
                ("sourceIp", variable("identity.sourceIp")),
                ("userAgent", variable("identity.userAgent")),
            ]),
        ),
        ("requestId", variable("requestId")),
        ("routeKey", variable("routeKey")),
        ("stage", variable("stage")),
        ("time", variable("requestTime")),
        ("timeEpoch", TIME_MS.into()),
    ])
}

/// The query string as it stands in the URL.
fn raw(query: &[(String, String)]) -> String {
    let pair = |(name, value): &(String, String)| format!("{}={}", encoded(name), encoded(value));
    query.iter().map(pair).collect::<Vec<_>>().join("&")
}

/// Percent-encoded but for what RFC 3986 leaves unreserved.
fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for &byte in text.as_bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a text can't fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
