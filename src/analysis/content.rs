//! What a response says, apart from where it says it. Logs hold the same policy over and over: responses differ in `principalId` and `context`,
//! seldom in the policy.

use crate::model::policy::Clause;
use crate::model::policy::Effect;
use crate::model::policy::Polarity;
use crate::model::policy::Policy;
use crate::model::response::Response;
use crate::model::response::Verdict;

/// Between texts that could run into each other; no ARN holds it.
const BETWEEN: char = '\u{1}';

/// A text that two responses have in common only if every decision about them is the same; nothing for what decides nothing.
#[must_use]
pub fn content(response: &Response) -> Option<String> {
    let mut content = match &response.verdict {
        Verdict::Policy(policy) => policy_content(policy),
        Verdict::Simple(verdict) => verdict.value.to_string(),
        Verdict::Thrown(_) | Verdict::Unreadable => return None,
    };
    if let Some(arn) = response.event.as_ref().and_then(|event| event.arn.as_ref()) {
        content.push(BETWEEN);
        content.push_str(&arn.value);
    }
    Some(content)
}

fn policy_content(policy: &Policy) -> String {
    let mut texts = vec![if policy.has_variables() { "variables" } else { "text" }];
    for statement in &policy.statements {
        texts.push(match statement.effect {
            Effect::Allow => "Allow",
            Effect::Deny => "Deny",
        });
        // What a condition says doesn't matter: it may hold or not.
        texts.push(if statement.condition.is_some() { "if" } else { "always" });
        for Clause { polarity, patterns, .. } in [&statement.actions, &statement.resources] {
            texts.push(match polarity {
                Polarity::Listed => "these",
                Polarity::Others => "others",
            });
            texts.extend(patterns.iter().map(|pattern| pattern.value.as_str()));
        }
    }
    texts.join(&BETWEEN.to_string())
}
