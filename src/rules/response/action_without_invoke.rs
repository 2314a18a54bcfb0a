//! See [`RULE`].

use crate::analysis::Facts;
use crate::finding::Finding;
use crate::model::policy::Polarity;
use crate::model::policy::Statement;
use crate::model::response::Verdict;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds a statement whose Action does not include `execute-api:Invoke`.
    ///
    /// ## Why it matters
    /// Calling an API is the action `execute-api:Invoke`. A statement about something else, or about an action without the
    /// `execute-api:` in front, says nothing about requests, and the caller is refused.
    /// See [the actions of API Gateway](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html).
    ///
    /// ## What to do
    /// Write `"Action": "execute-api:Invoke"`.
    id: "action-without-invoke",
    summary: "nothing in the Action of a statement matches `execute-api:Invoke`",
    severity: Error,
    confidence: Medium,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for response in &facts.project.responses {
        let Verdict::Policy(policy) = &response.verdict else {
            continue;
        };
        found.extend(policy.statements.iter().filter_map(without_invoke));
    }
    found
}

fn without_invoke(statement: &Statement) -> Option<Finding> {
    let actions = &statement.actions;
    let first = actions.patterns.first()?;
    if actions.polarity == Polarity::Others || statement.is_about_invoke() {
        return None;
    }
    let (span, message) = match actions.patterns.len() {
        1 => (first.span, format!("the Action `{}` does not match `execute-api:Invoke`", first.value)),
        count => (actions.key, format!("none of the {count} patterns of this Action matches `execute-api:Invoke`")),
    };
    Some(
        RULE.at(span, message, "says nothing about calling an API")
            .with_help("write `\"Action\": \"execute-api:Invoke\"`"),
    )
}
