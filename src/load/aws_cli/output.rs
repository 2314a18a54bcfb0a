//! Which command an output was saved from: told by the shape of what it holds, never by the name of the file.

use crate::load::definition_error::DefinitionProblem;
use crate::source::SourceId;
use crate::source::Span;
use crate::syntax::Node;
use crate::syntax::Value;

/// What an output is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `apigateway get-resources`
    Resources,
    /// `apigateway get-authorizers`
    RestAuthorizers,
    /// `apigateway get-stages`
    RestStages,
    /// `apigateway get-rest-apis`
    RestApis,
    /// `apigatewayv2 get-routes`
    Routes,
    /// `apigatewayv2 get-authorizers`
    Authorizers,
    /// `apigatewayv2 get-stages`
    Stages,
    /// `apigatewayv2 get-apis`
    Apis,
    /// `apigateway get-method`: useless without its path.
    Method,
    /// Integrations, deployments, or an empty list: nothing that a route or an authorizer needs.
    Other,
}

impl Kind {
    /// What the user has, in words.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Resources => "resources of a REST API",
            Self::RestAuthorizers => "authorizers of a REST API",
            Self::RestStages => "stages of a REST API",
            Self::RestApis => "REST APIs",
            Self::Routes => "routes",
            Self::Authorizers => "authorizers",
            Self::Stages => "stages",
            Self::Apis => "APIs",
            Self::Method => "a method",
            Self::Other => "saved output",
        }
    }
}

/// One saved output.
#[derive(Debug)]
pub(super) struct Output {
    /// The file.
    pub(super) source: SourceId,
    /// What it is about.
    pub(super) kind: Kind,
    /// Its elements; one for a command that gets a single thing.
    pub(super) items: Vec<Node>,
    /// The mark of a further page, where the output was cut.
    pub(super) more: Option<Span>,
}

/// Tells what a value was saved from.
pub(super) fn tell(source: SourceId, root: &Node) -> Option<Output> {
    let list = ["items", "Items", "item"].iter().find_map(|key| match &root.get(key)?.value {
        Value::Array(items) => Some(items),
        _ => None,
    });
    let Some(items) = list else {
        let kind = kind_of(root)?;
        return Some(Output { source, kind, items: vec![root.clone()], more: None });
    };
    let is_ours =
        |key: &str| ["items", "Items", "item", "position", "NextToken", "nextToken", "ResponseMetadata"].contains(&key);
    let kind = match items.first() {
        Some(first) => kind_of(first)?,
        None if root.members().iter().all(|member| is_ours(&member.key.value)) => Kind::Other,
        None => return None,
    };
    let more = ["position", "NextToken", "nextToken"].iter().find_map(|key| root.get(key));
    let more = more.filter(|node| node.value != Value::Null).map(|node| node.span);
    Some(Output { source, kind, items: items.clone(), more })
}

/// The keys that together are only ever found in the output of one command. The order decides where one shape includes another.
const SHAPES: [(&[&str], Kind); 17] = [
    (&["RouteKey"], Kind::Routes),
    (&["AuthorizerType"], Kind::Authorizers),
    (&["StageName"], Kind::Stages),
    (&["ProtocolType"], Kind::Apis),
    (&["IntegrationType"], Kind::Other),
    (&["DeploymentStatus"], Kind::Other),
    (&["DeploymentId", "CreatedDate"], Kind::Other),
    (&["stageName", "deploymentId"], Kind::RestStages),
    (&["httpMethod", "authorizationType"], Kind::Method),
    (&["path", "id"], Kind::Resources),
    (&["id", "name", "authorizerUri"], Kind::RestAuthorizers),
    (&["id", "name", "type"], Kind::RestAuthorizers),
    (&["id", "name", "authType"], Kind::RestAuthorizers),
    (&["id", "name", "createdDate"], Kind::RestApis),
    (&["type", "cacheNamespace"], Kind::Other),
    (&["type", "passthroughBehavior"], Kind::Other),
    (&["id", "createdDate"], Kind::Other),
];

fn kind_of(item: &Node) -> Option<Kind> {
    let has_all = |keys: &[&str]| keys.iter().all(|key| item.get(key).is_some());
    SHAPES.iter().find(|(keys, _)| has_all(keys)).map(|&(_, kind)| kind)
}

/// Why an output can't be used, if it can't.
pub(super) fn refusal(output: &Output) -> Option<(Span, DefinitionProblem)> {
    let item = output.items.first()?;
    if output.kind == Kind::Method {
        return Some((opening(item), DefinitionProblem::MethodWithoutPath));
    }
    let methods = output.items.iter().filter_map(|item| item.get("resourceMethods")).flat_map(Node::members);
    let mut bare = methods.filter(|method| method.value.get("authorizationType").is_none());
    bare.next().map(|method| (method.key.span, DefinitionProblem::MethodsNotEmbedded))
}

/// The first byte of a value, a place for what concerns all of it.
pub(super) fn opening(node: &Node) -> Span {
    Span { end: node.span.end.min(node.span.start.saturating_add(1)), ..node.span }
}
