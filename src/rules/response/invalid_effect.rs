//! See [`RULE`].

use crate::analysis::Facts;
use crate::finding::Finding;
use crate::model::response::DefectKind;
use crate::rules::response::defects;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds an Effect that is neither `Allow` nor `Deny`.
    ///
    /// ## Why it matters
    /// The values of [Effect](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_effect.html) are
    /// case-sensitive, and there are only these two. A policy with another can't be evaluated.
    ///
    /// ## What to do
    /// Write `Allow` or `Deny`.
    id: "invalid-effect",
    summary: "an Effect is neither `Allow` nor `Deny`",
    severity: Error,
    confidence: High,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    defects(facts)
        .filter_map(|defect| match &defect.kind {
            DefectKind::InvalidEffect(text) => Some(
                RULE.at(
                    defect.span,
                    format!("the Effect `{text}` is neither `Allow` nor `Deny`"),
                    "no effect of the policy language",
                )
                .with_help(advice(text)),
            ),
            _ => None,
        })
        .collect()
}

fn advice(text: &str) -> String {
    let meant = ["Allow", "Deny"].into_iter().find(|known| known.eq_ignore_ascii_case(text));
    meant.map_or_else(
        || "write `Allow` or `Deny`".to_owned(),
        |known| format!("write `{known}`: upper and lower case matter"),
    )
}
