//! An API of the model: its document or its events, its authorizers, its stage.

use crate::load::body;
use crate::load::cloudformation::Named;
use crate::load::definition::Given;
use crate::load::openapi;
use crate::load::openapi::Body;
use crate::load::openapi::Operation;
use crate::load::openapi::Security;
use crate::load::reading::Reading;
use crate::load::sam::authorizer;
use crate::load::sam::cors;
use crate::load::sam::event::Event;
use crate::load::sam::globals::ServerlessApi;
use crate::load::sam::guard;
use crate::load::sam::policy;
use crate::load::sam::websocket;
use crate::load::template::Unresolved;
use crate::model::authorizer::ApiKind;
use crate::model::authorizer::Authorizer;
use crate::model::project::Api;
use crate::model::route::Guard;
use crate::source::Spanned;
use crate::syntax::Node;

/// Reads an API; `events` are those of the whole template.
pub(super) fn read<'t>(
    reading: &mut Reading<'t>,
    given: &Given<'t>,
    api: &'t ServerlessApi,
    events: &[Event<'t>],
) -> Named {
    let mut read = Api {
        kind: api.kind,
        source: given.name.to_owned(),
        stages: stage(reading, api).into_iter().collect(),
        id: None,
        resource_policy: None,
        cors: None,
        routes: Vec::new(),
        authorizers: Vec::new(),
    };
    if api.kind == ApiKind::WebSocket {
        (read.routes, read.authorizers) = websocket::read(reading, api);
        return Named { id: Some(api.id.value.clone()), api: read };
    }
    let auth = reading.object(api.properties.get("Auth"), || format!("authorization of `{}`", api.id.value));
    let known = authorizer::read_all(reading, api.kind, auth);
    let mut body = document(reading, given, api, known);
    let own = events.iter().filter(|event| event.api == api.id.value);
    for event in own {
        take_event(reading, api, event, &mut body);
    }
    let cors = cors::switched_on(api);
    if let Some(place) = cors.filter(|_| api.kind == ApiKind::Rest) {
        cors::add_preflights(&mut body.routes, place);
    }
    guard::apply_default(reading, api.kind, auth, &mut body);
    read.resource_policy = policy::read(reading, auth.filter(|_| api.kind == ApiKind::Rest)).or(body.resource_policy);
    read.cors = cors.or(body.cors);
    read.routes = body.routes.into_iter().map(Operation::into_route).collect();
    read.authorizers = body.authorizers;
    Named { id: Some(api.id.value.clone()), api: read }
}

/// The document of an API that has one of its own.
fn document<'t>(reading: &mut Reading<'t>, given: &Given<'t>, api: &'t ServerlessApi, known: Vec<Authorizer>) -> Body {
    let name = &api.id.value;
    let root = match (api.properties.get("DefinitionBody"), api.properties.get("DefinitionUri")) {
        (Some(node), _) => body::inline(reading, given, name, node),
        (None, Some(node)) => body::file(reading, given, name, node),
        (None, None) => None,
    };
    match root {
        Some(root) => openapi::read(reading, api.kind, root, known),
        None => Body::only(known),
    }
}

/// Where the API has a document of its own, its events add no routes: they only say which function may be called, or who guards a route
/// where they override that.
fn take_event<'t>(reading: &mut Reading<'t>, api: &ServerlessApi, event: &Event<'t>, body: &mut Body) {
    if let Some(own) = event.auth.and_then(|auth| auth.member("ResourcePolicy")) {
        let why = "resource policies of single events are not read".to_owned();
        reading
            .leave_open(format!("resource policy of `{}`", event.key.value), &Unresolved { why, span: own.key.span });
    }
    let is_set = |node: Option<&Node>| node.and_then(Node::scalar) == Some("true");
    let has = |key| api.properties.get(key).is_some();
    let has_document = has("DefinitionBody") || has("DefinitionUri");
    let overrides = is_set(event.auth.and_then(|auth| auth.get("OverrideApiAuth")));
    let merges = is_set(api.properties.get("MergeDefinitions"));
    if has_document && !overrides && !merges {
        return;
    }
    let security = guard::of_event(reading, event.auth, &mut body.authorizers);
    match body.routes.iter_mut().find(|route| route.key.value == event.key.value) {
        Some(route) if has_document => route.security = security,
        // Functions under opposite conditions share a route.
        Some(route) if route.security == security => {}
        Some(route) => {
            route.security = Security::By(Guard::Unknown("several events declare this route".to_owned()));
        }
        None if !has_document || merges => body.routes.push(Operation { key: event.key.clone(), security }),
        None => {}
    }
}

/// The stage that is named, or SAM's default. The second stage `Stage`, a leftover of old imports that SAM makes beside it, is left out:
/// nobody means it.
fn stage<'t>(reading: &mut Reading<'t>, api: &'t ServerlessApi) -> Option<Spanned<String>> {
    if let Some(node) = api.properties.get("StageName") {
        return reading.text(Some(node), || format!("stage of `{}`", api.id.value));
    }
    let name = match api.kind {
        ApiKind::Rest => "Prod",
        ApiKind::Http => "$default",
        ApiKind::WebSocket => "default",
    };
    Some(Spanned::new(name.to_owned(), api.id.span))
}
