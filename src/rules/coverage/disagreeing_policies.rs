//! See [`RULE`].

use crate::analysis::Facts;
use crate::analysis::recorded::disagreement::Disagreement;
use crate::analysis::recorded::disagreement::Doubt;
use crate::finding::Finding;
use crate::finding::Severity;
use crate::model::response::Response;
use crate::model::response::Verdict;
use crate::rules::coverage::why_a_note;
use crate::rules::rule;
use crate::source::Span;

rule! {
    /// ## What it does
    /// Compares recorded responses whose events have the same value for every identity source, and finds pairs that decide
    /// some request differently.
    ///
    /// ## Why it matters
    /// The two would share one cache entry, so the request that comes first decides for the one that comes next. That
    /// refuses requests that are meant to pass, and lets pass requests that are meant to be refused.
    /// See [how the cache key works](https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization.html).
    ///
    /// ## What to do
    /// Return the same policy for the same caller, whatever the route; or add what the decision depends on to the identity
    /// sources.
    id: "disagreeing-policies",
    summary: "recorded responses share a cache key but decide a request differently",
    severity: Error,
    confidence: High,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    worth_saying(facts).map(finding).collect()
}

/// The disagreements that are findings.
pub(super) fn worth_saying<'f, 'p>(facts: &'f Facts<'p>) -> impl Iterator<Item = &'f Disagreement<'p>> {
    facts.disagreements.iter().filter(|disagreement| disagreement.doubt.is_none() || is_news(facts, disagreement))
}

/// A doubtful disagreement is worth a note unless a shortfall of one of the two already says what is wrong.
fn is_news(facts: &Facts<'_>, disagreement: &Disagreement<'_>) -> bool {
    !facts.policies.iter().filter(|policy| policy.shortfall.is_some()).any(|policy| {
        std::ptr::eq(policy.response, disagreement.allowing) || std::ptr::eq(policy.response, disagreement.refusing)
    })
}

fn finding(disagreement: &Disagreement<'_>) -> Finding {
    let Disagreement { allowing, refusing, authorizer, request, doubt } = disagreement;
    let message = format!(
        "`{request}` is refused by this policy and allowed by another one that shares its cache key (authorizer `{}`)",
        authorizer.name.value
    );
    let help =
        "return the same policy for the same caller, or add what the decision depends on to the identity sources";
    let finding =
        RULE.at(place(refusing), message, "refuses it").with_related(place(allowing), "allows it").with_help(help);
    match doubt {
        None if authorizer.ttl.get().seconds().is_none() => {
            finding.no_worse_than(Severity::Note).with_help(format!("{help}\n{}", why_a_note(authorizer)))
        }
        None => finding,
        Some(Doubt::OtherPrincipal) => finding.no_worse_than(Severity::Note).with_help(format!(
            "{help}; a note only, because the two name different principals: the key values may have been replaced"
        )),
        Some(Doubt::Placeholder) => finding
            .no_worse_than(Severity::Note)
            .with_help(format!("{help}; a note only, because a key value looks like a placeholder")),
    }
}

fn place(response: &Response) -> Span {
    match &response.verdict {
        Verdict::Policy(policy) => policy.statements.first().map_or(policy.span, |statement| statement.resources.key),
        _ => response.span,
    }
}
