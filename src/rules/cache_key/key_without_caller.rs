//! See [`RULE`].

use crate::analysis::Facts;
use crate::analysis::scope::is_cached;
use crate::analysis::scope::splits;
use crate::finding::Finding;
use crate::finding::Severity;
use crate::model::authorizer::Split;
use crate::model::identity_source::IdentitySource;
use crate::model::identity_source::Tells;
use crate::rules::cache_key::Asked;
use crate::rules::cache_key::attached;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds caching authorizers whose cache key says nothing about the caller: only stage variables and context variables
    /// such as `context.httpMethod`. Where the key holds the caller's address or user agent alone, it is a warning.
    ///
    /// ## Why it matters
    /// The identity sources are [the whole cache key](https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization.html).
    /// What the function decided for one caller is used for every other caller with the same key until the TTL ends: the second
    /// one gets in with the permissions, and with the `context`, of the first. One address or user agent can stand for many
    /// callers, and anybody can send the user agent of another.
    ///
    /// ## What to do
    /// Add to the identity sources what the function recognizes callers by: the header with the token, the API key
    /// (`context.identity.apiKey`), or the client certificate.
    id: "key-without-caller",
    summary: "a cache key that says nothing about the caller",
    severity: Error,
    confidence: Medium,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    attached(facts).filter_map(found).collect()
}

fn found(asked: Asked<'_>) -> Option<Finding> {
    let Asked { api, authorizer, .. } = asked;
    if !is_cached(api.kind, authorizer) || splits(api.kind, authorizer).contains(&Split::Request) {
        return None;
    }
    let at = authorizer.identity_sources.span().unwrap_or(authorizer.name.span);
    let name = &authorizer.name.value;
    let finding = match asked.key()?.into_iter().map(IdentitySource::tells).max()? {
        Tells::Caller => return None,
        Tells::Nothing => RULE.at(
            at,
            format!("the cache key of `{name}` says nothing about the caller: all callers share its responses"),
            asked.about_key("the same for every caller"),
        ),
        Tells::Network => RULE
            .at(
                at,
                format!("the cache key of `{name}` knows callers by their network or user agent only"),
                asked.about_key("callers can have it in common"),
            )
            .no_worse_than(Severity::Warning),
    };
    let [header, ..] = api.kind.identity_source_forms();
    let header = header.replace("Name", "Authorization");
    let help = format!("add what the function recognizes callers by to the identity sources, such as `{header}`");
    Some(asked.with_ttl(finding).with_help(help))
}
