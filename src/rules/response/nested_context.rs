//! See [`RULE`].

use crate::analysis::Facts;
use crate::finding::Confidence;
use crate::finding::Finding;
use crate::finding::Severity;
use crate::model::authorizer::ApiKind;
use crate::model::response::DefectKind;
use crate::rules::response::defects;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds an object or a list as a value in the `context` of a response, and notes a null.
    ///
    /// ## Why it matters
    /// REST and WebSocket APIs, and HTTP APIs with payload format 1.0, take only strings, numbers and booleans in
    /// [`context`](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html).
    /// API Gateway answers the request with an error 500. What becomes of a null is not documented.
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
    let nesting = nesting(facts);
    defects(facts)
        .filter_map(|defect| match &defect.kind {
            DefectKind::NestedContext(key) => {
                let message = format!("`{key}` in `context` is neither a string nor a number nor a boolean");
                let finding = RULE
                    .at(defect.span, message, "a nested value")
                    .with_help("write it as a JSON string, or give each part a key of its own");
                match nesting {
                    Nesting::Allowed => None,
                    Nesting::Forbidden => Some(finding),
                    Nesting::Unknown => Some(finding.at_most(Confidence::Medium)),
                }
            }
            DefectKind::NullContext(key) => Some(
                RULE.at(defect.span, format!("`{key}` in `context` is null"), "no value")
                    .no_worse_than(Severity::Note)
                    .at_most(Confidence::Low)
                    .with_help("leave the key out"),
            ),
            _ => None,
        })
        .collect()
}

/// Whether the APIs at hand take nested values in `context`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Nesting {
    Allowed,
    Forbidden,
    Unknown,
}

/// Only payload format 2.0 of an HTTP API takes them:
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html>.
fn nesting(facts: &Facts<'_>) -> Nesting {
    let project = facts.project;
    let wanted = project.settings.authorizer.as_ref();
    let mut answers = project.apis.iter().flat_map(|api| {
        let candidates = api.authorizers.iter().filter(|authorizer| {
            authorizer.kind.is_lambda()
                && wanted.is_none_or(|wanted| *wanted == authorizer.name.value || *wanted == authorizer.id)
        });
        candidates.map(|authorizer| match (api.kind, &authorizer.payload) {
            (ApiKind::Rest | ApiKind::WebSocket, _) => Nesting::Forbidden,
            (ApiKind::Http, Some(payload)) if payload.value == "1.0" => Nesting::Forbidden,
            (ApiKind::Http, Some(_)) => Nesting::Allowed,
            (ApiKind::Http, None) => Nesting::Unknown,
        })
    });
    match answers.next() {
        Some(first) if answers.all(|other| other == first) => first,
        Some(_) => Nesting::Unknown,
        None => match project.settings.api {
            Some(ApiKind::Rest | ApiKind::WebSocket) => Nesting::Forbidden,
            _ => Nesting::Unknown,
        },
    }
}
