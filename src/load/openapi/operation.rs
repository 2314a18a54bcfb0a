//! Who guards an operation.

use crate::load::openapi::Security;
use crate::load::openapi::scheme;
use crate::load::reading::Reading;
use crate::load::template::Resolver;
use crate::model::authorizer::Authorizer;
use crate::model::authorizer::AuthorizerKind;
use crate::model::route::Guard;
use crate::source::Span;
use crate::syntax::Node;

/// Who can guard the operations of a document.
#[derive(Debug)]
pub(super) struct Guards<'t> {
    /// The authorizers.
    pub(super) authorizers: Vec<Authorizer>,
    /// The schemes that are none, such as API keys.
    pub(super) plain: Vec<&'t str>,
}

/// Reads `security` and `x-amazon-apigateway-auth`.
pub(super) fn security<'t>(reading: &mut Reading<'t>, operation: &'t Node, guards: &mut Guards<'t>) -> Security {
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-auth.html
    let auth = operation.get("x-amazon-apigateway-auth");
    let kind = reading.text(auth.and_then(|auth| auth.get("type")), || "type of authorization".to_owned());
    match kind {
        Some(kind) if kind.value == "NONE" => return Security::Open,
        Some(kind) if kind.value == "AWS_IAM" => return Security::By(signature(&mut guards.authorizers, kind.span)),
        _ => {}
    }
    let is_finished = operation.get("x-amazon-apigateway-integration").is_some();
    let unstated = if is_finished { Security::Unstated } else { Security::Unfinished };
    let Some(node) = operation.get("security") else { return unstated };
    let mut found: Option<Security> = None;
    for list in Resolver::alternatives(node) {
        let security = requirement(list, guards);
        found = match found {
            None => Some(security),
            Some(other) if other == security => Some(other),
            Some(_) => Some(Security::By(Guard::Unknown("a condition decides who guards it".to_owned()))),
        };
    }
    found.filter(|found| *found != Security::Unstated).unwrap_or(unstated)
}

/// The guard that stands for AWS Signature Version 4; its authorizer is added where there is none yet.
pub(in crate::load) fn signature(authorizers: &mut Vec<Authorizer>, place: Span) -> Guard {
    let known = authorizers.iter().position(|authorizer| authorizer.kind == AuthorizerKind::Iam);
    Guard::Authorizer(known.unwrap_or_else(|| {
        authorizers.push(scheme::iam("AWS_IAM", place));
        authorizers.len() - 1
    }))
}

/// Of the schemes that a list names, the first that is an authorizer counts; API keys guard nothing that a policy decides.
fn requirement(list: &Node, guards: &Guards<'_>) -> Security {
    let names = || list.items().iter().flat_map(Node::members).map(|member| member.key.value.as_str());
    let position = |name| guards.authorizers.iter().position(|authorizer| authorizer.id == name);
    if let Some(known) = names().find_map(position) {
        return Security::By(Guard::Authorizer(known));
    }
    // SAM writes it for "nobody".
    if names().any(|name| name == "NONE") {
        return Security::Open;
    }
    match names().find(|name| !guards.plain.contains(name) && *name != "api_key") {
        Some(name) => Security::By(Guard::Unknown(format!("no security scheme `{name}` was read"))),
        None => Security::Unstated,
    }
}
