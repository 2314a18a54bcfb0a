//! Events of functions: routes in their short and long forms.

use crate::load::definition_error::DefinitionProblem;
use crate::load::reading::Reading;
use crate::load::route_key;
use crate::load::serverless::variables;
use crate::model::authorizer::ApiKind;
use crate::model::route::RouteKey;
use crate::source::Spanned;
use crate::syntax::Node;
use crate::syntax::Value;

/// An event that makes a route.
pub(super) struct Event<'t> {
    /// What the route answers to.
    pub(super) key: Spanned<RouteKey>,
    /// The settings; nothing in the short form.
    pub(super) block: Option<&'t Node>,
}

impl<'t> Event<'t> {
    /// What the event says about who guards the route.
    pub(super) fn authorizer(&self) -> Option<&'t Node> {
        self.block?.get("authorizer").filter(|node| node.value != Value::Null)
    }

    /// Where `cors` is switched on.
    pub(super) fn cors(&self) -> Option<&'t crate::syntax::Member> {
        let member = self.block?.member("cors")?;
        (member.value.value != Value::Null && member.value.scalar() != Some("false")).then_some(member)
    }
}

/// The events of one kind of API, of all functions.
pub(super) fn all<'t>(reading: &mut Reading<'t>, kind: ApiKind, functions: &'t Node) -> Vec<Event<'t>> {
    let name = match kind {
        ApiKind::Rest => "http",
        ApiKind::Http => "httpApi",
        ApiKind::WebSocket => "websocket",
    };
    // Functions may come as a list of several mappings.
    let parts = std::iter::once(functions).chain(functions.items());
    let functions = parts.flat_map(Node::members).map(|member| &member.value);
    let events = functions.filter_map(|function| function.get("events")).flat_map(Node::items);
    let ours: Vec<&Node> = events.filter_map(|event| event.get(name)).collect();
    ours.into_iter().filter_map(|event| read(reading, kind, event)).collect()
}

fn read<'t>(reading: &mut Reading<'t>, kind: ApiKind, event: &'t Node) -> Option<Event<'t>> {
    if let Some(found) = variables::left(event) {
        reading.leave_open("a route".to_owned(), &found);
        return None;
    }
    let (key, block) = match event.scalar() {
        Some(text) => (short(kind, text).map(|key| Spanned::new(key, event.span)), None),
        None => (long(reading, kind, event)?, Some(event)),
    };
    match key {
        Ok(key) => Some(Event { key, block }),
        Err(problem) => {
            reading.refuse(event.span, problem);
            None
        }
    }
}

/// `GET /users`, `*`, `$connect`
fn short(kind: ApiKind, text: &str) -> Result<RouteKey, DefinitionProblem> {
    let text = text.trim();
    if kind == ApiKind::WebSocket {
        return route_key::of_text(kind, text);
    }
    if kind == ApiKind::Http && (text == "*" || text == "$default") {
        return Ok(RouteKey::Default);
    }
    match text.split_once(char::is_whitespace) {
        Some((method, path)) => route_key::of_path(method, path.trim()),
        None => Err(DefinitionProblem::RouteKey(text.to_owned())),
    }
}

type Long = Result<Spanned<RouteKey>, DefinitionProblem>;

fn long<'t>(reading: &mut Reading<'t>, kind: ApiKind, event: &'t Node) -> Option<Long> {
    if kind == ApiKind::WebSocket {
        let route = event.get("route");
        let Some(text) = route.and_then(Node::scalar) else { return Some(Err(DefinitionProblem::Missing("route"))) };
        let span = route.map_or(event.span, |route| route.span);
        return Some(route_key::of_text(kind, text).map(|key| Spanned::new(key, span)));
    }
    let path = event.get("path");
    let method = event.get("method");
    for part in [path, method].into_iter().flatten() {
        if let Some(found) = variables::left(part) {
            reading.leave_open("a route".to_owned(), &found);
            return None;
        }
    }
    let span = path.map_or(event.span, |path| path.span);
    let method_text = method.and_then(Node::scalar);
    let Some(text) = path.and_then(Node::scalar) else {
        return Some(match (kind, method_text) {
            (ApiKind::Http, Some("*")) => Ok(Spanned::new(RouteKey::Default, event.span)),
            _ => Err(DefinitionProblem::Missing("path")),
        });
    };
    let text = text.trim();
    if kind == ApiKind::Http && text == "*" {
        return Some(Ok(Spanned::new(RouteKey::Default, span)));
    }
    let method = match (kind, method_text) {
        (_, Some(method)) => method,
        (ApiKind::Http, None) => "ANY",
        _ => return Some(Err(DefinitionProblem::Missing("method"))),
    };
    Some(route_key::of_path(method, text).map(|key| Spanned::new(key, span)))
}
