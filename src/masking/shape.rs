//! Which scalars of a saved authorizer response may be shown, told by where they stand.
//!
//! The list is one of what is shown, so that a key that nobody thought of is hidden. It looks at the raw tree and not at the model, because
//! a response that the model can't make sense of must not be shown either.

use crate::source::Span;
use crate::syntax::Member;
use crate::syntax::Node;
use crate::syntax::Value;

/// Whether the text of a key or scalar may stand in a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Show {
    /// As it is.
    Text,
    /// As `…`.
    Dots,
}

/// The keys and scalars of `root` that touch `window`, each with whether it may be shown, in the order of the text.
pub(super) fn pieces(root: &Node, window: Span) -> Vec<(Span, Show)> {
    let mut walk = Walk { window, found: Vec::new() };
    walk.node(root, Place::Response);
    walk.found.sort_unstable_by_key(|(span, _)| *span);
    walk.found
}

/// What the rules of privacy depend on while walking down.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// A response, a recorded pair, a bare policy document, or a list of these.
    Response,
    /// A recorded event.
    Event,
    /// Inside a policy document, outside its conditions.
    Policy,
    /// One scalar that may be shown; below it, nothing.
    Scalar,
    /// Nothing here may be shown but keys.
    Private,
}

struct Walk {
    window: Span,
    found: Vec<(Span, Show)>,
}

impl Walk {
    fn node(&mut self, node: &Node, place: Place) {
        if node.span.end <= self.window.start || node.span.start >= self.window.end {
            return;
        }
        match &node.value {
            Value::Array(items) => {
                let place = if place == Place::Scalar { Place::Private } else { place };
                for item in items {
                    self.node(item, place);
                }
            }
            Value::Object(members) => {
                for member in members {
                    self.found.push((member.key.span, Show::Text));
                    self.node(&member.value, place_of(member, members, place));
                }
            }
            _ => self.found.push((node.span, show(node, place))),
        }
    }
}

fn show(scalar: &Node, place: Place) -> Show {
    match place {
        Place::Policy if may_be_policy(scalar) => Show::Text,
        Place::Scalar => Show::Text,
        _ => Show::Dots,
    }
}

/// A policy that was put into a string is shown as a whole or, since nothing in it can be told apart here, not at all.
fn may_be_policy(scalar: &Node) -> bool {
    scalar.as_str().is_none_or(|text| !text.to_ascii_lowercase().contains("\"condition"))
}

fn place_of(member: &Member, siblings: &[Member], parent: Place) -> Place {
    let key = member.key.value.as_str();
    match parent {
        Place::Response => in_response(key, &member.value, siblings),
        Place::Event if EVENT_KEYS.contains(&key) => Place::Scalar,
        Place::Policy if !key.eq_ignore_ascii_case("Condition") => Place::Policy,
        _ => Place::Private,
    }
}

fn in_response(key: &str, value: &Node, siblings: &[Member]) -> Place {
    match key {
        "policy" if has(value.members(), RESPONSE_KEYS) => Place::Response,
        "policyDocument" | "PolicyDocument" | "policy" => in_string_or_tree(value),
        "response" if value.as_str().is_none() => Place::Response,
        "event" | "request" => Place::Event,
        "isAuthorized" => Place::Scalar,
        "Version" => Place::Policy,
        _ if key.eq_ignore_ascii_case("Statement") => Place::Policy,
        _ if EVENT_KEYS.contains(&key) && has(siblings, &["methodArn", "routeArn"]) => Place::Scalar,
        _ => Place::Private,
    }
}

fn has(members: &[Member], keys: &[&str]) -> bool {
    members.iter().any(|member| keys.contains(&member.key.value.as_str()))
}

/// Where a policy document belongs, a string is shown only if it looks like one.
fn in_string_or_tree(value: &Node) -> Place {
    match value.as_str() {
        Some(text) if !text.trim_start().starts_with(['{', '[']) => Place::Private,
        _ => Place::Policy,
    }
}

/// Method, path and ARN of an event, and which kind of event it is.
const EVENT_KEYS: &[&str] =
    &["methodArn", "routeArn", "httpMethod", "path", "rawPath", "resource", "routeKey", "type", "version"];

/// What tells a whole response from a policy document.
const RESPONSE_KEYS: &[&str] = &["principalId", "policyDocument", "PolicyDocument", "context", "isAuthorized"];
