//! See [`RULE`].

use crate::analysis::Facts;
use crate::finding::Confidence;
use crate::finding::Finding;
use crate::model::authorizer::ApiKind;
use crate::model::authorizer::Setting;
use crate::model::authorizer::Ttl;
use crate::rules::cache_key::Asked;
use crate::rules::cache_key::asked;
use crate::rules::rule;

/// The longest time for which API Gateway keeps a response; nobody can have it raised:
/// <https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html>.
const LONGEST: u32 = 3600;

rule! {
    /// ## What it does
    /// Finds a TTL that API Gateway doesn't take: more than 3600 seconds, less than 0, no number at all, or one that is set on
    /// the authorizer of a WebSocket API.
    ///
    /// ## Why it matters
    /// API Gateway refuses to create or to change the authorizer, and the deployment ends there. For REST APIs see
    /// [`CreateAuthorizer`](https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html), for the others
    /// [`AWS::ApiGatewayV2::Authorizer`](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-apigatewayv2-authorizer.html),
    /// which has a TTL for HTTP APIs only.
    ///
    /// ## What to do
    /// Write a whole number of seconds from 0, which is no caching, to 3600. Leave it out of a WebSocket API: it asks its
    /// authorizer once, when a client connects, and caches nothing.
    id: "invalid-ttl",
    summary: "a TTL that API Gateway doesn't take",
    severity: Error,
    confidence: High,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    asked(facts).filter_map(found).collect()
}

fn found(asked: Asked<'_>) -> Option<Finding> {
    let Asked { api, authorizer, .. } = asked;
    let ttl = authorizer.ttl.get();
    let at = authorizer.ttl.span().unwrap_or(authorizer.name.span);
    let name = &authorizer.name.value;
    let range = "a TTL is a whole number of seconds from 0, which is no caching, to 3600";
    match (api.kind, ttl) {
        // 0 says what holds anyway; states and saved output have it.
        (_, Ttl::Unknown) | (ApiKind::WebSocket, Ttl::Seconds(0)) => None,
        // An option may mean the other APIs of the run.
        (ApiKind::WebSocket, _) if !matches!(authorizer.ttl, Setting::Written(_)) => None,
        (ApiKind::WebSocket, _) => Some(
            RULE.at(at, format!("`{name}` is of a WebSocket API, which has no TTL"), "nothing is cached here")
                .at_most(Confidence::Medium)
                .with_help("leave the TTL out: the function is asked once, when a client connects"),
        ),
        (_, Ttl::Unusable(text)) => Some(
            RULE.at(at, format!("the TTL of `{name}` is `{text}`, which is no number of seconds"), "no TTL")
                .with_help(range),
        ),
        (_, Ttl::Seconds(seconds)) if *seconds > LONGEST => Some(
            RULE.at(
                at,
                format!("the TTL of `{name}` is {seconds} seconds, and API Gateway takes 3600 at most"),
                "too long",
            )
            .with_help(range),
        ),
        (_, Ttl::Seconds(_)) => None,
    }
}
