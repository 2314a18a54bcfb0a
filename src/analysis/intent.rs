//! Which expected denials the responses at hand bear out, and which describe nothing.

use rustc_hash::FxHashSet;

use crate::model::intent::ExpectedDenial;
use crate::model::intent::Extent;
use crate::model::project::Project;
use crate::model::route::RouteKey;
use crate::source::Span;
use crate::source::Spanned;

use crate::analysis::PolicyFacts;
use crate::analysis::case::Case;
use crate::analysis::case::Cases;
use crate::analysis::decide::expected::Expected;
use crate::analysis::decide::outcome::UnitOutcome;

/// A route of an expected denial that no policy refuses a request of.
#[derive(Clone, Copy, Debug)]
pub struct Unmet<'p> {
    /// The expected denial.
    pub denial: &'p ExpectedDenial,
    /// Its route.
    pub route: &'p Spanned<RouteKey>,
}

/// The places of the expected denials that a response bears out.
#[must_use]
pub fn met(cases: &Cases<'_, '_>) -> Vec<Span> {
    let mut met = Vec::new();
    for case in &cases.list {
        let expected = case.decider.iter().flat_map(|decider| &decider.expected);
        for expected in expected {
            if !met.contains(&expected.at) && case.meets(expected) {
                met.push(expected.at);
            }
        }
    }
    met
}

impl Case<'_, '_> {
    fn meets(&self, expected: &Expected) -> bool {
        let may_refuse = |outcome: &UnitOutcome| {
            outcome.undecided || outcome.explicit_deny.is_some() || outcome.implicit_deny.is_some()
        };
        let units = self.routing.units.iter().zip(&self.outcomes).filter(|(_, outcome)| may_refuse(outcome));
        self.decider
            .as_ref()
            .is_some_and(|decider| units.map(|(unit, _)| unit).any(|unit| decider.meets(unit, expected)))
    }
}

/// The expected denials that nothing bears out. Where not all responses are at hand, or none was held against any route, nothing can be said.
#[must_use]
pub fn unmet<'p>(project: &'p Project, policies: &[PolicyFacts<'p>]) -> Vec<Unmet<'p>> {
    if project.intent.extent == Extent::Part || policies.iter().all(|policy| policy.views.is_empty()) {
        return Vec::new();
    }
    let met: FxHashSet<Span> = policies.iter().flat_map(|policy| &policy.meets).copied().collect();
    let denials = project.intent.expected_denials.iter();
    let routes = denials.flat_map(|denial| denial.routes.iter().map(move |route| Unmet { denial, route }));
    routes.filter(|unmet| !met.contains(&unmet.route.span)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::intent::Intent;
    use crate::model::intent::Policies;
    use crate::source::Sources;

    #[test]
    fn without_a_policy_that_was_judged_nothing_is_unmet() {
        let span = Span { source: Sources::default().add("settings.toml", ""), start: 0, end: 0 };
        let routes = vec![Spanned::new(RouteKey::Default, span)];
        let denial = ExpectedDenial { policies: Policies::All, routes, reason: String::new() };
        let intent = Intent { expected_denials: vec![denial], extent: Extent::Whole };
        assert!(unmet(&Project { intent, ..Project::default() }, &[]).is_empty());
    }
}
