//! See [`RULE`].

use crate::analysis::Facts;
use crate::analysis::coverage::shape::Shape;
use crate::finding::Confidence;
use crate::finding::Finding;
use crate::finding::Severity;
use crate::rules::coverage::complete;
use crate::rules::coverage::share;
use crate::rules::coverage::shortfalls;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds routes that a cached policy allows for some of their requests and refuses for others: `/users/123` where the
    /// route is `/users/{id}`. It is an error where the allowed requests are named one by one, a warning where a pattern
    /// such as `tenants/42/*` allows them.
    ///
    /// ## Why it matters
    /// The ARN of a request holds the concrete path, so a policy made for one value of a path parameter refuses the next
    /// value while it is cached.
    /// See [how these ARNs are made](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html).
    ///
    /// ## What to do
    /// Put a wildcard in the place of the parameter. If callers may only reach their own part of a route, say so under
    /// `expected-denials` in the configuration, or add `context.path` and `context.httpMethod` to the identity sources.
    id: "partly-allowed-route",
    summary: "a cached policy allows a route for some of its requests only",
    severity: Error,
    confidence: High,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for shortfall in shortfalls(facts) {
        let (partly, label, is_pattern) = match &shortfall.shape {
            Shape::SomeRequests(partly) => (partly, "names single requests of the route", false),
            Shape::SomePattern(partly) => (partly, "matches a part of the route", true),
            _ => continue,
        };
        let message = format!(
            "`{}` is allowed for `{}` and refused for `{}` while the policy is cached; it {}",
            partly.route,
            partly.allowed,
            partly.refused,
            share(shortfall)
        );
        let mut finding = complete(RULE.at(shortfall.at, message, label), shortfall);
        if is_pattern {
            let meant =
                "if callers are meant to reach only a part of the route, list the rest under `expected-denials`";
            let help = format!("{meant}\n{}", finding.help);
            finding = finding.no_worse_than(Severity::Warning).at_most(Confidence::Medium).with_help(help);
            // A Resource that is wrong in itself explains why it matches what nobody meant.
            finding = finding.yielding_to(vec![shortfall.at]);
        }
        found.push(finding);
    }
    found
}
