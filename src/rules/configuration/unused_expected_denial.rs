//! See [`RULE`].

use crate::analysis::Facts;
use crate::analysis::intent::Unmet;
use crate::finding::Finding;
use crate::model::intent::Policies;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds a route of an expected denial of which no policy refuses a request.
    ///
    /// ## Why it matters
    /// An expected denial says that a request is refused on purpose. Where every policy allows it, the caller can do
    /// what was meant to be kept from him: an Allow reaches further than its author thought, or the route is gone.
    /// See [how policies are evaluated](https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html).
    ///
    /// ## What to do
    /// Find out which of the two is right. Narrow the policy, or take the route out of the expected denial.
    id: "unused-expected-denial",
    summary: "a request that is refused on purpose is refused by no policy",
    severity: Warning,
    confidence: High,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    facts.unmet.iter().map(finding).collect()
}

fn finding(unmet: &Unmet<'_>) -> Finding {
    let route = &unmet.route.value;
    let (message, label) = match &unmet.denial.policies {
        Policies::Of(files) if files.is_empty() => {
            (format!("the expected denial of `{route}` speaks of no policy that was read"), "no policy of these files")
        }
        _ => (format!("no policy refuses a request of `{route}`"), "expected to be refused"),
    };
    RULE.at(unmet.route.span, message, label).with_help(
        "if a policy allows it against your intention, narrow its Resource or add a Deny; if it is to be allowed, or is no route any more, \
         take it out of `expected-denials`",
    )
}
