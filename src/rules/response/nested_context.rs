//! See [`RULE`].

use crate::analysis::Facts;
use crate::analysis::recipient::Recipient;
use crate::finding::Confidence;
use crate::finding::Finding;
use crate::finding::Severity;
use crate::model::response::Defect;
use crate::model::response::DefectKind;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds an object or a list as a value in the `context` of a response, and the key `claims` where it is reserved. Notes a null, and
    /// a nested value where nothing says what kind of API the response is for: `--api`, the routes, or a recorded event would.
    ///
    /// ## Why it matters
    /// REST and WebSocket APIs, and HTTP APIs with payload format 1.0, take only strings, numbers and booleans in
    /// [`context`](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html).
    /// API Gateway answers the request with an error 500. Payload format 2.0 takes nested values; format 1.0
    /// [reserves the key `claims`](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html).
    /// What becomes of a null is not documented.
    ///
    /// ## What to do
    /// Write the value as a JSON string, or give each part a key of its own. Leave out what is null.
    id: "nested-context",
    summary: "a value in `context` is an object, a list or null",
    severity: Error,
    confidence: High,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for policy in &facts.policies {
        let recipients = policy.recipients(facts.project);
        found.extend(policy.response.defects.iter().filter_map(|defect| describe(defect, &recipients)));
    }
    found
}

fn describe(defect: &Defect, recipients: &[Recipient]) -> Option<Finding> {
    match &defect.kind {
        DefectKind::NestedContext(key) => {
            let message = format!("`{key}` in `context` is neither a string nor a number nor a boolean");
            let finding = RULE.at(defect.span, message, "a nested value");
            let finding = finding.with_help("write it as a JSON string, or give each part a key of its own");
            weigh(finding, recipients, refuses_nesting)
        }
        DefectKind::ReservedContext if !recipients.is_empty() => {
            let finding = RULE.at(defect.span, "`claims` is a reserved key of `context`", "reserved");
            weigh(finding.with_help("choose another key"), recipients, reserves_claims)
        }
        DefectKind::NullContext(key) => Some(
            RULE.at(defect.span, format!("`{key}` in `context` is null"), "no value")
                .no_worse_than(Severity::Note)
                .at_most(Confidence::Low)
                .with_help("leave the key out"),
        ),
        _ => None,
    }
}

/// As bad as the kinds of API that may read the response make it. Where nobody knows which, it is a hint: payload format 2.0 may.
fn weigh(finding: Finding, recipients: &[Recipient], refuses: fn(Recipient) -> bool) -> Option<Finding> {
    let refusing = recipients.iter().filter(|&&recipient| refuses(recipient)).count();
    match refusing {
        0 if recipients.is_empty() => {
            let help = format!("{}; only payload format 2.0 of an HTTP API takes it", finding.help);
            Some(finding.no_worse_than(Severity::Note).at_most(Confidence::Low).with_help(help))
        }
        0 => None,
        count if count == recipients.len() => Some(finding),
        _ => Some(finding.at_most(Confidence::Medium)),
    }
}

/// Of an HTTP API whose payload format is not known nothing is said: format 2.0 takes nested values.
const fn refuses_nesting(recipient: Recipient) -> bool {
    matches!(recipient, Recipient::Rest | Recipient::WebSocket | Recipient::Http1)
}

/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html>
fn reserves_claims(recipient: Recipient) -> bool {
    recipient == Recipient::Http1
}
