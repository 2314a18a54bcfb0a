//! See [`RULE`].

use crate::analysis::Facts;
use crate::finding::Finding;
use crate::model::authorizer::Authorizer;
use crate::model::project::Api;
use crate::model::route::Guard;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds Lambda authorizers that the definition declares and no route of the API uses. It keeps silent where routes, or who
    /// guards them, are left to deployment.
    ///
    /// ## Why it matters
    /// Declaring an authorizer guards nothing: each method or route has to name it. Where the authorizer was meant to guard
    /// something, that is open.
    /// See [how a method gets its authorizer](https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html).
    ///
    /// ## What to do
    /// Name the authorizer at the routes that it is meant to guard, or remove it.
    id: "unattached-authorizer",
    summary: "an authorizer is declared, and no route uses it",
    severity: Note,
    confidence: Medium,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    if facts.project.has_unknown_routes() {
        return Vec::new();
    }
    facts.project.apis.iter().filter(|api| is_known(api)).flat_map(|api| unattached(facts, api)).collect()
}

/// Whether the definition has the routes, and says who guards each.
fn is_known(api: &Api) -> bool {
    !api.routes.is_empty() && !api.routes.iter().any(|route| matches!(route.guard, Guard::Unknown(_)))
}

fn unattached<'f>(facts: &'f Facts<'_>, api: &'f Api) -> impl Iterator<Item = Finding> {
    let used = |at: usize| api.routes.iter().any(|route| route.guard == Guard::Authorizer(at));
    let unused = (0..).zip(&api.authorizers).filter(move |(at, authorizer)| authorizer.kind.is_lambda() && !used(*at));
    unused.map(|(_, authorizer)| finding(facts, authorizer))
}

fn finding(facts: &Facts<'_>, authorizer: &Authorizer) -> Finding {
    let name = &authorizer.name;
    // What was to attach it, and is ignored, is the root cause.
    let ignored = facts.project.ignored.iter().filter(|setting| setting.attaches(authorizer));
    RULE.at(name.span, format!("no route uses the authorizer `{}`", name.value), "guards nothing")
        .with_help("name it at the routes that it is meant to guard, or remove it")
        .yielding_to(ignored.map(|setting| setting.key.span).collect())
}
