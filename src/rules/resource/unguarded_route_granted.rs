//! See [`RULE`].

use crate::analysis::Facts;
use crate::analysis::View;
use crate::analysis::resource::reach::Reach;
use crate::finding::Finding;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds Resources of an Allow that reach routes which another authorizer guards, or none.
    ///
    /// ## Why it matters
    /// The grant has no effect there today. If the route is put behind this authorizer later, cached and future responses
    /// allow it without anybody having decided so.
    /// See [who is asked about a request](https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html).
    ///
    /// ## What to do
    /// Name only what the authorizer guards, if the routes it guards have something in common.
    id: "unguarded-route-granted",
    summary: "a Resource reaches routes that the authorizer does not guard",
    severity: Note,
    confidence: High,
    level: Pedantic,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let views = facts.policies.iter().filter_map(|policy| policy.views.first());
    views.flat_map(|view| view.reaches.iter().filter_map(|reach| finding(view, reach))).collect()
}

fn finding(view: &View<'_>, reach: &Reach<'_>) -> Option<Finding> {
    let first = view.api.routes.get(*reach.others.first()?)?;
    reach.is_grant().then(|| {
        let authorizer = &view.authorizer.name.value;
        let message = format!("this Resource reaches `{}`, which `{authorizer}` does not guard", first.key.value);
        RULE.at(reach.span, message, "reaches more than the authorizer guards")
            .with_related(first.key.span, "not behind this authorizer")
            .with_help("name only what the authorizer guards")
    })
}
