//! HTTP and WebSocket APIs: `AWS::ApiGatewayV2::Api`, and what belongs to each.

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
use crate::load::cloudformation::stage;
use crate::load::definition::Given;
use crate::load::definition_error::DefinitionProblem;
use crate::load::openapi;
use crate::load::openapi::Body;
use crate::load::openapi::Operation;
use crate::load::reading::Reading;
use crate::load::template::Resource;
use crate::model::authorizer::ApiKind;
use crate::model::authorizer::Authorizer;
use crate::model::project::Api;
use crate::model::route::Guard;
use crate::model::route::Method;
use crate::model::route::Methods;
use crate::model::route::Route;
use crate::model::route::RouteKey;
use crate::model::route::Template;
use crate::source::Spanned;
use crate::syntax::Node;

const ROUTE: &str = "AWS::ApiGatewayV2::Route";
const AUTHORIZER: &str = "AWS::ApiGatewayV2::Authorizer";
const FAMILY: Family = Family { api: "AWS::ApiGatewayV2::Api", parts: [ROUTE, AUTHORIZER], key: "ApiId" };

/// Reads every HTTP or WebSocket API that the template declares, or adds something to.
pub(super) fn read_all<'t>(reading: &mut Reading<'t>, given: &Given<'t>, resources: &[Resource<'t>]) -> Vec<Named> {
    let owners = owners(&reading.resolver, resources, FAMILY);
    let owners = readable(reading, owners, FAMILY.api);
    owners.into_iter().map(|owner| read(reading, given, resources, owner)).collect()
}

fn read<'t>(reading: &mut Reading<'t>, given: &Given<'t>, resources: &[Resource<'t>], owner: Owner<'t>) -> Named {
    let declared = resources.iter().find(|resource| matches!(owner, Owner::Here(id) if resource.id.value == id));
    let own = parts(&reading.resolver, resources, FAMILY, owner);
    let of_kind = |kind: &str| -> Vec<Resource<'t>> { own.iter().filter(|part| part.kind == kind).copied().collect() };
    let declared_routes = of_kind(ROUTE);
    let kind = api_kind(reading, declared.copied(), &declared_routes);
    let mut known = Vec::new();
    for resource in of_kind(AUTHORIZER) {
        known.extend(authorizer::read(reading, kind, resource));
    }
    let root = declared.and_then(|api| document(reading, given, *api));
    let Body { routes, mut authorizers, cors, .. } = match root {
        Some(root) => openapi::read(reading, kind, root, known),
        None => Body::only(known),
    };
    let mut routes: Vec<Route> = routes.into_iter().map(Operation::into_route).collect();
    if root.is_none() {
        routes.extend(declared.and_then(|api| quick_route(reading, kind, *api)));
    }
    let stated = declared.and_then(|api| api.properties?.member("CorsConfiguration"));
    let declared_routes = declared_routes.into_iter();
    let read = declared_routes.filter_map(|found| Some((found, route(reading, kind, found, &mut authorizers)?)));
    guard::add_routes(&mut routes, read);
    note_handed_on(reading, given.root, &routes, &authorizers);
    let stages = of_kind("AWS::ApiGatewayV2::Stage");
    let api = Api {
        kind,
        source: given.name.to_owned(),
        stages: stage::read(reading, stages.into_iter()),
        id: None,
        resource_policy: None,
        cors: stated.map(|member| member.key.span).or(cors),
        routes,
        authorizers,
    };
    Named { id: owner.id(), api }
}

/// The protocol, or for an API of another stack what its route keys say.
fn api_kind<'t>(reading: &mut Reading<'t>, api: Option<Resource<'t>>, routes: &[Resource<'t>]) -> ApiKind {
    let stated =
        api.and_then(|api| reading.text(api.get("ProtocolType"), || format!("protocol of `{}`", api.id.value)));
    let is_websocket = match stated {
        Some(protocol) => protocol.value == "WEBSOCKET",
        None => routes.iter().any(|route| {
            let key = route.get("RouteKey").and_then(|key| key.as_str());
            key.is_some_and(|key| key == "$connect" || key == "$disconnect")
        }),
    };
    if is_websocket { ApiKind::WebSocket } else { ApiKind::Http }
}

/// The document that an API is made from, if it is made from one.
fn document<'t>(reading: &mut Reading<'t>, given: &Given<'t>, api: Resource<'t>) -> Option<&'t Node> {
    match (api.get("Body"), api.get("BodyS3Location")) {
        (Some(node), _) => body::inline(reading, given, &api.id.value, node),
        (None, Some(node)) => body::file(reading, given, &api.id.value, node),
        (None, None) => None,
    }
}

/// The route that quick create brings.
/// <https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html#apis-prop-createapiinput-target>
fn quick_route<'t>(reading: &mut Reading<'t>, kind: ApiKind, api: Resource<'t>) -> Option<Route> {
    let target = api.get("Target")?;
    let key = match api.get("RouteKey") {
        Some(node) => {
            let text = reading.text(Some(node), || format!("route key of `{}`", api.id.value))?;
            route_key(reading, kind, text)?
        }
        None => Spanned::new(RouteKey::Default, target.span),
    };
    Some(Route { key, guard: Guard::Open })
}

fn route<'t>(
    reading: &mut Reading<'t>,
    kind: ApiKind,
    resource: Resource<'t>,
    authorizers: &mut Vec<Authorizer>,
) -> Option<Route> {
    let Some(node) = resource.get("RouteKey") else {
        reading.refuse(resource.id.span, DefinitionProblem::Missing("RouteKey"));
        return None;
    };
    let text = reading.text(Some(node), || format!("route key of `{}`", resource.id.value))?;
    let key = route_key(reading, kind, text)?;
    Some(Route { key, guard: guard::read(reading, resource, authorizers) })
}

/// Reads `GET /path`, `$default`, `$connect` and the like.
pub(super) fn route_key(reading: &mut Reading<'_>, kind: ApiKind, text: Spanned<String>) -> Option<Spanned<RouteKey>> {
    let Spanned { value, span } = text;
    if kind == ApiKind::WebSocket {
        let key = if value == "$connect" { RouteKey::Connect } else { RouteKey::Message(value) };
        return Some(Spanned::new(key, span));
    }
    if value == "$default" {
        return Some(Spanned::new(RouteKey::Default, span));
    }
    let parts = value.split_once(' ').map(|(method, path)| (method, path.trim()));
    let methods = parts.and_then(|(method, _)| match method {
        "ANY" => Some(Methods::Any),
        method => Method::parse(method).map(Methods::One),
    });
    match (methods, parts.map(|(_, path)| (path, Template::parse(path)))) {
        (Some(methods), Some((_, Ok(template)))) => Some(Spanned::new(RouteKey::Path { methods, template }, span)),
        (Some(_), Some((path, Err(error)))) => {
            reading.refuse(span, DefinitionProblem::Path(path.to_owned(), error));
            None
        }
        _ => {
            reading.refuse(span, DefinitionProblem::RouteKey(value));
            None
        }
    }
}
