//! Which of the accepted shapes a JSON value has.

use crate::load::policy::element::resembles;
use crate::syntax::Node;
use crate::syntax::Value;

/// An accepted shape.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape<'n> {
    /// `principalId`, `policyDocument`, `context`.
    Response,
    /// `Version`, `Statement`.
    Document,
    /// `isAuthorized`.
    Simple,
    /// `errorMessage`: what the Lambda runtime answers for a thrown error.
    Thrown,
    /// The output of `aws apigateway test-invoke-authorizer`.
    TestInvoke,
    /// A request that was recorded together with its response.
    Pair {
        /// What the authorizer was given.
        event: &'n Node,
        /// What it answered.
        response: &'n Node,
    },
}

/// What a value is instead of an authorizer response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// What an `AppSync` authorizer answers.
    AppSync,
    /// What an authorizer of AWS `IoT` answers.
    Iot,
    /// A resource policy: its statements have principals.
    ResourcePolicy,
    /// A policy about other services.
    OtherService,
    /// The answer of an integration, with `statusCode`.
    Integration,
    /// The request alone.
    Event,
    /// An empty list.
    Empty,
    /// Some other object.
    Object,
    /// No object at all.
    Scalar,
}

impl Foreign {
    /// What it is, to follow "this is".
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AppSync => "the response of an AppSync authorizer",
            Self::Iot => "the response of an AWS IoT authorizer",
            Self::ResourcePolicy => "a resource policy: its statements name principals",
            Self::OtherService => "a policy for other services than `execute-api`",
            Self::Integration => "the response of an integration, with `statusCode`",
            Self::Event => "the event that an authorizer is given, without its response",
            Self::Empty => "an empty list",
            Self::Object => "no authorizer response and no policy document",
            Self::Scalar => "no JSON object",
        }
    }

    /// What to do about it.
    #[must_use]
    pub const fn help(self) -> &'static str {
        match self {
            Self::AppSync | Self::Iot | Self::OtherService => "only Lambda authorizers of API Gateway are checked",
            Self::ResourcePolicy => "give the resource policy of an API with `--resource-policy`",
            Self::Integration => "save what the authorizer function returns, not what the API answers",
            Self::Event => "save both as `{\"event\": …, \"response\": …}`",
            Self::Empty | Self::Object | Self::Scalar => {
                "save what the authorizer function returns: an object with `policyDocument` or `isAuthorized`"
            }
        }
    }
}

/// Tells the shape of a value.
pub(super) fn tell(node: &Node) -> Result<Shape<'_>, Foreign> {
    if !matches!(node.value, Value::Object(_)) {
        return Err(Foreign::Scalar);
    }
    if let Some(pair) = pair(node) {
        return Ok(pair);
    }
    let has = |name| node.get(name).is_some();
    match () {
        () if has("isAuthenticated") || has("policyDocuments") => Err(Foreign::Iot),
        () if has("PolicyName") => Err(Foreign::OtherService),
        () if has_like(node, "policyDocument") => Ok(Shape::Response),
        () if has_like(node, "isAuthorized") => simple(node),
        () if is_test_invoke(node) => Ok(Shape::TestInvoke),
        () if has("errorMessage") => Ok(Shape::Thrown),
        () if is_document(node) => document(node),
        () if has("statusCode") => Err(Foreign::Integration),
        () if has("methodArn") || has("routeArn") => Err(Foreign::Event),
        () if has_like(node, "principalId") => Ok(Shape::Response),
        () => Err(Foreign::Object),
    }
}

fn has_like(node: &Node, name: &str) -> bool {
    node.members().iter().any(|member| resembles(&member.key.value, name))
}

/// Recordings of other exchanges have the same keys, those of `WireMock` for one: either half has to be ours.
fn pair(node: &Node) -> Option<Shape<'_>> {
    let event = node.get("event").or_else(|| node.get("request"))?;
    let response = node.get("response").or_else(|| node.get("policy"))?;
    let asks_us = ["methodArn", "routeArn"].iter().any(|name| event.get(name).is_some());
    (asks_us || tell(response).is_ok()).then_some(Shape::Pair { event, response })
}

/// `AppSync` authorizers answer with `isAuthorized` too.
/// <https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html#aws-lambda-authorization>
fn simple(node: &Node) -> Result<Shape<'_>, Foreign> {
    let appsync = ["resolverContext", "deniedFields", "ttlOverride"];
    if appsync.iter().any(|name| node.get(name).is_some()) { Err(Foreign::AppSync) } else { Ok(Shape::Simple) }
}

/// <https://docs.aws.amazon.com/cli/latest/reference/apigateway/test-invoke-authorizer.html#output>
fn is_test_invoke(node: &Node) -> bool {
    let has = |name| node.get(name).is_some();
    has("clientStatus") || has("policy") && (has("latency") || has("log") || has("principalId"))
}

fn is_document(node: &Node) -> bool {
    let version = node.get("Version").and_then(Node::as_str);
    has_like(node, "Statement") || version.is_some_and(|version| version.starts_with("20"))
}

fn document(node: &Node) -> Result<Shape<'_>, Foreign> {
    let statements: &[Node] = match node.get("Statement") {
        Some(Node { value: Value::Array(items), .. }) => items,
        Some(single) => std::slice::from_ref(single),
        None => &[],
    };
    let has_principal = |statement: &Node| {
        let named = |name| statement.get(name).is_some();
        named("Principal") || named("NotPrincipal")
    };
    if statements.iter().any(has_principal) {
        return Err(Foreign::ResourcePolicy);
    }
    if !statements.is_empty() && statements.iter().all(is_about_others) {
        return Err(Foreign::OtherService);
    }
    Ok(Shape::Document)
}

/// Whether a statement names actions of other services only, and no resource of ours.
fn is_about_others(statement: &Node) -> bool {
    let actions = texts(statement, "Action");
    let of_others = |action: &&str| match action.split_once(':') {
        Some((service, _)) => !service.contains(['*', '?']) && !service.eq_ignore_ascii_case("execute-api"),
        None => false,
    };
    let ours = texts(statement, "Resource").iter().any(|resource| resource.contains("execute-api"));
    !actions.is_empty() && actions.iter().all(of_others) && !ours
}

fn texts<'n>(statement: &'n Node, key: &str) -> Vec<&'n str> {
    match statement.get(key) {
        Some(Node { value: Value::Array(items), .. }) => items.iter().filter_map(Node::as_str).collect(),
        Some(single) => single.as_str().into_iter().collect(),
        None => Vec::new(),
    }
}
