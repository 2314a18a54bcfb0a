//! Authorizer responses, as they were saved.

use crate::model::policy::Policy;
use crate::source::Span;
use crate::source::Spanned;

/// One saved authorizer response, or a bare policy document.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// The whole value: the response, or the recorded pair around it.
    pub span: Span,
    /// What it decides.
    pub verdict: Verdict,
    /// `principalId`, to compare responses; never shown.
    pub principal: Option<String>,
    /// The event that was answered, where the recording holds it.
    pub event: Option<Event>,
    /// What is wrong with its shape.
    pub defects: Vec<Defect>,
}

/// What a response says.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// A policy: evaluated for every request.
    Policy(Policy),
    /// `isAuthorized` of an HTTP API simple response: decides every request alike.
    Simple(Spanned<bool>),
    /// A thrown error: nothing is cached.
    Thrown(Span),
    /// No policy could be read; a defect says why.
    Unreadable,
}

/// The request that a recorded response answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Event {
    /// `methodArn` or `routeArn`.
    pub arn: Option<Spanned<String>>,
    /// `authorizationToken` of a TOKEN event; never shown.
    pub token: Option<String>,
    /// Header names (lower case) and values; never shown.
    pub headers: Vec<(String, String)>,
    /// Query string names and values; never shown.
    pub query: Vec<(String, String)>,
    /// Stage variables; never shown.
    pub stage_variables: Vec<(String, String)>,
    /// `requestContext` flattened to dotted names; never shown.
    pub context: Vec<(String, String)>,
    /// When the request came in, in milliseconds since 1970.
    pub time_ms: Option<u64>,
}

/// How many bytes an authorizer of a WebSocket API may answer with; for the other kinds AWS publishes no limit.
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html>
pub const WEBSOCKET_LIMIT: usize = 8 * 1024;

/// One thing that is wrong with the shape of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defect {
    /// What.
    pub kind: DefectKind,
    /// Where.
    pub span: Span,
}

/// What can be wrong with the shape of a response. Each kind is the business of one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DefectKind {
    /// A required element is not there; the name is AWS's.
    MissingElement(&'static str),
    /// A key outside the closed grammar, and the element that it might mean.
    UnknownElement {
        /// The key as written.
        key: String,
        /// The nearest known element.
        meant: Option<&'static str>,
    },
    /// The same key twice in one object.
    DuplicateElement(String),
    /// A value of the wrong type: the element, and what it should be.
    WrongType {
        /// The element.
        element: &'static str,
        /// What it should be, in words.
        expected: &'static str,
    },
    /// An `Effect` that is neither `Allow` nor `Deny`; the text as written.
    InvalidEffect(String),
    /// A `Version` that does not exist; the text as written.
    InvalidVersion(String),
    /// An empty list; the element's name.
    EmptyElement(&'static str),
    /// `"Condition": null`.
    NullCondition,
    /// An object or array in `context`; the key.
    NestedContext(String),
    /// A null in `context`; the key.
    NullContext(String),
    /// The key `claims` in `context`, which one payload format reserves.
    ReservedContext,
    /// `policyDocument` is a JSON string where API Gateway wants an object.
    StringifiedPolicy,
    /// `Principal` or `NotPrincipal` in a policy.
    PrincipalInPolicy(&'static str),
    /// More than [`WEBSOCKET_LIMIT`]; how many bytes, without blanks.
    Large(usize),
}
