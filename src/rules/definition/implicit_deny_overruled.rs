//! See [`RULE`].

use crate::analysis::Facts;
use crate::analysis::decide::pattern::Certainty;
use crate::analysis::overruled::Overruled;
use crate::finding::Confidence;
use crate::finding::Finding;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds responses that leave requests of the routes that they answer for to the implicit deny, while the resource policy of
    /// the API allows these requests.
    ///
    /// ## Why it matters
    /// API Gateway decides about both policies together, and within one account an Allow in either of them is enough. What the
    /// response meant to refuse by not naming it is allowed to every caller that has a token of any kind.
    /// See [how the two policies are evaluated](https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html).
    ///
    /// ## What to do
    /// Deny explicitly in the response what the caller may not do, or take the Allow out of the resource policy: where it is
    /// there to keep callers out, its Deny statements do that by themselves.
    id: "implicit-deny-overruled",
    summary: "the API's resource policy allows what a response leaves out",
    severity: Warning,
    confidence: High,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    facts.policies.iter().filter_map(|policy| policy.overruled.as_ref()).map(finding).collect()
}

fn finding(found: &Overruled<'_>) -> Finding {
    let Overruled { request, routes, .. } = found;
    let requests = match routes.saturating_sub(1) {
        0 => format!("`{request}`"),
        1 => format!("`{request}` and requests of 1 more route"),
        more => format!("`{request}` and requests of {more} more routes"),
    };
    let them = if *routes == 1 { "it" } else { "them" };
    let (verb, confidence) = match found.certainty {
        Certainty::Sure => ("allows", Confidence::High),
        Certainty::Maybe => ("can allow", Confidence::Medium),
    };
    let message = format!("the policy leaves {requests} out, and the resource policy of the API {verb} {them}");
    let confidence = if found.is_doubtful { Confidence::Medium } else { confidence };
    RULE.at(found.at, message, "leaves requests out")
        .with_related(found.by, format!("`{request}` is allowed here"))
        .with_help("deny explicitly what is to be refused, or take the Allow out of the resource policy")
        .at_most(confidence)
}
