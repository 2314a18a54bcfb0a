//! `events`: what API Gateway would hand to a Lambda authorizer, ready to invoke it with. [`Invocation`]s enter, bytes leave.
//!
//! The shapes are AWS's own, so there is no schema of ours for them:
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html>,
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html>,
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html>.

mod http;
pub mod identity;
mod parts;
mod rest;
mod tree;
mod websocket;

use std::io;
use std::io::Write;

use rustc_hash::FxHashSet;

use self::identity::Identity;
use self::parts::Parts;
use self::tree::Tree;
use crate::analysis::invocation::Invocation;
use crate::model::authorizer::ApiKind;
use crate::model::authorizer::AuthorizerKind;
use crate::report::json::pretty;

/// The payload format version of an HTTP API's events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payload {
    /// `1.0`, which resembles the events of a REST API.
    One,
    /// `2.0`
    Two,
}

/// An event, and what a file that holds it is called.
#[derive(Debug)]
pub struct Event {
    /// The name without an ending: `GET-v1-users-1`.
    pub name: String,
    tree: Tree,
}

/// The events of some invocations, each under a name of its own.
#[must_use]
pub fn events(invocations: &[Invocation<'_>], identity: &Identity, payload: Option<Payload>) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::with_capacity(invocations.len());
    let mut names: FxHashSet<String> = FxHashSet::default();
    for (number, invocation) in (1..).zip(invocations) {
        let parts = Parts::new(invocation, number, identity);
        let tree = match (invocation.api.kind, invocation.authorizer.kind) {
            (ApiKind::Rest, AuthorizerKind::Token) => rest::token(&parts),
            (ApiKind::Rest, _) => rest::request(&parts),
            (ApiKind::Http, _) if payload.unwrap_or_else(|| stated(invocation)) == Payload::One => http::one(&parts),
            (ApiKind::Http, _) => http::two(&parts),
            (ApiKind::WebSocket, _) => websocket::connect(&parts),
        };
        let name = name(invocation);
        let name = if names.insert(name.clone()) { name } else { format!("{name}-event{number}") };
        events.push(Event { name, tree });
    }
    events
}

/// What the definition says, else the newer one, as the console does.
fn stated(invocation: &Invocation<'_>) -> Payload {
    let stated = invocation.authorizer.payload.as_ref().map(|payload| payload.value.as_str());
    if stated == Some("1.0") { Payload::One } else { Payload::Two }
}

/// Method and path of the request, of letters and digits alone, so that every file system takes it.
fn name(invocation: &Invocation<'_>) -> String {
    let tail = invocation.request.arn_tail();
    let words = tail.split(|symbol: char| !symbol.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// Writes all events as one list.
///
/// # Errors
/// What `out` reports.
pub fn write_list(events: &[Event], out: &mut dyn Write) -> io::Result<()> {
    pretty(&events.iter().map(|event| &event.tree).collect::<Vec<_>>(), out)
}

/// Writes each event into a line of its own.
///
/// # Errors
/// What `out` reports.
pub fn write_lines(events: &[Event], out: &mut dyn Write) -> io::Result<()> {
    for event in events {
        serde_json::to_writer(&mut *out, &event.tree)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Writes one event.
///
/// # Errors
/// What `out` reports.
pub fn write(event: &Event, out: &mut dyn Write) -> io::Result<()> {
    pretty(&event.tree, out)
}
