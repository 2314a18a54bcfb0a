//! The outputs of `aws apigatewayv2` of one folder, put together to HTTP and WebSocket APIs.

use crate::load::LoadError;
use crate::load::aws_cli::authorizer;
use crate::load::aws_cli::folder::Folder;
use crate::load::aws_cli::output::Kind;
use crate::load::aws_cli::output::Output;
use crate::load::definition::Definition;
use crate::load::definition_error::DefinitionError;
use crate::load::guards::Guards;
use crate::load::route_key;
use crate::load::scalar;
use crate::model::authorizer::ApiKind;
use crate::model::project::Api;
use crate::model::route::Guard;
use crate::model::route::Route;
use crate::source::Spanned;
use crate::syntax::Node;

/// Adds the HTTP and WebSocket APIs of a folder: one for each `get-routes`, or one for all pages of a cut one.
pub(super) fn load(folder: &Folder<'_>, definition: &mut Definition) {
    for pages in folder.apis_of(Kind::Routes) {
        let api = assemble(folder, &pages, definition);
        definition.apis.push(api);
    }
}

fn assemble(folder: &Folder<'_>, pages: &[&Output], definition: &mut Definition) -> Api {
    let items: Vec<&Node> = pages.iter().flat_map(|page| &page.items).collect();
    let kind = kind(folder, &items);
    let referred = |id: &str| items.iter().any(|item| item.get("AuthorizerId").and_then(Node::as_str) == Some(id));
    let mut guards = Guards::default();
    let authorizers = folder.of(Kind::Authorizers).flat_map(|output| &output.items);
    for authorizer in authorizers.filter_map(|item| authorizer::of_v2(kind, item)) {
        if folder.is_only(Kind::Routes) || referred(&authorizer.id) {
            guards.with(authorizer);
        }
    }
    let mut routes = Vec::new();
    for item in items {
        let Some(key) = item.get("RouteKey").and_then(scalar::spanned) else { continue };
        match route_key::of_text(kind, &key.value) {
            Ok(read) => routes.push(Route { key: Spanned::new(read, key.span), guard: guard(item, &mut guards) }),
            Err(error) => {
                definition.errors.push(LoadError::Definition(DefinitionError::new(key.span, error)));
            }
        }
    }
    let described = folder.described(Kind::Apis, |api| protocol(api) == Some(kind), definition);
    Api {
        kind,
        source: folder.name_of(pages),
        stages: folder.stages(Kind::Stages, "StageName", Kind::Routes, definition),
        id: described.and_then(|(_, api)| api.get("ApiId")).and_then(scalar::text),
        resource_policy: None,
        cors: described.and_then(|(_, api)| api.member("CorsConfiguration")).map(|member| member.key.span),
        routes,
        authorizers: guards.authorizers,
    }
}

/// What the routes alone can only be, else the protocol of the only API that was described.
fn kind(folder: &Folder<'_>, items: &[&Node]) -> ApiKind {
    let keys: Vec<&str> = items.iter().filter_map(|item| item.get("RouteKey").and_then(Node::as_str)).collect();
    if keys.iter().any(|key| route_key::is_websocket(key)) {
        return ApiKind::WebSocket;
    }
    let mut apis = folder.of(Kind::Apis).flat_map(|output| &output.items);
    match (apis.next(), apis.next()) {
        (Some(api), None) if keys.iter().all(|key| *key == "$default") => protocol(api).unwrap_or(ApiKind::Http),
        _ => ApiKind::Http,
    }
}

fn protocol(api: &Node) -> Option<ApiKind> {
    match api.get("ProtocolType").and_then(Node::as_str)? {
        "WEBSOCKET" => Some(ApiKind::WebSocket),
        _ => Some(ApiKind::Http),
    }
}

/// <https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes-routeid.html>
fn guard(route: &Node, guards: &mut Guards) -> Guard {
    let kind = route.get("AuthorizationType");
    match kind.and_then(Node::as_str).unwrap_or("NONE") {
        "NONE" => Guard::Open,
        "AWS_IAM" => guards.with_iam(kind.map_or(route.span, |kind| kind.span)),
        _ => match route.get("AuthorizerId").and_then(scalar::text) {
            Some(id) => guards.known(&id).unwrap_or_else(|| {
                Guard::Unknown(format!("the output of `aws apigatewayv2 get-authorizers` with `{id}` is not there"))
            }),
            None => Guard::Unknown("the route names no authorizer".to_owned()),
        },
    }
}
