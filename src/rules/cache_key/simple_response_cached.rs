//! See [`RULE`].

use crate::analysis::Facts;
use crate::analysis::scope::is_cached;
use crate::finding::Finding;
use crate::rules::cache_key::Asked;
use crate::rules::cache_key::attached;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds HTTP APIs that cache simple responses (`isAuthorized`) under a key that is the same for several routes.
    ///
    /// ## Why it matters
    /// A simple response [allows or denies every request](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html#http-api-lambda-authorizer.payload-format-response)
    /// with the same values of the identity sources. What the function decided for the first route that a caller used holds for
    /// all the others until the TTL ends: one that the caller may not use is open, or one that it may use is closed.
    ///
    /// ## What to do
    /// Add `$context.routeKey` to the identity sources: then each route has its own response. Where the decision depends on the
    /// path as well, return an IAM policy, or add `$context.path` and `$context.httpMethod`.
    id: "simple-response-cached",
    summary: "one cached simple response decides for several routes",
    severity: Warning,
    confidence: High,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    attached(facts).filter_map(found).collect()
}

fn found(asked: Asked<'_>) -> Option<Finding> {
    let Asked { api, authorizer, .. } = asked;
    // Where nobody knows whether it is cached, `unstated-ttl` speaks.
    authorizer.ttl.get().seconds().filter(|_| is_cached(api.kind, authorizer))?;
    let routes = asked.routes_with_one_verdict()?;
    let message =
        format!("one cached simple response of `{}` allows or denies {routes} routes at once", authorizer.name.value);
    let help = "if the decision depends on the route, add `$context.routeKey` to the identity sources, or return an IAM policy";
    Some(asked.with_ttl(RULE.at(authorizer.name.span, message, "returns simple responses")).with_help(help))
}
