//! See [`RULE`].

use crate::analysis::Facts;
use crate::analysis::scope::is_cached;
use crate::finding::Finding;
use crate::model::authorizer::Split;
use crate::model::authorizer::UNKNOWN_SOURCE;
use crate::model::authorizer::split_by;
use crate::rules::cache_key::Asked;
use crate::rules::cache_key::attached;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds an identity source whose value differs from request to request, such as `context.requestId`, on an authorizer that
    /// is meant to cache.
    ///
    /// ## Why it matters
    /// A cached response is used again only where [every part of the key](https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization.html)
    /// is the same. With such a source in it there is no second request of that key: the function is asked every time, and the
    /// TTL says something that doesn't happen.
    ///
    /// ## What to do
    /// Leave it out of the identity sources. If every request has to be decided anew, say so with a TTL of 0.
    id: "key-never-repeats",
    summary: "a cache key that differs from request to request",
    severity: Warning,
    confidence: Medium,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let caching = attached(facts).filter(|asked| is_cached(asked.api.kind, asked.authorizer));
    caching.filter_map(found).collect()
}

fn found(asked: Asked<'_>) -> Option<Finding> {
    let Asked { api, authorizer, .. } = asked;
    let is_of_one_request =
        |source: &str| !source.contains(UNKNOWN_SOURCE) && split_by(api.kind, source) == Some(Split::Request);
    let source = authorizer.identity_sources.get().iter().find(|source| is_of_one_request(&source.value))?;
    let message = format!(
        "`{}` differs from request to request, so that no cached response of `{}` is used again",
        source.value, authorizer.name.value
    );
    let help = "leave it out of the identity sources; if every request has to be decided anew, set the TTL to 0";
    Some(asked.with_ttl(RULE.at(source.span, message, asked.about_key("never the same twice"))).with_help(help))
}
