//! See [`RULE`].

use crate::analysis::Facts;
use crate::analysis::judge::Shape;
use crate::finding::Finding;
use crate::finding::Severity;
use crate::rules::coverage::complete;
use crate::rules::coverage::policies;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds policies that only deny, and deny only a part of their cache scope.
    ///
    /// ## Why it matters
    /// What no Allow matches is refused anyway, so such a policy refuses every route of the scope while it is cached. If
    /// the refusal was about one route, the caller is locked out of the others as well.
    /// See [how decisions are made](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html).
    ///
    /// ## What to do
    /// Deny `*` if the caller may do nothing. If only some routes are refused, allow the others beside the Deny.
    id: "route-specific-deny",
    summary: "a policy that only denies names a part of what it refuses",
    severity: Warning,
    confidence: Medium,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (policy, shortfall) in policies(facts) {
        if shortfall.shape != Shape::OnlyDenies {
            continue;
        }
        let first = shortfall.evidence.refused.first().map_or_else(String::new, |refused| refused.request.to_string());
        let message =
            format!("the policy denies some routes by name, and `{first}` is refused as well while it is cached");
        let finding = complete(RULE.at(shortfall.at, message, "only this is denied by name"), shortfall);
        let help =
            "deny `*` if the caller may do nothing; if only some routes are refused, allow the others beside the Deny";
        // Another response to the same caller that allows something shows that callers are not locked out on purpose.
        let level = if policy.mates_allow { Severity::Warning } else { Severity::Note };
        found.push(finding.no_worse_than(level).with_help(help));
    }
    found
}
