//! See [`RULE`].

use crate::analysis::Facts;
use crate::analysis::PolicyFacts;
use crate::finding::Finding;
use crate::model::response::Verdict;
use crate::rules::rule;

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
    let routes = policy.views.iter().flat_map(|view| &view.scopes).flat_map(|scope| &scope.routes);
    let undecided: Vec<_> = routes.filter(|route| route.undecided).collect();
    let message = match (undecided.first(), policy.too_many_deployments) {
        (Some(first), _) if undecided.len() == 1 => format!("`{}` is not decided: over budget", first.route.key.value),
        (Some(first), _) => {
            format!("`{}` and {} more routes are not decided: over budget", first.route.key.value, undecided.len() - 1)
        }
        (None, true) => "not all deployments that this policy names were looked at".to_owned(),
        (None, false) => return None,
    };
    let span = match &policy.response.verdict {
        Verdict::Policy(document) => document.statements.first().map_or(document.span, |first| first.resources.key),
        _ => policy.response.span,
    };
    let finding = RULE.at(span, message, "too many wildcards to decide");
    let finding = undecided
        .iter()
        .take(3)
        .fold(finding, |finding, route| finding.with_related(route.route.key.span, "not decided"));
    Some(
        finding.with_help(
            "use fewer wildcards in a Resource; say with `--api-id` and `--stage` which deployment is meant",
        ),
    )
}
