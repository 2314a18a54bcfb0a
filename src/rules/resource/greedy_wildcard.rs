//! See [`RULE`].

use crate::analysis::Facts;
use crate::analysis::View;
use crate::analysis::resource::reach::Reach;
use crate::finding::Finding;
use crate::finding::OutcomeName;
use crate::model::arn::ArnPattern;
use crate::model::route::Route;
use crate::model::route::RouteKey;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds a `*` that stands for one path segment and also reaches deeper routes that exist: `GET/users/*` beside the
    /// routes `/users/{id}` and `/users/{id}/secrets`.
    ///
    /// ## Why it matters
    /// `*` matches slashes too; there is no wildcard for a single segment. A grant for members is a grant for everything
    /// below them.
    /// See [how wildcards match](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html).
    ///
    /// ## What to do
    /// If the deeper routes are not meant, deny them explicitly.
    id: "greedy-wildcard",
    summary: "a `*` in the place of one path segment reaches deeper routes as well",
    severity: Note,
    confidence: Medium,
    level: Pedantic,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let views = facts.policies.iter().filter_map(|policy| policy.views.first());
    views.flat_map(|view| view.reaches.iter().filter_map(|reach| finding(view, reach))).collect()
}

fn finding(view: &View<'_>, reach: &Reach<'_>) -> Option<Finding> {
    let text = reach.statement.resources.patterns.get(reach.index)?;
    let path = ArnPattern::new(&text.value).tail().path?;
    // A path that is nothing but `*` means everything; so does one that begins with it.
    let depth = path.split('/').count();
    if !reach.is_grant() || path.starts_with('*') || !path.split('/').any(|segment| segment == "*") {
        return None;
    }
    // Routes of others are another rule's business.
    let reached: Vec<&Route> = reach.guarded.iter().filter_map(|&route| view.api.routes.get(route)).collect();
    let level = reached.iter().find(|route| segments(route) == Some(depth))?;
    let is_deeper = |route: &Route| segments(route).is_some_and(|count| count > depth);
    let deeper = reached.iter().find(|route| is_deeper(route) && is_allowed(view, route))?;
    let message = format!("a `*` for a segment of `{}` reaches `{}` as well", level.key.value, deeper.key.value);
    Some(
        RULE.at(reach.span, message, "`*` matches slashes too")
            .with_related(deeper.key.span, "reached as well")
            .with_help(format!("if `{}` is not meant, deny it explicitly", deeper.key.value)),
    )
}

/// Whether some request of a route is allowed; a Deny shows that somebody has thought of it.
fn is_allowed(view: &View<'_>, route: &Route) -> bool {
    let routes = view.scopes.iter().flat_map(|scope| &scope.routes).filter(|seen| std::ptr::eq(seen.route, route));
    routes.flat_map(|seen| &seen.outcomes).any(|(outcome, _)| *outcome == OutcomeName::Allow)
}

fn segments(route: &Route) -> Option<usize> {
    match &route.key.value {
        RouteKey::Path { template, .. } => Some(template.segments.len()),
        _ => None,
    }
}
