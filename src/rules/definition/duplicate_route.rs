//! See [`RULE`].

use crate::analysis::Facts;
use crate::analysis::definition::duplicate::Duplicates;
use crate::finding::Finding;
use crate::rules::definition::PLACES;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds routes of one API that stand for the same requests: the same method on the same path, or on paths that differ in
    /// nothing but the names of their parameters, such as `/users/{id}` and `/users/{name}`.
    ///
    /// ## Why it matters
    /// A path has one method of a name, so only one of the routes can be deployed: the deployment fails, or one of them is lost
    /// without a word, together with who guards it.
    /// See [methods of a path](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html)
    /// and [routes of HTTP APIs](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html).
    ///
    /// ## What to do
    /// Keep one of the routes, or give them different paths.
    id: "duplicate-route",
    summary: "several routes stand for the same requests",
    severity: Warning,
    confidence: Medium,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    facts.apis.iter().flat_map(|api| &api.duplicates).filter_map(finding).collect()
}

fn finding(found: &Duplicates<'_>) -> Option<Finding> {
    let first = found.first;
    let (second, others) = found.others.split_first()?;
    let message = if first.key.value == second.key.value {
        format!("`{}` is declared {} times", first.key.value, found.others.len() + 1)
    } else {
        format!("`{}` stands for the same requests as `{}`", second.key.value, first.key.value)
    };
    let mut finding =
        RULE.at(second.key.span, message, "declared again").with_related(first.key.span, "declared here first");
    for other in others.iter().take(PLACES) {
        finding = finding.with_related(other.key.span, "and once more");
    }
    Some(finding.with_help("keep one of the routes, or give them different paths"))
}
