//! What is wrong with one response in one cache scope: the shape of its shortfall, strongest first.

use crate::finding::OutcomeName;
use crate::finding::Refused;
use crate::language::OverBudget;
use crate::language::Position;
use crate::model::policy::Effect;
use crate::model::response::Response;
use crate::model::route::Method;
use crate::model::route::Methods;
use crate::model::route::Request;
use crate::model::route::RouteKey;

use super::asked::Asked;
use super::case::Case;
use super::decider::Decider;
use super::decider::method_text;
use super::echo::echo;
use super::echo::spared_by_deny;
use super::outcome::UnitOutcome;
use super::outcome::request;
use super::paths::failing_paths;
use super::routing::Unit;
use super::scope::Scope;
use super::scope::Sharing;

/// How a response falls short of its scope. The earlier, the stronger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// It allows one request: what the `methodArn` of an event as Resource does.
    Echo(Echo),
    /// It allows a route for some requests only, each of them named in full.
    SomeRequests(Partly),
    /// It allows a route for some requests only, by a pattern.
    SomePattern(Partly),
    /// It leaves out whole routes.
    WholeRoutes(Allows),
    /// It only denies, and not everything.
    OnlyDenies,
}

/// How sure it is that a Resource repeats the ARN of one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Echo {
    /// The one request that is allowed, where one of the scope is.
    pub allowed: Option<Request>,
    /// What shows it.
    pub proof: Proof,
}

/// What shows that a Resource is an echo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// It equals the ARN of the recorded event.
    Event,
    /// It is the only request that is allowed.
    OnlyRequest,
    /// It names a stage under which only tests run.
    TestStage,
    /// It is all that a Deny spares.
    SparedByDeny,
}

/// A route that is allowed for some of its requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partly {
    /// The route.
    pub route: String,
    /// A request that is allowed.
    pub allowed: Request,
    /// One that isn't.
    pub refused: Request,
}

/// Whether anything is allowed at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allows {
    /// Some request of the scope.
    Something,
    /// None.
    Nothing,
}

/// A shortfall with its numbers.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// What is wrong.
    pub shape: Shape,
    /// Routes in the scope.
    pub routes: usize,
    /// Of these, allowed whole.
    pub allowed: usize,
    /// Of these, allowed in part.
    pub partly: usize,
    /// A refused request for each route that has one.
    pub refused: Vec<Refused>,
}

impl Shape {
    /// The rank of the shape: the lower, the stronger.
    #[must_use]
    pub const fn rank(&self) -> u8 {
        match self {
            Self::Echo(_) => 0,
            Self::SomeRequests(_) => 1,
            Self::SomePattern(_) => 2,
            Self::WholeRoutes(_) => 3,
            Self::OnlyDenies => 4,
        }
    }
}

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

/// Units of a scope that some request reaches, with what happens to them.
pub fn reached<'c>(case: &'c Case<'_, '_>, scope: &'c Scope) -> impl Iterator<Item = (&'c Unit, &'c UnitOutcome)> {
    let pairs = scope.units.iter().filter_map(|&at| Some((case.routing.units.get(at)?, case.outcomes.get(at)?)));
    pairs.filter(|(unit, _)| unit.example.is_some())
}

/// Whether a method is HEAD or OPTIONS of an `ANY`, which alone make no finding.
#[must_use]
pub const fn is_minor(key: &RouteKey, method: Option<Method>) -> bool {
    let is_any = matches!(key, RouteKey::Default | RouteKey::Path { methods: Methods::Any, .. });
    is_any && matches!(method, Some(Method::Head | Method::Options))
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
