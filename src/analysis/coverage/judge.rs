//! What is wrong with one response in one cache scope: the shape of its shortfall, strongest first.

use crate::finding::OutcomeName;
use crate::finding::Refused;
use crate::language::OverBudget;
use crate::language::Position;
use crate::model::policy::Effect;
use crate::model::response::Response;
use crate::model::route::Method;

use crate::analysis::case::Case;
use crate::analysis::coverage::echo::echo;
use crate::analysis::coverage::echo::spared_by_deny;
use crate::analysis::coverage::paths::failing_paths;
use crate::analysis::coverage::shape::Allows;
use crate::analysis::coverage::shape::Judgement;
use crate::analysis::coverage::shape::Partly;
use crate::analysis::coverage::shape::Shape;
use crate::analysis::coverage::shape::is_minor;
use crate::analysis::coverage::shape::reached;
use crate::analysis::decide::asked::Asked;
use crate::analysis::decide::decider::Decider;
use crate::analysis::decide::decider::method_text;
use crate::analysis::decide::outcome::UnitOutcome;
use crate::analysis::decide::outcome::request;
use crate::analysis::dispatch::Unit;
use crate::analysis::scope::Scope;
use crate::analysis::scope::Sharing;

/// Judges a response in a scope; nothing where it is clean.
#[must_use]
pub fn judge(case: &Case<'_, '_>, scope: &Scope, response: &Response) -> Option<Judgement> {
    let decider = case.decider.as_ref()?;
    let mut judged = count(case, scope);
    if case.scopes.sharing == Sharing::Path {
        judged.refused = failing_paths(case, decider, scope);
    }
    if judged.refused.is_empty() {
        return spared_by_deny(case, decider, scope, &judged);
    }
    judged.shape = if let Some(echo) = echo(case, decider, scope, response) {
        Shape::Echo(echo)
    } else if only_denies(decider) {
        Shape::OnlyDenies
    } else if case.scopes.sharing == Sharing::Path {
        Shape::WholeRoutes(Allows::Something)
    } else {
        partly(case, decider, scope).unwrap_or(Shape::WholeRoutes(allows(case, scope)))
    };
    Some(judged)
}

/// Whether there are Denies and no Allow; a policy without either only says nothing.
fn only_denies(decider: &Decider<'_, '_>) -> bool {
    let listed = &decider.compiled.listed;
    !listed.is_empty() && listed.iter().all(|listed| listed.statement.effect == Effect::Deny)
}

fn allows(case: &Case<'_, '_>, scope: &Scope) -> Allows {
    // What was not decided may be allowed.
    let may_be = |outcome: &UnitOutcome| outcome.allow.is_some() || outcome.undecided;
    if reached(case, scope).any(|(_, outcome)| may_be(outcome)) { Allows::Something } else { Allows::Nothing }
}

/// Counts routes, and lists a refused request for each. HEAD and OPTIONS of an `ANY` alone are no refusal.
fn count(case: &Case<'_, '_>, scope: &Scope) -> Judgement {
    let mut judged = Judgement { shape: Shape::OnlyDenies, routes: 0, allowed: 0, partly: 0, refused: Vec::new() };
    let mut units = reached(case, scope).peekable();
    while let Some(first) = units.next() {
        let mut of_route = vec![first];
        while let Some(next) = units.next_if(|(unit, _)| unit.route == first.0.route) {
            of_route.push(next);
        }
        judged.add_route(case, &of_route);
    }
    judged
}

impl Judgement {
    fn add_route(&mut self, case: &Case<'_, '_>, units: &[(&Unit, &UnitOutcome)]) {
        let Some(route) = units.first().and_then(|(unit, _)| case.routing.api.routes.get(unit.route)) else { return };
        let minor = |unit: &Unit| is_minor(&route.key.value, unit.method);
        let refusals = || units.iter().filter(|(_, outcome)| outcome.refused.is_some());
        let significant = refusals().any(|(unit, _)| !minor(unit));
        let some = units.iter().any(|(_, outcome)| outcome.allow.is_some());
        let whole = units.iter().all(|(unit, outcome)| outcome.is_allowed_whole() || (minor(unit) && !significant));
        self.routes += 1;
        self.allowed += usize::from(some && whole);
        self.partly += usize::from(some && !whole);
        if !significant {
            return;
        }
        let paths = refusals().filter_map(|(unit, outcome)| Some((*unit, outcome.refused.as_ref()?)));
        if let Some((unit, path)) = paths.min_by_key(|(_, path)| path.len()) {
            self.refused.push(Refused {
                route: route.key.value.to_string(),
                request: request(unit, path),
                outcome: OutcomeName::ImplicitDeny,
                declared: route.key.span,
            });
        }
    }
}

impl UnitOutcome {
    /// Whether every request of the unit is surely allowed.
    #[must_use]
    pub const fn is_allowed_whole(&self) -> bool {
        self.allow.is_some() && self.explicit_deny.is_none() && self.implicit_deny.is_none()
    }
}

/// The first route that is allowed for some requests and refused for others; one whose allowed part is finite comes first.
fn partly(case: &Case<'_, '_>, decider: &Decider<'_, '_>, scope: &Scope) -> Option<Shape> {
    let mut by_pattern = None;
    for (unit, outcome) in reached(case, scope) {
        let (Some(allowed), Some(refused)) = (&outcome.allow, &outcome.refused) else { continue };
        let Some(route) = case.routing.api.routes.get(unit.route) else { continue };
        let partly = Partly {
            route: route.key.value.to_string(),
            allowed: request(unit, allowed),
            refused: request(unit, refused),
        };
        if matches!(decider.allowed_by_wildcard(unit), Ok(None)) {
            return Some(Shape::SomeRequests(partly));
        }
        by_pattern.get_or_insert(Shape::SomePattern(partly));
    }
    by_pattern
}

impl Decider<'_, '_> {
    /// A request of a unit that some Resource with a wildcard in `METHOD/path` allows.
    fn allowed_by_wildcard(&self, unit: &Unit) -> Result<Option<String>, OverBudget> {
        let wild = |asked: &mut Asked| {
            // The first group is what Allows list. A wildcard in the place of the method counts, though the method is behind it here.
            if let Some(listed) = asked.required.first_mut() {
                *listed = self.behind_wildcards(listed, unit.method);
            }
        };
        self.allowed_where(unit, wild, &self.compiled.program)
    }

    /// Of some positions behind `METHOD/`, those of patterns with a wildcard in `METHOD/path`.
    fn behind_wildcards(&self, positions: &[Position], method: Option<Method>) -> Vec<Position> {
        let program = &self.compiled.program;
        let before = self.compiled.groups.iter().flatten().copied();
        let wild: Vec<Position> = before.filter(|&at| program.has_wildcard(at)).collect();
        let wild = program.advance(&wild, method_text(method).as_bytes());
        positions.iter().copied().filter(|at| wild.contains(at)).collect()
    }
}
