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
    /// Under a key that no policy has, such as a misspelt one: texts may be shown; an object may be a condition.
    Texts,
    /// One scalar that may be shown; below it, nothing.
    Scalar,
    /// `true` or `false`, in quotes or not; below it, nothing.
    Verdict,
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
                let is_single = matches!(place, Place::Scalar | Place::Verdict);
                let place = if is_single { Place::Private } else { place };
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
    let is_shown = match place {
        Place::Policy | Place::Texts => scalar.as_str().is_none_or(|text| !is_json(text) || is_plain_policy(text)),
        Place::Scalar => true,
        Place::Verdict => is_verdict(scalar),
        Place::Response | Place::Event | Place::Private => false,
    };
    if is_shown { Show::Text } else { Show::Dots }
}

fn is_verdict(scalar: &Node) -> bool {
    match &scalar.value {
        Value::Bool(_) => true,
        Value::String(text) => ["true", "false"].iter().any(|word| text.eq_ignore_ascii_case(word)),
        _ => false,
    }
}

fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '[', '"'])
}

/// A policy that was put into a string is shown as a whole or, since nothing in it can be told apart here, not at all.
fn is_plain_policy(text: &str) -> bool {
    let policy = serde_json::from_str::<serde_json::Value>(text);
    policy.is_ok_and(|policy| policy.is_object() && has_plain_keys(&policy))
}

fn has_plain_keys(policy: &serde_json::Value) -> bool {
    match policy {
        serde_json::Value::Object(members) => {
            members.iter().all(|(key, value)| POLICY_KEYS.contains(&key.as_str()) && has_plain_keys(value))
        }
        serde_json::Value::Array(items) => items.iter().all(has_plain_keys),
        _ => true,
    }
}

fn place_of(member: &Member, siblings: &[Member], parent: Place) -> Place {
    let key = member.key.value.as_str();
    match parent {
        Place::Response => in_response(key, &member.value, siblings),
        Place::Event if EVENT_KEYS.contains(&key) => Place::Scalar,
        Place::Policy | Place::Texts if is_like_condition(key) => Place::Private,
        Place::Policy if POLICY_KEYS.iter().any(|known| key.eq_ignore_ascii_case(known)) => Place::Policy,
        Place::Policy if matches!(member.value.value, Value::Object(_)) => Place::Private,
        Place::Policy => Place::Texts,
        _ => Place::Private,
    }
}

/// `Condition`, and what people write instead of it.
fn is_like_condition(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    key.contains("condition") || strsim::osa_distance(&key, "condition") <= 3
}

fn in_response(key: &str, value: &Node, siblings: &[Member]) -> Place {
    match key {
        "policy" if has(value.members(), RESPONSE_KEYS) => Place::Response,
        "policyDocument" | "PolicyDocument" | "policy" => in_string_or_tree(value),
        "response" if value.as_str().is_none() => Place::Response,
        "event" | "request" => Place::Event,
        _ if key.eq_ignore_ascii_case("isAuthorized") => Place::Verdict,
        _ if is_document(key) && !has(siblings, RESPONSE_KEYS) => Place::Policy,
        _ if EVENT_KEYS.contains(&key) && has(siblings, &["methodArn", "routeArn"]) => Place::Scalar,
        _ => Place::Private,
    }
}

fn has(members: &[Member], keys: &[&str]) -> bool {
    members.iter().any(|member| keys.contains(&member.key.value.as_str()))
}

/// Where a policy document belongs, a string is shown only if it looks like one.
fn in_string_or_tree(value: &Node) -> Place {
    match &value.value {
        Value::Object(_) => Place::Policy,
        Value::String(text) if is_json(text) => Place::Policy,
        _ => Place::Private,
    }
}

/// Whether a key is one of a bare policy document.
fn is_document(key: &str) -> bool {
    ["Version", "Statement"].iter().any(|known| key.eq_ignore_ascii_case(known))
}

/// Method, path and ARN of an event.
const EVENT_KEYS: &[&str] = &["methodArn", "routeArn", "httpMethod", "path", "rawPath", "resource", "routeKey"];

/// What a policy document may hold, but for its conditions.
const POLICY_KEYS: &[&str] = &[
    "Version",
    "Id",
    "Statement",
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
];

/// What tells a whole response from a policy document.
const RESPONSE_KEYS: &[&str] = &["principalId", "policyDocument", "PolicyDocument", "context", "isAuthorized"];
