//! Events of a REST API: TOKEN and REQUEST.

use super::parts::Parts;
use super::parts::TIME_MS;
use super::parts::multiple;
use super::parts::single;
use super::tree::Tree;

pub(super) fn token(parts: &Parts<'_, '_>) -> Tree {
    let token = parts.identity.first().map_or("Bearer <token>", String::as_str);
    Tree::object([
        ("type", "TOKEN".to_owned()),
        ("authorizationToken", token.to_owned()),
        ("methodArn", parts.invocation.arn()),
    ])
}

pub(super) fn request(parts: &Parts<'_, '_>) -> Tree {
    let invocation = parts.invocation;
    let variable = |name| Tree::from(parts.variable(name));
    Tree::object([
        ("type", "REQUEST".into()),
        ("methodArn", invocation.arn().into()),
        ("resource", variable("resourcePath")),
        ("path", format!("/{}", invocation.request.path).into()),
        ("httpMethod", variable("httpMethod")),
        ("headers", single(&parts.headers)),
        ("multiValueHeaders", multiple(&parts.headers)),
        ("queryStringParameters", single(&parts.query)),
        ("multiValueQueryStringParameters", multiple(&parts.query)),
        ("pathParameters", Tree::object(invocation.path_parameters())),
        ("stageVariables", single(&parts.stage_variables)),
        (
            "requestContext",
            parts.context([
                ("resourceId", variable("resourceId")),
                ("resourcePath", variable("resourcePath")),
                ("httpMethod", variable("httpMethod")),
                ("extendedRequestId", variable("extendedRequestId")),
                ("requestTime", variable("requestTime")),
                ("path", variable("path")),
                ("accountId", variable("accountId")),
                ("protocol", variable("protocol")),
                ("stage", variable("stage")),
                ("domainPrefix", variable("domainPrefix")),
                ("requestTimeEpoch", TIME_MS.into()),
                ("requestId", variable("requestId")),
                ("identity", parts.caller()),
                ("domainName", variable("domainName")),
                ("apiId", variable("apiId")),
            ]),
        ),
    ])
}
