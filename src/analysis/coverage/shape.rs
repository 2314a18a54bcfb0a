//! The shapes of a shortfall, strongest first.

use crate::finding::Refused;
use crate::model::route::Method;
use crate::model::route::Methods;
use crate::model::route::Request;
use crate::model::route::RouteKey;

use crate::analysis::case::Case;
use crate::analysis::decide::outcome::UnitOutcome;
use crate::analysis::dispatch::Unit;
use crate::analysis::scope::Scope;

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
