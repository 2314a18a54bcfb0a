//! See [`RULE`].

use crate::analysis::Facts;
use crate::analysis::resource::inclusion::Idle;
use crate::analysis::resource::inclusion::redundant;
use crate::finding::Finding;
use crate::rules::resource::policies;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds Resources that the other Resources with the same effect already include.
    ///
    /// ## Why it matters
    /// They change nothing, hide what the policy really grants, and count towards its size.
    /// See [how wildcards match](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html).
    ///
    /// ## What to do
    /// Remove them.
    id: "redundant-resource",
    summary: "the other Resources already include this one",
    severity: Note,
    confidence: High,
    level: Pedantic,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let variables = &facts.project.settings.variables;
    let idle = policies(facts).flat_map(|policy| redundant(policy, variables));
    idle.map(|idle| finding(&idle)).collect()
}

fn finding(idle: &Idle<'_>) -> Finding {
    let (message, label) = match idle.by.len() {
        1 => ("another Resource already includes this one", "includes it"),
        _ => ("other Resources together already include this one", "includes a part of it"),
    };
    let finding = RULE.at(idle.resource.span, message, "adds nothing").with_help("remove it");
    idle.by.iter().fold(finding, |finding, by| finding.with_related(by.span, label))
}
