//! One response as the answer of one authorizer in one deployment: whose it can be, where, and what it does there.

use rustc_hash::FxHashSet;

use crate::finding::Refused;
use crate::model::arn::ArnPattern;
use crate::model::deployment::Deployment;
use crate::model::project::Project;
use crate::model::response::Response;
use crate::model::response::Verdict;
use crate::model::route::Guard;
use crate::model::route::Method;
use crate::model::route::Request;
use crate::model::route::RouteKey;

use crate::analysis::RouteView;
use crate::analysis::ScopeView;
use crate::analysis::View;
use crate::analysis::decide::decider::Decider;
use crate::analysis::decide::outcome::UnitOutcome;
use crate::analysis::decide::outcome::request;
use crate::analysis::deployment::deployments;
use crate::analysis::dispatch::Routing;
use crate::analysis::route_view::settled;
use crate::analysis::scope::Scope;
use crate::analysis::scope::Scopes;
use crate::analysis::scope::Sharing;
use crate::analysis::scope::scopes;
use crate::analysis::status::Standing;

/// A response seen as the answer of one authorizer in one deployment.
#[derive(Debug)]
pub struct Case<'r, 'p> {
    /// The routes of the API.
    pub routing: &'r Routing<'p>,
    /// The authorizer, as an index into the API's.
    pub authorizer: usize,
    /// Where.
    pub deployment: Deployment,
    /// How the requests behind the authorizer share its responses.
    pub scopes: Scopes,
    /// For each scope, whether the response can be the answer to one of its requests.
    pub answers: Vec<bool>,
    /// What the response does to each unit of the API that the authorizer guards, by index of unit.
    pub outcomes: Vec<UnitOutcome>,
    /// The policy, ready for further questions; nothing for a simple response.
    pub decider: Option<Decider<'r, 'p>>,
}

/// All cases of a response.
#[derive(Debug, Default)]
pub struct Cases<'r, 'p> {
    /// Each of them.
    pub list: Vec<Case<'r, 'p>>,
    /// What an option or a recorded event says about whose response it is.
    pub attributed: Attributed,
    /// Whether the policy names more deployments than are looked at.
    pub too_many_deployments: bool,
}

/// What is known about whose response it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attributed {
    /// Nothing.
    #[default]
    No,
    /// The authorizer: an option names it.
    Authorizer,
    /// The authorizer and the scope: the event's request is in it.
    Scope,
}

/// The request that a recorded event holds, from its ARN.
#[must_use]
pub fn recorded_request(response: &Response) -> Option<Request> {
    let arn = response.event.as_ref()?.arn.as_ref()?;
    let tail = ArnPattern::new(&arn.value).tail();
    match (tail.method?, tail.path) {
        ("$connect", None) => Some(Request { method: None, path: "$connect".to_owned() }),
        (method, path) => {
            Some(Request { method: Some(Method::parse(method)?), path: path.unwrap_or_default().to_owned() })
        }
    }
}

