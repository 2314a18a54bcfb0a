//! See [`RULE`].

use crate::analysis::Facts;
use crate::analysis::judge::Allows;
use crate::analysis::judge::Shape;
use crate::finding::Finding;
use crate::rules::coverage::complete;
use crate::rules::coverage::share;
use crate::rules::coverage::shortfalls;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds policies that leave whole routes of their cache scope to the implicit deny: routes behind the same authorizer
    /// that no Allow names and no Deny speaks of.
    ///
    /// ## Why it matters
    /// While the policy is cached, it answers for these routes too, with 403. Often they were added later than the list, or
    /// the list was made for one group of endpoints.
    /// See [how caching works](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html#http-api-lambda-authorizer.caching).
    ///
    /// ## What to do
    /// Allow every route that the caller may use. Where a refusal is meant, say so: with an explicit Deny, or under
    /// `expected-denials` in the configuration.
    id: "uncovered-routes",
    summary: "a cached policy says nothing about routes behind the same authorizer",
    severity: Warning,
    confidence: High,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for shortfall in shortfalls(facts) {
        let Shape::WholeRoutes(allows) = &shortfall.shape else { continue };
        let (message, label) = match allows {
            Allows::Something => (
                format!("the policy leaves {} out; once cached, it {}", first_refused(shortfall), share(shortfall)),
                "says nothing about the others",
            ),
            Allows::Nothing => (
                format!("the policy allows no request of `{}`, and says so nowhere", shortfall.evidence.authorizer),
                "matches none of its requests",
            ),
        };
        let finding = complete(RULE.at(shortfall.at, message, label), shortfall);
        found.push(if shortfall.allows_nothing() { finding.yielding_to(shortfall.grants.clone()) } else { finding });
    }
    found
}

/// "`POST /v1/orders`", or "`POST /v1/orders` and 3 more routes".
fn first_refused(shortfall: &crate::analysis::coverage::Shortfall<'_>) -> String {
    let refused = &shortfall.evidence.refused;
    let first = refused.first().map_or("routes", |refused| refused.route.as_str());
    match refused.len().saturating_sub(1) {
        0 => format!("`{first}`"),
        1 => format!("`{first}` and 1 more route"),
        more => format!("`{first}` and {more} more routes"),
    }
}
