//! See [`RULE`].

use crate::analysis::Facts;
use crate::finding::Finding;
use crate::model::response::DefectKind;
use crate::rules::response::defects;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds a `policyDocument` that is a string with JSON in it.
    ///
    /// ## Why it matters
    /// [The output of a Lambda authorizer](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html)
    /// holds the policy as an object. The string is what `aws apigateway test-invoke-authorizer` prints, and what some authorizers of other
    /// services return.
    ///
    /// ## What to do
    /// Return the object itself instead of serializing it twice.
    id: "stringified-policy",
    summary: "`policyDocument` is a string instead of an object",
    severity: Warning,
    confidence: Medium,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    defects(facts)
        .filter(|defect| defect.kind == DefectKind::StringifiedPolicy)
        .map(|defect| {
            RULE.at(
                defect.span,
                "`policyDocument` is a string, where API Gateway documents an object",
                "JSON inside a string",
            )
            .with_help("return the object itself; it was serialized once too often")
        })
        .collect()
}
