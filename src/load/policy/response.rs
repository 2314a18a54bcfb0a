//! One response, in any of its shapes.

use crate::load::policy::context;
use crate::load::policy::document;
use crate::load::policy::document::Owner;
use crate::load::policy::element::Elements;
use crate::load::policy::element::find_duplicates;
use crate::load::policy::element::opening;
use crate::load::policy::element::wrong_type;
use crate::load::policy::event;
use crate::load::policy::shape;
use crate::load::policy::shape::Shape;
use crate::model::response::Defect;
use crate::model::response::DefectKind;
use crate::model::response::Response;
use crate::model::response::Verdict;
use crate::model::response::WEBSOCKET_LIMIT;
use crate::source::Spanned;
use crate::syntax::Node;
use crate::syntax::Value;
use crate::syntax::excerpt::Excerpt;
use crate::syntax::json;

/// Reads a value whose shape is known. `text` is the whole file: the policy may be JSON in a string of it.
pub(super) fn read(text: &str, node: &Node, shape: &Shape<'_>) -> Response {
    let mut response =
        Response { span: node.span, verdict: Verdict::Unreadable, principal: None, event: None, defects: Vec::new() };
    match *shape {
        Shape::Pair { event, response: inner } => {
            response.event = event::read(event, &mut response.defects);
            answer(text, inner, &mut response);
        }
        _ => decided(text, node, shape, &mut response),
    }
    response
}

/// The response of a recorded pair, itself of any shape, perhaps as JSON in a string.
fn answer(text: &str, node: &Node, response: &mut Response) {
    let parsed;
    let node = match &node.value {
        Value::String(_) => match json::parse_excerpt(&Excerpt::unescaped(text, node.span)) {
            Ok(inner) => {
                parsed = inner.root;
                &parsed
            }
            Err(_) => node,
        },
        _ => node,
    };
    match shape::tell(node) {
        Ok(Shape::Pair { .. }) | Err(_) => {
            response.defects.push(wrong_type("response", "an authorizer response or a policy document", node));
        }
        Ok(shape) => decided(text, node, &shape, response),
    }
}

fn decided(text: &str, node: &Node, shape: &Shape<'_>, response: &mut Response) {
    find_duplicates(node, &mut response.defects);
    measure(node, shape, &mut response.defects);
    match shape {
        Shape::Response => authorizer_response(text, node, response),
        Shape::Document => {
            response.verdict = Verdict::Policy(document::read(node, Owner::Authorizer, &mut response.defects));
        }
        Shape::Simple => simple(node, response),
        Shape::TestInvoke => test_invoke(text, node, response),
        Shape::Thrown => response.verdict = Verdict::Thrown(opening(node)),
        Shape::Pair { .. } => {}
    }
}

/// What the function sent had no blanks, however it was saved.
fn measure(node: &Node, shape: &Shape<'_>, defects: &mut Vec<Defect>) {
    let bytes = json::compact_length(node);
    if matches!(shape, Shape::Response | Shape::Document) && bytes > WEBSOCKET_LIMIT {
        defects.push(Defect { kind: DefectKind::Large(bytes), span: opening(node) });
    }
}

fn authorizer_response(text: &str, node: &Node, response: &mut Response) {
    let defects = &mut response.defects;
    let elements = Elements::of(node, &["principalId", "policyDocument", "context", "usageIdentifierKey"], defects);
    if let Some(member) = elements.require("principalId", defects) {
        response.principal = member.value.as_str().map(str::to_owned);
        match member.value.value {
            Value::String(_) => {}
            // What serializers make of a field that was never set.
            Value::Null => {
                defects.push(Defect { kind: DefectKind::MissingElement("principalId"), span: member.value.span });
            }
            _ => defects.push(wrong_type("principalId", "a string", &member.value)),
        }
    }
    if let Some(member) = elements.find("context") {
        context::check(&member.value, defects);
    }
    if let Some(member) = elements.find("usageIdentifierKey")
        && !matches!(member.value.value, Value::String(_) | Value::Null)
    {
        defects.push(wrong_type("usageIdentifierKey", "a string", &member.value));
    }
    let Some(member) = elements.require("policyDocument", defects) else {
        return;
    };
    policy(text, "policyDocument", &member.value, response);
    // A string with no policy in it is another mistake.
    if member.value.as_str().is_some() && matches!(response.verdict, Verdict::Policy(_)) {
        response.defects.push(Defect { kind: DefectKind::StringifiedPolicy, span: member.value.span });
    }
}

/// Reads a policy that is an object, or an object as JSON in a string.
fn policy(text: &str, element: &'static str, node: &Node, response: &mut Response) {
    let defects = &mut response.defects;
    match &node.value {
        Value::Object(_) => {
            response.verdict = Verdict::Policy(document::read(node, Owner::Authorizer, defects));
        }
        Value::String(_) => match json::parse_excerpt(&Excerpt::unescaped(text, node.span)) {
            Ok(parsed) if matches!(parsed.root.value, Value::Object(_)) => {
                find_duplicates(&parsed.root, defects);
                response.verdict = Verdict::Policy(document::read(&parsed.root, Owner::Authorizer, defects));
            }
            Ok(parsed) => defects.push(wrong_type(element, "a policy document", &parsed.root)),
            Err(error) => defects.push(Defect {
                kind: DefectKind::WrongType {
                    element,
                    expected: "a policy document; the string is no JSON from here on",
                },
                span: error.span,
            }),
        },
        _ => defects.push(wrong_type(element, "a policy document, which is an object", node)),
    }
}

/// A simple response may hold objects and lists in its context:
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html>.
fn simple(node: &Node, response: &mut Response) {
    let defects = &mut response.defects;
    let elements = Elements::of(node, &["isAuthorized", "context"], defects);
    if let Some(member) = elements.find("context")
        && !matches!(member.value.value, Value::Object(_) | Value::Null)
    {
        defects.push(wrong_type("context", "an object", &member.value));
    }
    let Some(member) = elements.require("isAuthorized", defects) else {
        return;
    };
    match member.value.value {
        Value::Bool(verdict) => response.verdict = Verdict::Simple(Spanned::new(verdict, member.value.span)),
        _ => defects.push(wrong_type("isAuthorized", "`true` or `false`", &member.value)),
    }
}

/// Without a policy the function wasn't called, or it threw.
fn test_invoke(text: &str, node: &Node, response: &mut Response) {
    response.principal = node.get("principalId").and_then(Node::as_str).map(str::to_owned);
    match node.get("policy") {
        None | Some(Node { value: Value::Null, .. }) => response.verdict = Verdict::Thrown(opening(node)),
        Some(inner) => policy(text, "policy", inner, response),
    }
}
