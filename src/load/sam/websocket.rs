//! `AWS::Serverless::WebSocketApi`: routes in place, and one authorizer for `$connect`.

use crate::load::openapi;
use crate::load::reading::Reading;
use crate::load::sam::globals::ServerlessApi;
use crate::load::template::Unresolved;
use crate::model::authorizer::ApiKind;
use crate::model::authorizer::Authorizer;
use crate::model::authorizer::AuthorizerKind;
use crate::model::route::Guard;
use crate::model::route::Route;
use crate::model::route::RouteKey;
use crate::source::Spanned;
use crate::syntax::Member;
use crate::syntax::Node;

/// Reads the routes and the authorizer.
pub(super) fn read<'t>(reading: &mut Reading<'t>, api: &'t ServerlessApi) -> (Vec<Route>, Vec<Authorizer>) {
    let mut authorizers = Vec::new();
    let guard = match api.properties.member("Auth") {
        Some(auth) => connect_guard(reading, api, auth, &mut authorizers),
        None => Guard::Open,
    };
    let routes = reading.object(api.properties.get("Routes"), || format!("routes of `{}`", api.id.value));
    let route = |member: &Member| {
        let is_connect = member.key.value == "$connect";
        let key = if is_connect { RouteKey::Connect } else { RouteKey::Message(member.key.value.clone()) };
        let guard = if is_connect { guard.clone() } else { Guard::Open };
        Route { key: Spanned::new(key, member.key.span), guard }
    };
    let routes = routes.into_iter().flat_map(Node::members).map(route);
    (routes.collect(), authorizers)
}

fn connect_guard<'t>(
    reading: &mut Reading<'t>,
    api: &'t ServerlessApi,
    auth: &'t Member,
    authorizers: &mut Vec<Authorizer>,
) -> Guard {
    let what = || format!("authorization of `{}`", api.id.value);
    let Some(auth_node) = reading.object(Some(&auth.value), what) else {
        return Guard::Unknown("deployment decides it".to_owned());
    };
    let kind = match auth_node.get("AuthType").map(|node| reading.resolver.text(node)) {
        Some(Ok(Some(kind))) => kind,
        None | Some(Ok(None)) => return Guard::Open,
        Some(Err(found)) => {
            let Unresolved { why, .. } = &found;
            reading.leave_open(what(), &found);
            return Guard::Unknown(why.clone());
        }
    };
    match kind.value.as_str() {
        "CUSTOM" => {}
        "AWS_IAM" => return openapi::signature(authorizers, kind.span),
        _ => return Guard::Open,
    }
    // What SAM calls the authorizer that it makes.
    let id = Spanned::new(format!("{}ConnectAuthorizer", api.id.value), auth.key.span);
    let name = reading.text(auth_node.get("Name"), what).unwrap_or_else(|| id.clone());
    authorizers.push(Authorizer {
        name,
        kind: AuthorizerKind::Request,
        ttl: reading.ttl(ApiKind::WebSocket, &id, None),
        identity_sources: reading.sources(&id, auth_node.get("IdentitySource")),
        payload: None,
        simple_responses: Some(false),
        id: id.value,
    });
    Guard::Authorizer(authorizers.len() - 1)
}
