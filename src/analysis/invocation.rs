//! With which requests a Lambda authorizer can be invoked: one for each route that it guards, the shortest that is dispatched there.

use crate::model::authorizer::Authorizer;
use crate::model::deployment::Deployment;
use crate::model::project::Api;
use crate::model::project::Project;
use crate::model::project::Settings;
use crate::model::route::Guard;
use crate::model::route::Request;
use crate::model::route::Route;
use crate::model::route::RouteKey;
use crate::model::route::Segment;

use crate::analysis::deployment::presumed;
use crate::analysis::dispatch::Routing;
use crate::analysis::dispatch::Unit;

/// One request that API Gateway would ask a Lambda authorizer about.
#[derive(Clone, Debug)]
pub struct Invocation<'p> {
    /// The API.
    pub api: &'p Api,
    /// The authorizer that guards the route.
    pub authorizer: &'p Authorizer,
    /// The route.
    pub route: &'p Route,
    /// Where the first route with this path stands in the API: what API Gateway calls a resource has no other name before it is deployed.
    pub resource: usize,
    /// The request.
    pub request: Request,
    /// Where. What nobody states is made up, and the same for all routes of an API.
    pub deployment: Deployment,
}

impl Invocation<'_> {
    /// The ARN of the request, `methodArn` or `routeArn` of the event.
    #[must_use]
    pub fn arn(&self) -> String {
        format!("{}{}", self.deployment.arn_prefix(), self.request.arn_tail())
    }

    /// The values of the path parameters.
    #[must_use]
    pub fn path_parameters(&self) -> Vec<(&str, String)> {
        let RouteKey::Path { template, .. } = &self.route.key.value else { return Vec::new() };
        let mut rest = self.request.path.as_str();
        let mut found = Vec::new();
        for segment in &template.segments {
            let (one, behind) = rest.split_once('/').unwrap_or((rest, ""));
            match segment {
                Segment::Literal(_) => {}
                Segment::Parameter(name) => found.push((name.as_str(), one.to_owned())),
                Segment::Greedy(name) => found.push((name.as_str(), rest.to_owned())),
            }
            rest = behind;
        }
        found
    }
}

/// All requests of a project, and what there are none of.
#[derive(Debug)]
pub struct Invocations<'p> {
    /// In the order of the routes.
    pub list: Vec<Invocation<'p>>,
    routings: Vec<Routing<'p>>,
    project: &'p Project,
}

impl<'p> Invocations<'p> {
    /// One request for each route behind a Lambda authorizer; that of `--authorizer` alone, where it is given.
    #[must_use]
    pub fn new(project: &'p Project) -> Self {
        let routings: Vec<Routing<'p>> = project.apis.iter().map(Routing::new).collect();
        let mut list: Vec<Invocation<'p>> = Vec::new();
        for routing in &routings {
            let Some(deployment) = presumed(routing.api, &project.settings) else { continue };
            for unit in &routing.units {
                let Some(path) = unit.example.clone() else { continue };
                let request = Request { method: unit.method, path };
                let Some(found) = invocation(&project.settings, routing, unit, request, &deployment) else { continue };
                match list.last_mut().filter(|known| std::ptr::eq(known.route, found.route)) {
                    // The units of a route stand together, the preferred method first.
                    Some(known) if known.request.path.len() <= found.request.path.len() => {}
                    Some(known) => *known = found,
                    None => list.push(found),
                }
            }
        }
        Self { list, routings, project }
    }

    /// The invocation for one concrete request; nothing where it reaches no route behind a Lambda authorizer.
    #[must_use]
    pub fn of_request(&self, request: &Request) -> Option<Invocation<'p>> {
        self.routings.iter().find_map(|routing| {
            let unit = routing.units.get(routing.dispatch(request)?)?;
            let settings = &self.project.settings;
            invocation(settings, routing, unit, request.clone(), &presumed(routing.api, settings)?)
        })
    }
}

fn invocation<'p>(
    settings: &Settings,
    routing: &Routing<'p>,
    unit: &Unit,
    request: Request,
    deployment: &Deployment,
) -> Option<Invocation<'p>> {
    let api = routing.api;
    let route = api.routes.get(unit.route)?;
    let Guard::Authorizer(index) = route.guard else { return None };
    let authorizer = api.authorizers.get(index).filter(|authorizer| authorizer.kind.is_lambda())?;
    let is_meant = settings.authorizer.as_ref().is_none_or(|name| authorizer.is_called(name));
    let resource = api.routes.iter().position(|other| has_same_path(&other.key.value, &route.key.value))?;
    let deployment = deployment.clone();
    is_meant.then_some(Invocation { api, authorizer, route, resource, request, deployment })
}

fn has_same_path(one: &RouteKey, two: &RouteKey) -> bool {
    match (one, two) {
        (RouteKey::Path { template: one, .. }, RouteKey::Path { template: two, .. }) => one == two,
        _ => one == two,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::route::Method;
    use crate::model::route::Methods;
    use crate::model::route::Template;

    #[test]
    fn methods_of_one_path_are_one_resource() {
        let key = |method, path: &str| RouteKey::Path {
            methods: Method::parse(method).map_or(Methods::Any, Methods::One),
            template: Template::parse(path).unwrap(),
        };
        for (one, two, expected) in [
            (key("GET", "/a"), key("POST", "/a"), true),
            (key("GET", "/a"), key("ANY", "/a"), true),
            (key("GET", "/a"), key("GET", "/b"), false),
            (RouteKey::Default, RouteKey::Default, true),
            (RouteKey::Connect, RouteKey::Default, false),
        ] {
            assert_eq!(has_same_path(&one, &two), expected, "{one} and {two}");
        }
    }
}
