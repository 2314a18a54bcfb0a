//! See [`RULE`].

use crate::analysis::Facts;
use crate::analysis::inclusion::Idle;
use crate::analysis::inclusion::taken_back;
use crate::finding::Finding;
use crate::rules::resource::policies;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds Resources of an Allow that the Denies of the same policy wholly take back.
    ///
    /// ## Why it matters
    /// A Deny beats every Allow, so the Resource grants nothing. One of the two statements is not what its author meant.
    /// See [how decisions are made](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html).
    ///
    /// ## What to do
    /// Remove the Resource, or make the Deny narrower.
    id: "shadowed-allow",
    summary: "a Deny takes back all that a Resource of an Allow grants",
    severity: Warning,
    confidence: High,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let variables = &facts.project.settings.variables;
    let idle = policies(facts).flat_map(|policy| taken_back(policy, variables));
    idle.map(|idle| finding(&idle)).collect()
}

fn finding(idle: &Idle<'_>) -> Finding {
    let (message, label) = match idle.by.len() {
        1 => ("a Deny takes back all that this Resource grants", "denied here"),
        _ => ("Denies together take back all that this Resource grants", "a part of it is denied here"),
    };
    let finding = RULE.at(idle.resource.span, message, "grants nothing");
    let finding = finding.with_help("remove the Resource, or make the Deny narrower");
    idle.by.iter().fold(finding, |finding, by| finding.with_related(by.span, label))
}
