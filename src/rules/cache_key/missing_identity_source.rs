//! See [`RULE`].

use crate::analysis::Facts;
use crate::finding::Finding;
use crate::model::authorizer::ApiKind;
use crate::model::authorizer::AuthorizerKind;
use crate::rules::cache_key::Asked;
use crate::rules::cache_key::asked;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds caching authorizers without an identity source, and TOKEN authorizers without one whether they cache or not.
    ///
    /// ## Why it matters
    /// The identity sources are the cache key. Without a key API Gateway refuses to create the authorizer, and the deployment
    /// ends there: `Invalid request input`, or `Identity source must be set if authorizer caching is enabled`.
    /// See [`identitySource`](https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html#apigw-CreateAuthorizer-request-identitySource)
    /// for REST APIs, and [caching](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html#http-api-lambda-authorizer.caching)
    /// for HTTP APIs.
    ///
    /// ## What to do
    /// Name the header, the query string parameter or the context variable by which the function recognizes callers. If
    /// nothing is to be cached, set the TTL to 0: a REST API caches for 300 seconds where nobody says anything.
    id: "missing-identity-source",
    summary: "an authorizer that caches without a cache key",
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
    if api.kind == ApiKind::WebSocket || !authorizer.identity_sources.get().is_empty() {
        return None;
    }
    let name = &authorizer.name.value;
    let caches = authorizer.ttl.get().seconds().is_some_and(|seconds| seconds > 0);
    let message = match authorizer.kind {
        AuthorizerKind::Token => format!("`{name}` is a TOKEN authorizer without an identity source"),
        _ if caches => format!("`{name}` caches its responses and has no identity source"),
        _ => return None,
    };
    let [header, ..] = api.kind.identity_source_forms();
    let header = header.replace("Name", "Authorization");
    let otherwise = if authorizer.kind == AuthorizerKind::Token { "" } else { ", or set the TTL to 0" };
    let help = format!("name what the function recognizes callers by, such as `{header}`{otherwise}");
    Some(asked.with_ttl(RULE.at(authorizer.name.span, message, "no cache key")).with_help(help))
}
