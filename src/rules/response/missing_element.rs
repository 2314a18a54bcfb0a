//! See [`RULE`].

use crate::analysis::Facts;
use crate::finding::Confidence;
use crate::finding::Finding;
use crate::finding::Severity;
use crate::model::response::Defect;
use crate::model::response::DefectKind;
use crate::model::response::Response;
use crate::rules::resource::resources_of;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds a response without `policyDocument` or `principalId`, a policy without `Statement` or `Version`, and a statement
    /// without `Effect`, `Action` or `Resource`.
    ///
    /// ## Why it matters
    /// [The output of a Lambda authorizer](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html)
    /// has a fixed form. Without a policy, or with one that can't be evaluated, API Gateway answers every request with an error
    /// 500. A missing `principalId` or `Version` is forgiven today, but AWS asks for both.
    ///
    /// ## What to do
    /// Add the element.
    id: "missing-element",
    summary: "a required element of the response or its policy is not there",
    severity: Error,
    confidence: High,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for response in &facts.project.responses {
        for defect in &response.defects {
            let DefectKind::MissingElement(name) = defect.kind else {
                continue;
            };
            if !is_told_elsewhere(facts, response, name) {
                found.push(describe(defect, name));
            }
        }
    }
    found
}

fn describe(defect: &Defect, name: &str) -> Finding {
    let finding = RULE.at(defect.span, format!("`{name}` is missing"), "in here").with_help(format!("add `{name}`"));
    match name {
        "principalId" | "Version" => finding.no_worse_than(Severity::Warning).at_most(Confidence::Medium),
        _ => finding,
    }
}

/// Whether another rule speaks of the same mistake: a variable that lacks its Version. For misspelt keys the loader sees to it.
fn is_told_elsewhere(facts: &Facts<'_>, response: &Response, name: &str) -> bool {
    name == "Version"
        && resources_of(response)
            .any(|resource| resource.policy.version.is_none() && resource.variable(facts).is_some())
}
