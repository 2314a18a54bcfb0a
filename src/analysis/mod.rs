//! The facts that rules and commands ask for: who shares a cached response, what a policy does to a route.
//!
//! A [`Project`] enters, [`Facts`] leave. Nothing here fails: what can't be decided within the budget is an answer of its own.

pub mod case;
pub mod content;
pub mod coverage;
pub mod decide;
pub mod definition;
pub mod deployment;
pub mod dispatch;
pub mod if_cached;
pub mod intent;
pub mod invocation;
pub mod mismatch;
pub mod overruled;
pub mod recipient;
pub mod recorded;
pub mod resource;
mod route_view;
pub mod scope;
pub mod status;

use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::finding::OutcomeName;
use crate::model::authorizer::Authorizer;
use crate::model::deployment::Deployment;
use crate::model::project::Api;
use crate::model::project::Project;
use crate::model::response::Response;
use crate::model::route::Request;
use crate::model::route::Route;
use crate::source::SourceId;
use crate::source::Sources;
use crate::source::Span;

use crate::analysis::case::cases;
use crate::analysis::content::content;
use crate::analysis::coverage::Shortfall;
use crate::analysis::coverage::confirm_echoes;
use crate::analysis::coverage::judgements;
use crate::analysis::coverage::shortfall;
use crate::analysis::definition::ApiFacts;
use crate::analysis::dispatch::Routing;
use crate::analysis::if_cached::IfCached;
use crate::analysis::if_cached::if_cached;
use crate::analysis::intent::Unmet;
use crate::analysis::intent::met;
use crate::analysis::intent::unmet;
use crate::analysis::mismatch::Mismatch;
use crate::analysis::mismatch::mismatch;
use crate::analysis::overruled::Overruled;
use crate::analysis::overruled::overruled;
use crate::analysis::recorded::disagreement::Disagreement;
use crate::analysis::recorded::disagreement::disagreements;
use crate::analysis::recorded::keyed::allowed_by_mates;
use crate::analysis::resource::reach::Reach;
use crate::analysis::resource::reach::at_home;
use crate::analysis::resource::reach::reaches;
use crate::analysis::scope::Sharing;
use crate::analysis::scope::scopes;
use crate::analysis::status::Status;

/// All facts of one run.
#[derive(Debug)]
pub struct Facts<'p> {
    /// What was loaded.
    pub project: &'p Project,
    /// The texts, to quote from.
    pub sources: &'p Sources,
    /// One entry for each response, in the order of [`Project::responses`].
    pub policies: Vec<PolicyFacts<'p>>,
    /// Recorded responses that share a cache key and decide some request differently.
    pub disagreements: Vec<Disagreement<'p>>,
    /// What the team expects to be denied, and no response denies.
    pub unmet: Vec<Unmet<'p>>,
    /// One entry for each API, in the order of [`Project::apis`].
    pub apis: Vec<ApiFacts<'p>>,
    /// How many groups of requests of the whole project can share a cached response.
    pub shared_scopes: usize,
}

/// How much is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// What the rules need that run unasked.
    Usual,
    /// Everything.
    Pedantic,
}

/// What is known about one response.
#[derive(Debug)]
pub struct PolicyFacts<'p> {
    /// The response.
    pub response: &'p Response,
    /// What it does to every route of each authorizer whose response it can be, in each deployment.
    pub views: Vec<View<'p>>,
    /// How it falls short of the requests that would share it.
    pub shortfall: Option<Shortfall<'p>>,
    /// What would become of it in the caches of the authorizers with TTL 0 whose response it can be.
    pub if_cached: Vec<IfCached<'p>>,
    /// An authorizer that can't return it, where none of those can whose response it can be.
    pub mismatch: Option<Mismatch<'p>>,
    /// How the resource policy of the API decides otherwise.
    pub overruled: Option<Overruled<'p>>,
    /// Resources that reach nothing in these views, and something in the deployment that they name themselves, as indexes into
    /// [`View::reaches`].
    pub at_home: Vec<usize>,
    /// The places of the expected denials that it bears out.
    pub meets: Vec<Span>,
    /// Whether another response that was recorded with the same key values allows something.
    pub mates_allow: bool,
    /// Whether it names more deployments than are looked at.
    pub too_many_deployments: bool,
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
    pub scopes: Rc<[ScopeView<'p>]>,
    /// What each Resource of the policy reaches.
    pub reaches: Vec<Reach<'p>>,
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
    /// The method: as declared, or the one that the cache key leaves of an `ANY`; nothing for `$default` and `$connect`.
    pub method: Option<&'static str>,
    /// Each outcome that can occur, with the shortest request that shows it. Empty where no request reaches the route.
    pub outcomes: Vec<(OutcomeName, Request)>,
    /// Whether some request's outcome depends on a condition or a policy variable.
    pub conditional: bool,
    /// Whether the search went over its budget.
    pub undecided: bool,
    /// Whether some request is surely refused because nothing matches it, without anybody meaning it.
    pub left_out: bool,
    /// Such a request where it shares the response: what a finding on the response is about.
    pub forgotten: Option<Request>,
    /// All of this in one word.
    pub status: Status,
}

