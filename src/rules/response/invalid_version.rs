//! See [`RULE`].

use crate::analysis::Facts;
use crate::finding::Finding;
use crate::model::response::DefectKind;
use crate::rules::response::defects;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds a Version that the policy language never had, such as `2012-10-7` or today's date.
    ///
    /// ## Why it matters
    /// [Version](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html) names the edition of
    /// the language, not that of the policy. There are two: `2012-10-17`, and the old `2008-10-17`.
    ///
    /// ## What to do
    /// Write `2012-10-17`.
    id: "invalid-version",
    summary: "the Version of a policy does not exist",
    severity: Error,
    confidence: High,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    defects(facts)
        .filter_map(|defect| match &defect.kind {
            DefectKind::InvalidVersion(text) => Some(
                RULE.at(defect.span, format!("the policy language has no Version `{text}`"), "not a version")
                    .with_help("write `2012-10-17`: it names the edition of the language, not of this policy"),
            ),
            _ => None,
        })
        .collect()
}
