//! See [`RULE`].

use crate::analysis::Facts;
use crate::analysis::mismatch::Mismatch;
use crate::finding::Finding;
use crate::model::authorizer::ApiKind;
use crate::model::response::Response;
use crate::model::response::Verdict;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds simple responses (`isAuthorized`) of an authorizer that has to return IAM policies, and policies of one that has to
    /// return simple responses: of every authorizer whose response it can be.
    ///
    /// ## Why it matters
    /// An authorizer returns one kind. Simple responses are for HTTP APIs with payload format 2.0 and
    /// [`enableSimpleResponses`](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html#http-api-lambda-authorizer.payload-format-response).
    /// API Gateway answers a request with an error 500 where the function returns the other kind.
    ///
    /// ## What to do
    /// Return what the authorizer is configured for, or turn `enableSimpleResponses` on or off. If it is the response of another
    /// authorizer, `--authorizer` says so.
    id: "response-kind-mismatch",
    summary: "a simple response where an IAM policy is configured, or the other way round",
    severity: Error,
    confidence: Medium,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let mismatched = facts.policies.iter().filter_map(|policy| Some((policy.response, policy.mismatch?)));
    mismatched.filter_map(|(response, mismatch)| found(response, mismatch)).collect()
}

fn found(response: &Response, Mismatch { api, authorizer }: Mismatch<'_>) -> Option<Finding> {
    let name = &authorizer.name.value;
    let finding = match &response.verdict {
        Verdict::Simple(verdict) => {
            let message = match api.kind {
                ApiKind::Http => format!("a simple response of `{name}`, which has to return IAM policies"),
                ApiKind::Rest | ApiKind::WebSocket => {
                    format!("a simple response of `{name}`, and only HTTP APIs have simple responses")
                }
            };
            let help = match api.kind {
                ApiKind::Http => "return a policy, or turn `enableSimpleResponses` on",
                ApiKind::Rest | ApiKind::WebSocket => "return a policy",
            };
            RULE.at(verdict.span, message, "a simple response").with_help(help)
        }
        Verdict::Policy(policy) => RULE
            .at(policy.span, format!("a policy of `{name}`, which has to return simple responses"), "a policy")
            .with_help("return `isAuthorized`, or turn `enableSimpleResponses` off"),
        Verdict::Thrown(_) | Verdict::Unreadable => return None,
    };
    Some(finding.with_related(authorizer.name.span, "of this authorizer"))
}
