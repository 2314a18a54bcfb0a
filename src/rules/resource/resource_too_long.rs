//! See [`RULE`].

use crate::analysis::Facts;
use crate::finding::Finding;
use crate::rules::resource::resources;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds a Resource of more than 512 characters.
    ///
    /// ## Why it matters
    /// API Gateway documents this length as the most that a Resource of an authorizer's policy may have, and does not say
    /// what it does beyond.
    /// See [the output of a Lambda authorizer](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html).
    ///
    /// ## What to do
    /// Shorten the Resource with a `*`, and take back with a Deny what that grants too much.
    id: "resource-too-long",
    summary: "a Resource is longer than the 512 characters that API Gateway allows",
    severity: Warning,
    confidence: High,
    since: "0.1.0",
    check: check,
}

/// The documented length: see the link above.
const LIMIT: usize = 512;

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for resource in resources(facts) {
        let length = resource.text().chars().count();
        if length > LIMIT {
            let message = format!("this Resource has {length} characters; API Gateway allows {LIMIT}");
            found.push(
                RULE.at(resource.written.span, message, "too long")
                    .with_help("shorten it with a `*`, and deny what that grants too much"),
            );
        }
    }
    found
}
