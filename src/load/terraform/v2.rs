//! `aws_apigatewayv2_*`: HTTP and WebSocket APIs and their routes.

use crate::load::LoadError;
use crate::load::definition_error::DefinitionError;
use crate::load::guards::Guards;
use crate::load::openapi::Body;
use crate::load::openapi::Operation;
use crate::load::route_key;
use crate::load::terraform::api::Assembly;
use crate::load::terraform::api::Owner;
use crate::load::terraform::authorizer;
use crate::load::terraform::authorizer::spanned;
use crate::load::terraform::evaluate::reason;
use crate::load::terraform::instance::Instance;
use crate::load::terraform::term::Kind;
use crate::load::terraform::term::Term;
use crate::model::authorizer::ApiKind;
use crate::model::project::Api;
use crate::model::project::Unknown;
use crate::model::route::Guard;
use crate::model::route::Route;
use crate::model::route::RouteKey;
use crate::source::Span;
use crate::source::Spanned;

const APIS: [&str; 2] = ["aws_apigatewayv2_api", "data.aws_apigatewayv2_api"];
const AUTHORIZER: &str = "aws_apigatewayv2_authorizer";
const ROUTE: &str = "aws_apigatewayv2_route";

/// Adds the HTTP and WebSocket APIs: those declared, and those that routes or authorizers refer to.
pub(super) fn assemble(assembly: &mut Assembly<'_>) {
    for owner in assembly.owners("aws_apigatewayv2_api", &[(ROUTE, "api_id"), (AUTHORIZER, "api_id")], &APIS) {
        let api = api(assembly, &owner);
        assembly.definition.apis.extend(api);
    }
}

fn api(assembly: &mut Assembly<'_>, owner: &Owner) -> Option<Api> {
    let declared =
        assembly.collected.instances.iter().find(|instance| *owner == Owner::Here(instance.address.to_string()));
    let members = assembly.of_api(owner, ROUTE, "api_id", &APIS);
    let kind = kind(assembly, declared, &members);
    let mut guards = Guards::default();
    for instance in assembly.of_api(owner, AUTHORIZER, "api_id", &APIS) {
        guards.with(authorizer::of_v2(kind, instance, &mut assembly.definition.unknown));
    }
    let body = declared.and_then(|api| assembly.body(kind, api, &mut guards));
    let Body { routes, cors, .. } = body.unwrap_or_else(|| Body::only(Vec::new()));
    let mut routes: Vec<Route> = routes.into_iter().map(Operation::into_route).collect();
    routes.extend(declared.and_then(quick_route));
    routes.extend(members.iter().filter_map(|member| route(assembly, kind, member, &mut guards)));
    assembly.note_handed_on(&routes, &guards.authorizers);
    let place = declared.or(members.first().copied())?.place;
    let stages = assembly.of_api(owner, "aws_apigatewayv2_stage", "api_id", &APIS);
    let id = match owner {
        Owner::Here(_) => declared.and_then(|api| api.get("id")).and_then(Term::text),
        Owner::Elsewhere(_) => members.first().and_then(|member| member.get("api_id")).and_then(Term::text),
    };
    Some(Api {
        kind,
        source: assembly.sources.get(place.source).name.clone(),
        stages: assembly.stages(&stages, "name"),
        id,
        resource_policy: None,
        cors: declared.and_then(cors_configuration).or(cors),
        routes,
        authorizers: guards.authorizers,
    })
}

/// A plan shows the block that is not there as an empty list.
fn cors_configuration(api: &Instance) -> Option<Span> {
    let term = api.get("cors_configuration")?;
    let is_empty = matches!(&term.kind, Kind::List(items) if items.is_empty());
    (!is_empty).then_some(term.span)
}

fn kind(assembly: &mut Assembly<'_>, declared: Option<&Instance>, routes: &[&Instance]) -> ApiKind {
    let protocol = declared.and_then(|api| api.get("protocol_type"));
    match protocol.map(|term| (term, term.text())) {
        Some((_, Some(text))) => return if text == "WEBSOCKET" { ApiKind::WebSocket } else { ApiKind::Http },
        Some((term, None)) => assembly.leave_open("kind of the API".to_owned(), term),
        None => {}
    }
    let keys = routes.iter().filter_map(|route| route.get("route_key")).filter_map(Term::text);
    if keys.into_iter().any(|key| route_key::is_websocket(&key)) { ApiKind::WebSocket } else { ApiKind::Http }
}

/// An API with a target makes a route of its own, `$default` unless it says otherwise.
fn quick_route(api: &Instance) -> Option<Route> {
    api.get("target")?;
    let written = api.get("route_key");
    let key = match written {
        Some(term) => route_key::of_text(ApiKind::Http, &term.text()?).ok()?,
        None => RouteKey::Default,
    };
    Some(Route { key: Spanned::new(key, written.map_or(api.place, |term| term.span)), guard: Guard::Open })
}

fn route(assembly: &mut Assembly<'_>, kind: ApiKind, member: &Instance, guards: &mut Guards) -> Option<Route> {
    let guard = guard(assembly, kind, member, guards);
    let term = member.get("route_key")?;
    let Some(written) = spanned(term) else {
        assembly.leave_open(format!("route key of `{}`", member.address), term);
        return None;
    };
    match route_key::of_text(kind, &written.value) {
        Ok(key) => Some(Route { key: Spanned::new(key, written.span), guard }),
        Err(problem) => {
            assembly.definition.errors.push(LoadError::Definition(DefinitionError::new(written.span, problem)));
            None
        }
    }
}

/// <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/apigatewayv2_route>
fn guard(assembly: &mut Assembly<'_>, kind: ApiKind, member: &Instance, guards: &mut Guards) -> Guard {
    let Some(authorization) = member.get("authorization_type") else { return Guard::Open };
    match authorization.text().as_deref() {
        None => {
            assembly.leave_open(format!("authorizer of `{}`", member.address), authorization);
            Guard::Unknown(reason(authorization).to_string())
        }
        Some("NONE") => Guard::Open,
        Some("AWS_IAM") => guards.with_iam(authorization.span),
        Some(_) => match assembly.collected.target(member.get("authorizer_id"), &[AUTHORIZER]) {
            Ok(found) => guards
                .known(&found.address)
                .unwrap_or_else(|| guards.with(authorizer::of_v2(kind, found, &mut assembly.definition.unknown))),
            Err(why) => {
                let span = member.get("authorizer_id").map_or(member.place, |term| term.span);
                let what = format!("authorizer of `{}`", member.address);
                assembly.definition.unknown.push(Unknown { what, why: why.to_string(), span });
                Guard::Unknown(why.to_string())
            }
        },
    }
}
