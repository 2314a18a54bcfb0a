//! Which requests share a cached response.
//!
//! The cache key is the values of the identity sources; the cache is per stage and authorizer. Most sources say who the caller is and split nothing
//! here. The few that depend on the route split the requests behind an authorizer into scopes.
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html#http-api-lambda-authorizer.caching>

use crate::model::authorizer::ApiKind;
use crate::model::authorizer::Authorizer;
use crate::model::authorizer::Split;
use crate::model::authorizer::Ttl;
use crate::model::authorizer::split_by;
use crate::model::route::Guard;
use crate::model::route::Method;

use crate::analysis::dispatch::Routing;
use crate::analysis::dispatch::Unit;

/// How the requests behind one authorizer share its responses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scopes {
    /// What requests of one scope share.
    pub sharing: Sharing,
    /// The scopes; one with every unit where nothing is shared.
    pub scopes: Vec<Scope>,
}

/// What requests of one scope share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sharing {
    /// Nothing: each request gets its own response.
    Nothing,
    /// All requests of a scope share a response.
    Scope,
    /// Requests of a scope share a response where their path is the same.
    Path,
}

impl Scopes {
    /// For each unit of the API, whether it is in one of the scopes: whether the authorizer guards it.
    #[must_use]
    pub fn guards(&self, units: usize) -> Vec<bool> {
        let mut guards = vec![false; units];
        for &at in self.scopes.iter().flat_map(|scope| &scope.units) {
            if let Some(guard) = guards.get_mut(at) {
                *guard = true;
            }
        }
        guards
    }
}

/// A group of requests, as indexes into [`Routing::units`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// What they have in common, for people.
    pub key: String,
    /// The method that they have in common, where the key tells methods apart.
    pub method: Option<Method>,
    /// Their units.
    pub units: Vec<usize>,
}

/// The scopes of an authorizer.
#[must_use]
pub fn scopes(routing: &Routing<'_>, index: usize, authorizer: &Authorizer) -> Scopes {
    let guarded =
        |unit: &Unit| routing.api.routes.get(unit.route).is_some_and(|route| route.guard == Guard::Authorizer(index));
    let units: Vec<usize> = (0..).zip(&routing.units).filter(|(_, unit)| guarded(unit)).map(|(at, _)| at).collect();
    let splits = splits(routing.api.kind, authorizer);
    let sharing = sharing(routing.api.kind, authorizer);
    if sharing == Sharing::Nothing {
        return Scopes { sharing, scopes: vec![Scope { key: "one request".to_owned(), method: None, units }] };
    }
    let mut scopes: Vec<(PartKey, Scope)> = Vec::new();
    for at in units {
        let Some(unit) = routing.units.get(at) else { continue };
        let part = part_key(routing, unit, &splits);
        if let Some((_, scope)) = scopes.iter_mut().find(|(known, _)| *known == part) {
            scope.units.push(at);
        } else {
            let scope = Scope { key: describe(&part, sharing), method: part.method, units: vec![at] };
            scopes.push((part, scope));
        }
    }
    Scopes { sharing, scopes: scopes.into_iter().map(|(_, scope)| scope).collect() }
}

/// The most routes that one cached response can answer for.
#[must_use]
pub fn routes_together(routing: &Routing<'_>, index: usize, authorizer: &Authorizer) -> usize {
    let scopes = scopes(routing, index, authorizer);
    let route = |&at: &usize| Some(routing.units.get(at)?.route);
    let path = |&at: &usize| routing.api.routes.get(at).map(|route| route.key.value.path());
    let most = |scope: &Scope| -> usize {
        let mut routes: Vec<usize> = scope.units.iter().filter_map(route).collect();
        routes.dedup();
        match scopes.sharing {
            Sharing::Nothing => 1,
            Sharing::Scope => routes.len(),
            // Routes of one path; two templates that match a path in common are left out.
            Sharing::Path => {
                let same = |one: &usize| routes.iter().filter(|other| path(one) == path(other)).count();
                routes.iter().map(same).max().unwrap_or(0)
            }
        }
    };
    scopes.scopes.iter().map(most).max().unwrap_or(0)
}

/// How the identity sources of an authorizer split the requests of a stage.
#[must_use]
pub fn splits(kind: ApiKind, authorizer: &Authorizer) -> Vec<Split> {
    authorizer.identity_sources.get().iter().filter_map(|source| split_by(kind, &source.value)).collect()
}

/// Whether responses of an authorizer are cached at all; so they are where the TTL is not known.
#[must_use]
pub fn is_cached(kind: ApiKind, authorizer: &Authorizer) -> bool {
    authorizer.kind.is_lambda()
        && kind != ApiKind::WebSocket
        && *authorizer.ttl.get() != Ttl::Seconds(0)
        // Without a key there is no cache: API Gateway rejects the combination, or doesn't cache.
        && !authorizer.identity_sources.get().is_empty()
}

/// What requests with the same key share.
#[must_use]
pub fn sharing(kind: ApiKind, authorizer: &Authorizer) -> Sharing {
    let splits = splits(kind, authorizer);
    let has = |split| splits.contains(&split);
    if !is_cached(kind, authorizer) || has(Split::Request) || (has(Split::Path) && has(Split::Method)) {
        Sharing::Nothing
    } else if has(Split::Path) {
        Sharing::Path
    } else {
        Sharing::Scope
    }
}

/// What the route-dependent identity sources say about a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
struct PartKey {
    method: Option<Method>,
    template: Option<String>,
    route: Option<String>,
}

fn part_key(routing: &Routing<'_>, unit: &Unit, splits: &[Split]) -> PartKey {
    let key = routing.api.routes.get(unit.route).map(|route| &route.key.value);
    let has = |split| splits.contains(&split);
    PartKey {
        method: unit.method.filter(|_| has(Split::Method)),
        template: key.filter(|_| has(Split::Template)).map(crate::model::route::RouteKey::path),
        route: key.filter(|_| has(Split::Route)).map(ToString::to_string),
    }
}

fn describe(part: &PartKey, sharing: Sharing) -> String {
    let parts = [
        part.method.map(|method| format!("method {}", method.name())),
        part.template.as_ref().map(|template| format!("template {template}")),
        part.route.as_ref().map(|route| format!("route {route}")),
        (sharing == Sharing::Path).then(|| "one path".to_owned()),
    ];
    let said: Vec<String> = parts.into_iter().flatten().collect();
    if said.is_empty() { "every route".to_owned() } else { said.join(", ") }
}
