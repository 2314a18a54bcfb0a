//! The event of a WebSocket API: `$connect`, which has neither method nor path.

use super::parts::Parts;
use super::parts::TIME_MS;
use super::parts::multiple;
use super::parts::single;
use super::tree::Tree;

pub(super) fn connect(parts: &Parts<'_, '_>) -> Tree {
    let variable = |name| Tree::from(parts.variable(name));
    Tree::object([
        ("type", "REQUEST".into()),
        ("methodArn", parts.invocation.arn().into()),
        ("headers", single(&parts.headers)),
        ("multiValueHeaders", multiple(&parts.headers)),
        ("queryStringParameters", single(&parts.query)),
        ("multiValueQueryStringParameters", multiple(&parts.query)),
        ("stageVariables", single(&parts.stage_variables)),
        (
            "requestContext",
            parts.context([
                ("routeKey", variable("routeKey")),
                ("eventType", "CONNECT".into()),
                ("extendedRequestId", variable("extendedRequestId")),
                ("requestTime", variable("requestTime")),
                ("messageDirection", "IN".into()),
                ("stage", variable("stage")),
                ("connectedAt", TIME_MS.into()),
                ("requestTimeEpoch", TIME_MS.into()),
                ("identity", parts.caller()),
                ("requestId", variable("requestId")),
                ("domainName", variable("domainName")),
                ("connectionId", variable("extendedRequestId")),
                ("apiId", variable("apiId")),
            ]),
        ),
    ])
}