/// Decides a response for every authorizer whose it can be.
#[must_use]
pub fn cases<'r, 'p>(project: &'p Project, routings: &'r [Routing<'p>], response: &'p Response) -> Cases<'r, 'p> {
    let recorded = recorded_request(response);
    let owner = recorded.as_ref().and_then(|request| owner(routings, request));
    let chosen = project.settings.authorizer_of(response.span.source);
    // An event speaks of the scope as long as no option names another authorizer.
    let owner = owner.filter(|(api, index, _)| {
        let authorizer = routings.get(*api).and_then(|routing| routing.api.authorizers.get(*index));
        chosen.is_none_or(|name| authorizer.is_some_and(|authorizer| authorizer.is_called(name)))
    });
    let attributed = match (chosen, owner) {
        (_, Some(_)) => Attributed::Scope,
        (Some(_), None) => Attributed::Authorizer,
        (None, None) => Attributed::No,
    };
    let mut cases = Cases { attributed, ..Cases::default() };
    for (api, routing) in (0..).zip(routings) {
        for (index, authorizer) in (0..).zip(&routing.api.authorizers) {
            let is_meant = match (chosen, owner) {
                (_, Some((owner_api, guard, _))) => owner_api == api && guard == index,
                (Some(name), None) => authorizer.is_called(name),
                (None, None) => true,
            };
            if is_meant && authorizer.kind.is_lambda() {
                cases.add(project, routing, index, response);
            }
        }
    }
    match owner {
        Some((_, _, unit)) => cases.answer_scope_of(unit),
        None => cases.answer_where_allowed(),
    }
    cases
}

/// API, authorizer and unit of a request.
#[must_use]
pub fn owner(routings: &[Routing<'_>], request: &Request) -> Option<(usize, usize, usize)> {
    (0..).zip(routings).find_map(|(api, routing)| {
        let at = routing.dispatch(request)?;
        let route = routing.api.routes.get(routing.units.get(at)?.route)?;
        match route.guard {
            Guard::Authorizer(index) => Some((api, index, at)),
            _ => None,
        }
    })
}

impl<'r, 'p> Cases<'r, 'p> {
    fn add(&mut self, project: &'p Project, routing: &'r Routing<'p>, index: usize, response: &'p Response) {
        let Some(authorizer) = routing.api.authorizers.get(index) else {
            return;
        };
        let scopes = scopes(routing, index, authorizer);
        if scopes.scopes.iter().all(|scope| scope.units.is_empty()) {
            return;
        }
        let event = response.event.as_ref().and_then(|event| event.arn.as_ref()).map(|arn| arn.value.as_str());
        let empty = crate::model::policy::Policy { span: response.span, version: None, statements: Vec::new() };
        let policy = match &response.verdict {
            Verdict::Policy(policy) => policy,
            Verdict::Simple(_) => &empty,
            Verdict::Thrown(_) | Verdict::Unreadable => return,
        };
        let deployments = deployments(routing.api, &project.settings, event, policy);
        self.too_many_deployments |= deployments.too_many;
        for deployment in deployments.found {
            let case = Case::new(project, routing, index, scopes.clone(), response, deployment);
            self.list.push(case);
        }
    }

    /// Whether the response can be that of several authorizers or scopes.
    #[must_use]
    pub fn is_doubtful(&self) -> bool {
        let of_one = self.list.iter().zip(self.list.iter().skip(1)).all(|(one, two)| one.has_same_authorizer(two));
        let one_scope = self.list.iter().all(|case| case.scopes.scopes.len() == 1);
        match self.attributed {
            Attributed::No => !(of_one && one_scope),
            Attributed::Authorizer => !one_scope,
            Attributed::Scope => false,
        }
    }

    /// It is the answer to a request of the unit.
    pub fn answer_scope_of(&mut self, unit: usize) {
        for case in &mut self.list {
            case.answers = case.scopes.scopes.iter().map(|scope| scope.units.contains(&unit)).collect();
        }
    }

    /// Candidates are the scopes in which some request is allowed; all of them, if none is.
    pub fn answer_where_allowed(&mut self) {
        let allows = |case: &Case<'_, '_>, scope: &Scope| {
            scope.units.iter().filter_map(|&at| case.outcomes.get(at)).any(|outcome| outcome.allow.is_some())
        };
        let some = self.list.iter().any(|case| case.scopes.scopes.iter().any(|scope| allows(case, scope)));
        for case in &mut self.list {
            case.answers = case.scopes.scopes.iter().map(|scope| !some || allows(case, scope)).collect();
        }
    }
}

impl<'r, 'p> Case<'r, 'p> {
    fn new(
        project: &'p Project,
        routing: &'r Routing<'p>,
        authorizer: usize,
        scopes: Scopes,
        response: &'p Response,
        deployment: Deployment,
    ) -> Self {
        let guards = scopes.guards(routing.units.len());
        let decider = match &response.verdict {
            Verdict::Policy(policy) => Some(Decider::new(routing, project, policy, &deployment)),
            _ => None,
        };
        let decide = |(at, unit)| match (&decider, &response.verdict) {
            _ if guards.get(at) != Some(&true) => UnitOutcome::default(),
            (Some(decider), _) => decider.decide(unit),
            (None, Verdict::Simple(verdict)) if verdict.value => {
                UnitOutcome { allow: unit.example.clone(), ..UnitOutcome::default() }
            }
            (None, _) => UnitOutcome { explicit_deny: unit.example.clone(), ..UnitOutcome::default() },
        };
        let outcomes = (0..).zip(&routing.units).map(decide).collect();
        Self { routing, authorizer, deployment, answers: vec![true; scopes.scopes.len()], scopes, outcomes, decider }
    }

    /// Whether both are about the answers of one authorizer.
    pub fn has_same_authorizer(&self, other: &Self) -> bool {
        std::ptr::eq(self.routing, other.routing) && self.authorizer == other.authorizer
    }

    /// The case as commands show it, given what each scope refuses without anybody meaning it, in the order of its units.
    pub fn view<'f>(&self, forgotten: impl Iterator<Item = &'f [Refused]>) -> Option<View<'p>> {
        let api = self.routing.api;
        let sharing = self.scopes.sharing;
        let scope = |((scope, &answers), forgotten): ((&Scope, &bool), &[Refused])| ScopeView {
            key: scope.key.clone(),
            shared: sharing != Sharing::Nothing,
            answers,
            routes: settled(self.route_views(scope), Standing { sharing, answers }, forgotten),
        };
        let scopes = self.scopes.scopes.iter().zip(&self.answers).zip(forgotten);
        let mut scopes: Vec<ScopeView<'p>> = scopes.map(scope).collect();
        if let Some(first) = scopes.first_mut() {
            first.routes.extend(self.never_reached());
        }
        Some(View {
            api,
            authorizer: api.authorizers.get(self.authorizer)?,
            deployment: self.deployment.clone(),
            scopes: scopes.into(),
            reaches: Vec::new(),
        })
    }

    /// Guarded routes that are left without any request, because an equal route takes them all.
    fn never_reached(&self) -> impl Iterator<Item = RouteView<'p>> {
        let reached: FxHashSet<usize> = self.routing.units.iter().map(|unit| unit.route).collect();
        let guarded =
            (0..).zip(&self.routing.api.routes).filter(|(_, route)| route.guard == Guard::Authorizer(self.authorizer));
        let left = guarded
            .filter(move |(at, route)| !reached.contains(at) && !matches!(route.key.value, RouteKey::Message(_)));
        left.map(|(_, route)| RouteView::new(route, route.key.value.method_name()))
    }

    fn route_views(&self, scope: &Scope) -> Vec<RouteView<'p>> {
        let mut views: Vec<RouteView<'p>> = Vec::new();
        for &at in &scope.units {
            let Some(unit) = self.routing.units.get(at) else {
                continue;
            };
            let Some(route) = self.routing.api.routes.get(unit.route) else {
                continue;
            };
            let Some(outcome) = self.outcomes.get(at) else { continue };
            // The units of a route stand together.
            if views.last().is_none_or(|view| !std::ptr::eq(view.route, route)) {
                views.push(RouteView::new(route, scope.method.map(Method::name).or(route.key.value.method_name())));
            }
            if let Some(view) = views.last_mut() {
                view.add(outcome, |path| request(unit, path));
            }
        }
        views
    }
}
