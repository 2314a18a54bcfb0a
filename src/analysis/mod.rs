//! The facts that rules and commands ask for: who shares a cached response, what a policy does to a route.
//!
//! A [`Project`] enters, [`Facts`] leave. Nothing here fails: what can't be decided within the budget is an answer of its own.

use crate::finding::OutcomeName;
use crate::model::authorizer::Authorizer;
use crate::model::deployment::Deployment;
use crate::model::project::Api;
use crate::model::project::Project;
use crate::model::response::Response;
use crate::model::route::Request;
use crate::model::route::Route;
use crate::source::Sources;

/// All facts of one run.
#[derive(Debug)]
pub struct Facts<'p> {
    /// What was loaded.
    pub project: &'p Project,
    /// The texts, to quote from.
    pub sources: &'p Sources,
    /// One entry for each response, in the order of [`Project::responses`].
    pub policies: Vec<PolicyFacts<'p>>,
    /// How many groups of requests of the whole project can share a cached response.
    pub shared_scopes: usize,
}

/// What is known about one response.
#[derive(Debug)]
pub struct PolicyFacts<'p> {
    /// The response.
    pub response: &'p Response,
    /// What it does to every route of each authorizer whose response it can be, in each deployment.
    pub views: Vec<View<'p>>,
}

/// One response seen as the answer of one authorizer in one deployment.
#[derive(Debug)]
pub struct View<'p> {
    /// The API.
    pub api: &'p Api,
    /// The authorizer.
    pub authorizer: &'p Authorizer,
    /// Where.
    pub deployment: Deployment,
    /// The groups of requests that share a cached response.
    pub scopes: Vec<ScopeView<'p>>,
}

/// Requests that share a cached response.
#[derive(Debug)]
pub struct ScopeView<'p> {
    /// What its requests have in common, for people.
    pub key: String,
    /// Whether a cached response is shared at all.
    pub shared: bool,
    /// Whether the response at hand can be the answer to a request of this scope.
    pub answers: bool,
    /// Every route of the scope with what the policy does to it.
    pub routes: Vec<RouteView<'p>>,
}

/// What a policy does to the requests of one route.
#[derive(Debug)]
pub struct RouteView<'p> {
    /// The route.
    pub route: &'p Route,
    /// Each outcome that can occur, with the shortest request that shows it. Empty where no request reaches the route.
    pub outcomes: Vec<(OutcomeName, Request)>,
    /// Whether some request's outcome depends on a condition or a policy variable.
    pub conditional: bool,
    /// Whether the search went over its budget.
    pub undecided: bool,
}
