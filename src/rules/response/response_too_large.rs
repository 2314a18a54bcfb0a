//! See [`RULE`].

use crate::analysis::Facts;
use crate::analysis::PolicyFacts;
use crate::analysis::recipient::Recipient;
use crate::finding::Finding;
use crate::model::response::DefectKind;
use crate::model::response::WEBSOCKET_LIMIT;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds a response of more than 8 KB from the authorizer of a WebSocket API. It counts the bytes of the response as JSON without
    /// blanks, because that is the least that a function can send: how the file was indented doesn't matter. Of a policy that
    /// was saved alone the policy is counted.
    ///
    /// ## Why it matters
    /// [The result of an authorizer](https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html)
    /// of a WebSocket API is limited to 8 KB, and the limit can't be raised: callers with long policies can't connect.
    /// For REST and HTTP APIs AWS publishes no limit, and nothing is said about theirs.
    ///
    /// ## What to do
    /// Grant with wildcards what is listed one by one, and keep in `context` what the backend needs to look the rest up.
    id: "response-too-large",
    summary: "a response is larger than a WebSocket API accepts",
    severity: Warning,
    confidence: High,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let is_websocket = |policy: &&PolicyFacts<'_>| policy.recipients(facts.project) == [Recipient::WebSocket];
    let responses = facts.policies.iter().filter(is_websocket).map(|policy| policy.response);
    responses
        .flat_map(|response| &response.defects)
        .filter_map(|defect| match defect.kind {
            DefectKind::Large(bytes) => Some(
                RULE.at(
                    defect.span,
                    format!("the response is {bytes} bytes long, of {WEBSOCKET_LIMIT} that a WebSocket API accepts"),
                    "from here on",
                )
                .with_help("grant with wildcards what is listed one by one, and shorten `context`"),
            ),
            _ => None,
        })
        .collect()
}
