//! See [`RULE`].

use crate::analysis::Facts;
use crate::finding::Finding;
use crate::model::response::DefectKind;
use crate::rules::response::defects;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds a key that stands twice in one object.
    ///
    /// ## Why it matters
    /// [IAM's grammar](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html) allows each key once. Most JSON readers keep the last value and drop the
    /// others without a word, so the policy grants something other than what one reads in it.
    ///
    /// ## What to do
    /// Merge the two values: Action, Resource and Statement can be lists.
    id: "duplicate-element",
    summary: "the same key stands twice in one object",
    severity: Error,
    confidence: High,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    defects(facts)
        .filter_map(|defect| match &defect.kind {
            DefectKind::DuplicateElement(key) => Some(
                RULE.at(defect.span, format!("`{key}` stands twice in the same object"), "here again")
                    .with_help("merge the two values: Action, Resource and Statement can be lists"),
            ),
            _ => None,
        })
        .collect()
}
