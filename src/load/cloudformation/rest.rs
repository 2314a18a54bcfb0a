//! REST APIs: `AWS::ApiGateway::RestApi`, and what belongs to each.

use crate::load::body;
use crate::load::cloudformation::Named;
use crate::load::cloudformation::authorizer;
use crate::load::cloudformation::guard;
use crate::load::cloudformation::handed_on::note_handed_on;
use crate::load::cloudformation::owner::Family;
use crate::load::cloudformation::owner::Owner;
use crate::load::cloudformation::owner::owners;
use crate::load::cloudformation::owner::parts;
use crate::load::cloudformation::owner::readable;
use crate::load::cloudformation::path::PathError;
use crate::load::cloudformation::path::path;
use crate::load::cloudformation::stage;
use crate::load::definition::Given;
use crate::load::definition_error::DefinitionProblem;
use crate::load::embedded_policy;
use crate::load::openapi;
use crate::load::openapi::Body;
use crate::load::openapi::Operation;
use crate::load::reading::Reading;
use crate::load::template::Resource;
use crate::model::authorizer::ApiKind;
use crate::model::authorizer::Authorizer;
use crate::model::project::Api;
use crate::model::route::Method;
use crate::model::route::Methods;
use crate::model::route::Route;
use crate::model::route::RouteKey;
use crate::model::route::Template;
use crate::source::Spanned;

const METHOD: &str = "AWS::ApiGateway::Method";
const AUTHORIZER: &str = "AWS::ApiGateway::Authorizer";
const FAMILY: Family = Family { api: "AWS::ApiGateway::RestApi", parts: [METHOD, AUTHORIZER], key: "RestApiId" };

/// Reads every REST API that the template declares, or adds something to.
pub(super) fn read_all<'t>(reading: &mut Reading<'t>, given: &Given<'t>, resources: &[Resource<'t>]) -> Vec<Named> {
    let owners = owners(&reading.resolver, resources, FAMILY);
    let owners = readable(reading, owners, FAMILY.api);
    owners.into_iter().map(|owner| read(reading, given, resources, owner)).collect()
}

fn read<'t>(reading: &mut Reading<'t>, given: &Given<'t>, resources: &[Resource<'t>], owner: Owner<'t>) -> Named {
    let declared = resources.iter().find(|resource| matches!(owner, Owner::Here(id) if resource.id.value == id));
    let own = parts(&reading.resolver, resources, FAMILY, owner);
    let of_kind = |kind: &str| -> Vec<Resource<'t>> { own.iter().filter(|part| part.kind == kind).copied().collect() };
    let mut known = Vec::new();
    for resource in of_kind(AUTHORIZER) {
        known.extend(authorizer::read(reading, ApiKind::Rest, resource));
    }
    let Body { routes, mut authorizers, resource_policy, .. } = match declared {
        Some(api) => document(reading, given, *api, known),
        None => Body::only(known),
    };
    let mut routes: Vec<Route> = routes.into_iter().map(Operation::into_route).collect();
    let methods = of_kind(METHOD).into_iter();
    let read = methods.filter_map(|resource| Some((resource, route(reading, resource, &mut authorizers)?)));
    guard::add_routes(&mut routes, read);
    note_handed_on(reading, given.root, &routes, &authorizers);
    let own_policy = declared.and_then(|api| api.get("Policy"));
    let own_policy = own_policy.and_then(|node| embedded_policy::read(reading, node));
    let deployments = of_kind("AWS::ApiGateway::Deployment");
    let stages = of_kind("AWS::ApiGateway::Stage").into_iter().chain(deployments);
    let api = Api {
        kind: ApiKind::Rest,
        source: given.name.to_owned(),
        stages: stage::read(reading, stages),
        id: None,
        resource_policy: own_policy.or(resource_policy),
        cors: None,
        routes,
        authorizers,
    };
    Named { id: owner.id(), api }
}

/// The document that an API is made from, if it is made from one.
fn document<'t>(reading: &mut Reading<'t>, given: &Given<'t>, api: Resource<'t>, known: Vec<Authorizer>) -> Body {
    let root = match (api.get("Body"), api.get("BodyS3Location")) {
        (Some(node), _) => body::inline(reading, given, &api.id.value, node),
        (None, Some(node)) => body::file(reading, given, &api.id.value, node),
        (None, None) => None,
    };
    match root {
        Some(root) => openapi::read(reading, ApiKind::Rest, root, known),
        None => Body::only(known),
    }
}

fn route<'t>(reading: &mut Reading<'t>, resource: Resource<'t>, authorizers: &mut Vec<Authorizer>) -> Option<Route> {
    let id = resource.id;
    let methods = methods(reading, resource)?;
    let Some(node) = resource.get("ResourceId") else {
        reading.refuse(id.span, DefinitionProblem::Missing("ResourceId"));
        return None;
    };
    let template = match path(&reading.resolver, node) {
        Ok(path) => match Template::parse(&path) {
            Ok(template) => template,
            Err(error) => {
                reading.refuse(id.span, DefinitionProblem::Path(path, error));
                return None;
            }
        },
        Err(PathError::Unresolved(found)) => {
            reading.leave_open(format!("path of `{}`", id.value), &found);
            return None;
        }
        Err(PathError::Loop) => {
            reading.refuse(id.span, DefinitionProblem::Loop(id.value.clone()));
            return None;
        }
    };
    let guard = guard::read(reading, resource, authorizers);
    Some(Route { key: Spanned::new(RouteKey::Path { methods, template }, id.span), guard })
}

fn methods<'t>(reading: &mut Reading<'t>, resource: Resource<'t>) -> Option<Methods> {
    let id = resource.id;
    let Some(node) = resource.get("HttpMethod") else {
        reading.refuse(id.span, DefinitionProblem::Missing("HttpMethod"));
        return None;
    };
    let text = reading.text(Some(node), || format!("method of `{}`", id.value))?;
    match Method::parse(&text.value) {
        Some(method) => Some(Methods::One(method)),
        None if text.value == "ANY" => Some(Methods::Any),
        None => {
            reading.refuse(text.span, DefinitionProblem::Method(text.value));
            None
        }
    }
}
