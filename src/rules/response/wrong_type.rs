//! See [`RULE`].

use crate::analysis::Facts;
use crate::finding::Confidence;
use crate::finding::Finding;
use crate::finding::Severity;
use crate::model::response::DefectKind;
use crate::rules::response::defects;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds a value of the wrong JSON type: a list inside a list of Resources, a Condition that is a list, `isAuthorized` as a
    /// string.
    ///
    /// ## Why it matters
    /// API Gateway reads the response against a fixed form. A value of another type can't be evaluated, or not as meant: the
    /// string `"false"` is not the boolean.
    /// See [the output of a Lambda authorizer](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html).
    ///
    /// ## What to do
    /// Give the value the type that the message names.
    id: "wrong-type",
    summary: "a value has a type that the response or the policy language doesn't allow",
    severity: Error,
    confidence: High,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    defects(facts)
        .filter_map(|defect| match &defect.kind {
            DefectKind::WrongType { element, expected } => {
                let finding = RULE
                    .at(defect.span, format!("`{element}` should be {expected}"), "the wrong type")
                    .with_help("change it to that type; as it stands, it is not read as meant");
                Some(if *element == "principalId" { forgiven(finding) } else { finding })
            }
            _ => None,
        })
        .collect()
}

/// Responses without the element were seen to pass, so one of another type may as well.
fn forgiven(finding: Finding) -> Finding {
    finding.no_worse_than(Severity::Warning).at_most(Confidence::Medium)
}
