//! See [`RULE`].

use crate::analysis::Facts;
use crate::finding::Finding;
use crate::model::response::DefectKind;
use crate::rules::response::defects;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds an empty list of Resources, Actions or Statements.
    ///
    /// ## Why it matters
    /// A statement without any Resource or Action matches nothing, and a policy without statements allows nothing: API Gateway
    /// refuses the caller and gives no hint why. It is what remains when a function filters a list and nothing passes.
    /// See [the elements of a policy](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html).
    ///
    /// ## What to do
    /// List at least one Resource. To refuse on purpose, say so with a Deny.
    id: "empty-resource",
    summary: "an empty list of Resources, Actions or Statements matches nothing",
    severity: Warning,
    confidence: Medium,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    defects(facts)
        .filter_map(|defect| match &defect.kind {
            DefectKind::EmptyElement(name) => Some(
                RULE.at(defect.span, format!("the list `{name}` is empty and matches nothing"), "nothing in here")
                    .with_help("list at least one entry; to refuse on purpose, say so with a Deny"),
            ),
            _ => None,
        })
        .collect()
}
