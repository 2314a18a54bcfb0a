//! Paths and their methods: the routes of a document.

use crate::load::definition_error::DefinitionProblem;
use crate::load::openapi::Operation;
use crate::load::openapi::Security;
use crate::load::openapi::operation;
use crate::load::openapi::operation::Guards;
use crate::load::reading::Reading;
use crate::load::template::Intrinsic;
use crate::load::template::Resolver;
use crate::load::template::Unresolved;
use crate::model::authorizer::ApiKind;
use crate::model::route::Guard;
use crate::model::route::Method;
use crate::model::route::Methods;
use crate::model::route::RouteKey;
use crate::model::route::Template;
use crate::source::Spanned;
use crate::syntax::Member;
use crate::syntax::Node;

/// Reads the operations of every path, in the order of the document.
///
/// A path item, or an operation, may be wrapped in conditions: what some branch has is listed; where branches differ in who guards it,
/// that is unknown.
pub(super) fn read_all<'t>(
    reading: &mut Reading<'t>,
    kind: ApiKind,
    root: &'t Node,
    guards: &mut Guards<'t>,
) -> Vec<Operation> {
    let mut routes = Vec::new();
    let paths = root.get("paths").into_iter().flat_map(Resolver::alternatives);
    for member in paths.flat_map(Node::members) {
        let mut found: Vec<Operation> = Vec::new();
        for item in Resolver::alternatives(&member.value) {
            note_unread(reading, member, item);
            for operation in item.members() {
                let Some(methods) = methods(&operation.key.value) else { continue };
                let methods = Spanned::new(methods, operation.key.span);
                for node in Resolver::alternatives(&operation.value) {
                    let default = kind == ApiKind::Http && is_default(member, node);
                    let key = if default {
                        Some(Spanned::new(RouteKey::Default, methods.span))
                    } else {
                        key(reading, member, methods)
                    };
                    let Some(key) = key else { continue };
                    let security = operation::security(reading, node, guards);
                    add(&mut found, Operation { key, security });
                }
            }
        }
        routes.extend(found);
    }
    routes
}

/// A path item that is a reference, or a function other than a condition, stays closed.
fn note_unread(reading: &mut Reading<'_>, path: &Member, item: &Node) {
    let why = match Intrinsic::of(item) {
        Some(found) => format!("`{}` is not resolved here", found.function),
        None if item.get("$ref").is_some() => "a reference to another document is not followed".to_owned(),
        None => return,
    };
    reading.leave_open(format!("routes of `{}`", path.key.value), &Unresolved { why, span: item.span });
}

fn add(found: &mut Vec<Operation>, operation: Operation) {
    match found.iter_mut().find(|other| other.key.value == operation.key.value) {
        None => found.push(operation),
        Some(other) if other.security == operation.security => {}
        Some(other) => {
            other.security = Security::By(Guard::Unknown("a condition decides who guards it".to_owned()));
        }
    }
}

/// The methods that a key of a path item names; the other keys, and `trace`, are no routes.
fn methods(key: &str) -> Option<Methods> {
    if key.eq_ignore_ascii_case("x-amazon-apigateway-any-method") {
        return Some(Methods::Any);
    }
    Method::parse(&key.to_ascii_uppercase()).map(Methods::One)
}

/// The catch-all route of an HTTP API.
fn is_default(path: &Member, operation: &Node) -> bool {
    matches!(&*path.key.value, "/$default" | "$default") || operation.get("isDefaultRoute").is_some_and(is_true)
}

fn key(reading: &mut Reading<'_>, path: &Member, methods: Spanned<Methods>) -> Option<Spanned<RouteKey>> {
    let written = &path.key.value;
    match Template::parse(written) {
        Ok(template) => Some(Spanned::new(RouteKey::Path { methods: methods.value, template }, methods.span)),
        Err(_) if written.contains("${") => {
            let why = "a placeholder in the path is filled in later".to_owned();
            reading.leave_open(format!("path `{written}`"), &Unresolved { why, span: path.key.span });
            None
        }
        Err(error) => {
            reading.refuse(path.key.span, DefinitionProblem::Path(written.clone(), error));
            None
        }
    }
}

fn is_true(node: &Node) -> bool {
    node.scalar() == Some("true")
}