/// Gathers all facts of a project. A policy that a file repeats is decided once.
#[must_use]
pub fn facts<'p>(project: &'p Project, sources: &'p Sources, effort: Effort) -> Facts<'p> {
    let routings: Vec<Routing<'p>> = project.apis.iter().map(Routing::new).collect();
    let mates = allowed_by_mates(project, &routings);
    let mut policies: Vec<PolicyFacts<'p>> = Vec::with_capacity(project.responses.len());
    let mut known: FxHashMap<(SourceId, String), usize> = FxHashMap::default();
    for (response, mates_allow) in project.responses.iter().zip(mates) {
        let key = content(response).map(|content| (response.span.source, content));
        let first = key.as_ref().and_then(|key| known.get(key)).and_then(|&at| policies.get_mut(at));
        let facts = if let Some(first) = first {
            first.repeated_by(response)
        } else {
            known.extend(key.map(|key| (key, policies.len())));
            policy_facts(project, &routings, response, effort)
        };
        policies.push(PolicyFacts { mates_allow, ..facts });
    }
    confirm_echoes(policies.iter_mut().filter_map(|policy| policy.shortfall.as_mut()));
    let disagreements = disagreements(project, &routings);
    let apis = routings.iter().map(ApiFacts::new).collect();
    let shared_scopes = shared_scopes(&routings);
    let unmet = unmet(project, &policies);
    Facts { project, sources, policies, disagreements, unmet, apis, shared_scopes }
}

impl<'p> PolicyFacts<'p> {
    /// The same policy again in the same file: what it does to the routes is known, and what is wrong with it is said once.
    fn repeated_by(&mut self, response: &'p Response) -> Self {
        if let Some(shortfall) = &mut self.shortfall {
            shortfall.repeats += 1;
        }
        let again = |view: &View<'p>| View {
            api: view.api,
            authorizer: view.authorizer,
            deployment: view.deployment.clone(),
            scopes: Rc::clone(&view.scopes),
            reaches: Vec::new(),
        };
        Self {
            response,
            views: self.views.iter().map(again).collect(),
            shortfall: None,
            if_cached: self.if_cached.clone(),
            mismatch: None,
            overruled: None,
            at_home: Vec::new(),
            meets: Vec::new(),
            mates_allow: self.mates_allow,
            too_many_deployments: false,
        }
    }
}

fn policy_facts<'p>(
    project: &'p Project,
    routings: &[Routing<'p>],
    response: &'p Response,
    effort: Effort,
) -> PolicyFacts<'p> {
    let cases = cases(project, routings, response);
    let judged = judgements(response, &cases);
    let views = cases.list.iter().zip(&judged).filter_map(|(case, judged)| {
        let view = case.view(judged.iter().map(|judged| judged.as_ref().map_or(&[][..], |judged| &judged.refused)))?;
        Some(View { reaches: reaches(case, effort), ..view })
    });
    let views: Vec<View<'p>> = views.collect();
    let mismatch = mismatch(response, &cases);
    PolicyFacts {
        response,
        at_home: at_home(project, &cases, &views, response),
        views,
        // What API Gateway can't read it doesn't cache.
        shortfall: if mismatch.is_none() { shortfall(response, &cases, &judged) } else { None },
        mismatch,
        meets: met(&cases),
        overruled: overruled(project, response, &cases),
        mates_allow: false,
        too_many_deployments: cases.too_many_deployments,
        if_cached: if_cached(routings, response, cases),
    }
}

fn shared_scopes(routings: &[Routing<'_>]) -> usize {
    let of_api = |routing: &Routing<'_>| -> usize {
        let lambda = (0..).zip(&routing.api.authorizers).filter(|(_, authorizer)| authorizer.kind.is_lambda());
        let scopes = lambda.map(|(index, authorizer)| scopes(routing, index, authorizer));
        scopes.filter(|scopes| scopes.sharing != Sharing::Nothing).map(|scopes| scopes.scopes.len()).sum()
    };
    routings.iter().map(of_api).sum()
}
