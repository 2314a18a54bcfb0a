//! See [`RULE`].

use crate::analysis::Facts;
use crate::analysis::PolicyFacts;
use crate::finding::Finding;
use crate::model::response::Response;
use crate::model::response::Verdict;
use crate::rules::rule;
use crate::source::Span;

rule! {
    /// ## What it does
    /// Names routes for which the decision would take more work than its budget allows, and policies that name more
    /// deployments than are looked at.
    ///
    /// ## Why it matters
    /// What is not decided is not clean: requests to these routes may be refused. Only policies made of very many
    /// wildcards get here.
    /// See [how wildcards match](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html).
    ///
    /// ## What to do
    /// Use fewer wildcards in a Resource, above all rows of `?` behind a `*`.
    id: "undecided-route",
    summary: "what the policy does to a route was not decided within the budget",
    severity: Warning,
    confidence: High,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    facts.policies.iter().filter_map(finding).collect()
}

fn finding(policy: &PolicyFacts<'_>) -> Option<Finding> {
    let routes = policy.views.iter().flat_map(|view| view.scopes.iter()).flat_map(|scope| &scope.routes);
    let undecided: Vec<_> = routes.filter(|route| route.undecided).collect();
    let Some(first) = undecided.first() else {
        return policy.too_many_deployments.then(|| too_many_deployments(policy.response));
    };
    let first = &first.route.key.value;
    let routes = match undecided.len() {
        1 => format!("`{first}`"),
        2 => format!("`{first}` and 1 more route"),
        all => format!("`{first}` and {} more routes", all - 1),
    };
    let message = format!("what the policy does to {routes} is not decided: it takes more work than the budget allows");
    let finding = RULE
        .at(wildest(policy.response), message, "too many wildcards to decide")
        .with_help("write fewer wildcards, above all no rows of `?` behind a `*`; what is not decided may be refused");
    let few = undecided.iter().take(3);
    Some(few.fold(finding, |finding, route| finding.with_related(route.route.key.span, "not decided")))
}

fn too_many_deployments(response: &Response) -> Finding {
    let message = "the policy names more deployments than are looked at";
    RULE.at(wildest(response), message, "one of many")
        .with_help("say with `--api-id` and `--stage` which deployment is meant")
}

/// The Resource with the most wildcards.
fn wildest(response: &Response) -> Span {
    let Verdict::Policy(policy) = &response.verdict else { return response.span };
    let resources = policy.statements.iter().flat_map(|statement| &statement.resources.patterns);
    let wildcards = |text: &str| text.matches(['*', '?']).count();
    // The first of several equal ones: `max_by_key` takes the last.
    let resources: Vec<_> = resources.collect();
    resources.iter().rev().max_by_key(|text| wildcards(&text.value)).map_or(policy.span, |text| text.span)
}
