//! Events of functions and state machines that are routes.

use crate::load::definition_error::DefinitionProblem;
use crate::load::reading::Reading;
use crate::load::sam::globals::IMPLICIT_HTTP;
use crate::load::sam::globals::IMPLICIT_REST;
use crate::load::template::Resource;
use crate::load::template::Unresolved;
use crate::load::template::resources;
use crate::model::authorizer::ApiKind;
use crate::model::route::Method;
use crate::model::route::Methods;
use crate::model::route::RouteKey;
use crate::model::route::Template;
use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::Member;
use crate::syntax::Node;

/// An event that is a route of an API.
#[derive(Debug)]
pub(super) struct Event<'t> {
    /// The logical id of the API.
    pub(super) api: String,
    /// The route, at the place of its path.
    pub(super) key: Spanned<RouteKey>,
    /// `Auth` of the event.
    pub(super) auth: Option<&'t Node>,
}

/// Where the first event stands that belongs to the implicit API of a kind.
pub(super) fn implied(template: &Node, kind: ApiKind) -> Option<Span> {
    let is_implied = |member: &&Member| {
        let properties = member.value.get("Properties");
        let stated = properties.and_then(|properties| properties.get(api_key(kind)));
        event_kind(member) == Some(kind) && stated.is_none_or(|node| is_implicit(node, kind))
    };
    let resources = resources(template);
    resources.into_iter().flat_map(events).find(is_implied).map(|member| member.key.span)
}

/// Reads every event that is a route.
pub(super) fn read_all<'t>(reading: &mut Reading<'t>, template: &'t Node) -> Vec<Event<'t>> {
    let mut found = Vec::new();
    for member in resources(template).into_iter().flat_map(events) {
        if let Some(kind) = event_kind(member) {
            found.extend(read(reading, kind, member));
        }
    }
    found
}

fn events(resource: Resource<'_>) -> &[Member] {
    let has_events = matches!(resource.kind, "AWS::Serverless::Function" | "AWS::Serverless::StateMachine");
    resource.get("Events").filter(|_| has_events).map_or(&[], Node::members)
}

fn event_kind(member: &Member) -> Option<ApiKind> {
    match member.value.get("Type")?.as_str()? {
        "Api" => Some(ApiKind::Rest),
        "HttpApi" => Some(ApiKind::Http),
        _ => None,
    }
}

const fn api_key(kind: ApiKind) -> &'static str {
    match kind {
        ApiKind::Rest => "RestApiId",
        _ => "ApiId",
    }
}

const fn implicit(kind: ApiKind) -> &'static str {
    match kind {
        ApiKind::Rest => IMPLICIT_REST,
        _ => IMPLICIT_HTTP,
    }
}

fn is_implicit(node: &Node, kind: ApiKind) -> bool {
    node.get("Ref").unwrap_or(node).as_str() == Some(implicit(kind))
}

fn read<'t>(reading: &mut Reading<'t>, kind: ApiKind, member: &'t Member) -> Option<Event<'t>> {
    let property = |name: &str| member.value.get("Properties").and_then(|properties| properties.get(name));
    let api = match property(api_key(kind)) {
        None => implicit(kind).to_owned(),
        Some(node) if is_implicit(node, kind) => implicit(kind).to_owned(),
        Some(node) => {
            let Some(id) = reading.resolver.resource_of(node) else {
                let why = "it is not declared in this template".to_owned();
                reading
                    .leave_open(format!("API of event `{}`", member.key.value), &Unresolved { why, span: node.span });
                return None;
            };
            id.to_owned()
        }
    };
    let key = key(reading, kind, member)?;
    Some(Event { api, key, auth: property("Auth") })
}

fn key<'t>(reading: &mut Reading<'t>, kind: ApiKind, member: &'t Member) -> Option<Spanned<RouteKey>> {
    let properties = member.value.get("Properties");
    let property = |name: &str| properties.and_then(|properties| properties.get(name));
    let (method, path) = (property("Method"), property("Path"));
    if kind == ApiKind::Http && method.is_none() && path.is_none() {
        return Some(Spanned::new(RouteKey::Default, member.key.span));
    }
    let (Some(method), Some(path)) = (method, path) else {
        let missing = if path.is_none() { "Path" } else { "Method" };
        reading.refuse(member.key.span, DefinitionProblem::Missing(missing));
        return None;
    };
    let what = || format!("route of event `{}`", member.key.value);
    let method = reading.text(Some(method), what)?;
    let path = reading.text(Some(path), what)?;
    if kind == ApiKind::Http && path.value == "$default" {
        return Some(Spanned::new(RouteKey::Default, path.span));
    }
    // SAM takes methods in any case.
    let methods = match method.value.to_ascii_uppercase().as_str() {
        "ANY" | "X-AMAZON-APIGATEWAY-ANY-METHOD" => Some(Methods::Any),
        name => Method::parse(name).map(Methods::One),
    };
    let Some(methods) = methods else {
        reading.refuse(method.span, DefinitionProblem::Method(method.value));
        return None;
    };
    match Template::parse(&path.value) {
        Ok(template) => Some(Spanned::new(RouteKey::Path { methods, template }, path.span)),
        Err(error) => {
            reading.refuse(path.span, DefinitionProblem::Path(path.value, error));
            None
        }
    }
}
