//! The APIs of a template, with what `Globals` says of all of them, and those that exist only because an event needs one.
//!
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html>

use crate::load::sam::event;
use crate::load::template::Intrinsic;
use crate::load::template::resources;
use crate::model::authorizer::ApiKind;
use crate::source::Spanned;
use crate::syntax::Member;
use crate::syntax::Node;
use crate::syntax::Value;

/// The API that events without a `RestApiId` belong to.
pub(super) const IMPLICIT_REST: &str = "ServerlessRestApi";

/// The API that events without an `ApiId` belong to.
pub(super) const IMPLICIT_HTTP: &str = "ServerlessHttpApi";

/// An API of the model.
#[derive(Debug)]
pub(super) struct ServerlessApi {
    /// Its logical id.
    pub(super) id: Spanned<String>,
    /// REST, HTTP or WebSocket.
    pub(super) kind: ApiKind,
    /// Its properties, merged with the global ones.
    pub(super) properties: Node,
}

/// Every API: those that are declared in their order, then the implicit ones.
pub(super) fn apis(template: &Node) -> Vec<ServerlessApi> {
    let mut found = Vec::new();
    for resource in resources(template) {
        let kind = match resource.kind {
            "AWS::Serverless::Api" => ApiKind::Rest,
            "AWS::Serverless::HttpApi" => ApiKind::Http,
            "AWS::Serverless::WebSocketApi" => ApiKind::WebSocket,
            _ => continue,
        };
        let nothing = Node { span: resource.id.span, value: Value::Object(Vec::new()) };
        let local = resource.properties.unwrap_or(&nothing);
        let properties = merged(global(template, kind), local);
        found.push(ServerlessApi { id: resource.id.clone(), kind, properties });
    }
    for (kind, id) in [(ApiKind::Rest, IMPLICIT_REST), (ApiKind::Http, IMPLICIT_HTTP)] {
        let declared = found.iter().any(|api| api.id.value == id);
        if let Some(place) = event::implied(template, kind).filter(|_| !declared) {
            let nothing = Node { span: place, value: Value::Object(Vec::new()) };
            let properties = merged(global(template, kind), &nothing);
            found.push(ServerlessApi { id: Spanned::new(id.to_owned(), place), kind, properties });
        }
    }
    found
}

fn global(template: &Node, kind: ApiKind) -> Option<&Node> {
    let section = match kind {
        ApiKind::Rest => "Api",
        ApiKind::Http => "HttpApi",
        ApiKind::WebSocket => "WebSocketApi",
    };
    template.get("Globals")?.get(section)
}

/// Mappings are merged, lists are put one behind the other, and of anything else the resource's own counts.
fn merged(global: Option<&Node>, local: &Node) -> Node {
    let Some(global) = global else { return local.clone() };
    let value = match (&global.value, &local.value) {
        (Value::Object(globals), Value::Object(locals))
            if Intrinsic::of(global).is_none() && Intrinsic::of(local).is_none() =>
        {
            let inherited = globals.iter().filter(|member| local.get(&member.key.value).is_none()).cloned();
            let own = locals.iter().map(|member| Member {
                key: member.key.clone(),
                value: merged(global.get(&member.key.value), &member.value),
            });
            Value::Object(inherited.chain(own).collect())
        }
        (Value::Array(globals), Value::Array(locals)) => Value::Array(globals.iter().chain(locals).cloned().collect()),
        _ => return local.clone(),
    };
    Node { span: local.span, value }
}
