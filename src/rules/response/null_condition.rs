//! See [`RULE`].

use crate::analysis::Facts;
use crate::finding::Finding;
use crate::model::response::DefectKind;
use crate::rules::response::defects;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds `"Condition": null`.
    ///
    /// ## Why it matters
    /// Many serializers write an unset field as null. API Gateway can't evaluate such a policy and answers every request with an
    /// error 500, although the policy looks right in the function's log.
    /// See [Condition](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html).
    ///
    /// ## What to do
    /// Leave the key out when there is no condition; an empty object does no harm either.
    id: "null-condition",
    summary: "a Condition is null, which API Gateway answers with an error 500",
    severity: Error,
    confidence: High,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    defects(facts)
        .filter(|defect| defect.kind == DefectKind::NullCondition)
        .map(|defect| {
            RULE.at(
                defect.span,
                "a null `Condition` makes API Gateway answer every request with an error 500",
                "an unset field, written out",
            )
            .with_help("leave `Condition` out, or make it an empty object")
        })
        .collect()
}
