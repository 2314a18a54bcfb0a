//! Authorizers as events and the provider name them, with the defaults of the Serverless Framework.
//!
//! <https://www.serverless.com/framework/docs/providers/aws/events/apigateway#http-endpoints-with-custom-authorizers> and
//! <https://www.serverless.com/framework/docs/providers/aws/events/http-api#lambda-request-custom-authorizers>

use crate::load::default_ttl::default_ttl;
use crate::load::defaults;
use crate::load::ignored;
use crate::load::reading::Reading;
use crate::load::reading::none_stated;
use crate::load::serverless::variables;
use crate::model::authorizer::ApiKind;
use crate::model::authorizer::Authorizer;
use crate::model::authorizer::AuthorizerKind;
use crate::model::authorizer::Setting;
use crate::model::authorizer::Ttl;
use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::Node;

const OWNER: &str = "the Serverless Framework's default";

/// What the `authorizer` of an event says.
pub(super) enum Named<'t> {
    /// `aws_iam`
    Iam(Span),
    /// An authorizer by its name, that of its function or its ARN; the block holds its settings.
    Lambda(Spanned<String>, &'t Node),
    /// A Cognito user pool.
    Cognito(Spanned<String>, &'t Node),
    /// One that is declared elsewhere, by its id.
    Id(&'t Node),
    /// Not known; why.
    Unknown(String),
}

/// Reads the `authorizer` of an event.
pub(super) fn named<'t>(reading: &mut Reading<'t>, node: &'t Node) -> Named<'t> {
    if let Some(found) = variables::left(node) {
        reading.leave_open("authorizer of a route".to_owned(), &found);
        return Named::Unknown(found.why);
    }
    if let Some(text) = node.as_str() {
        return by_text(text, node);
    }
    let kind = node.get("type").and_then(Node::scalar).unwrap_or_default().to_ascii_uppercase();
    let id = node.get("authorizerId").or_else(|| node.get("id"));
    if kind == "AWS_IAM" {
        return Named::Iam(node.get("type").map_or(node.span, |node| node.span));
    }
    if let Some(id) = id {
        return Named::Id(id);
    }
    let arn = node.get("arn");
    let name = node.get("name").and_then(|name| Some((name.scalar()?, name))).or_else(|| Some((arn?.scalar()?, arn?)));
    let Some((text, place)) = name else {
        let logical = arn.and_then(|arn| reading.resolver.resource_of(arn));
        return match (logical, arn) {
            (Some(name), Some(arn)) => Named::Lambda(Spanned::new(name.to_owned(), arn.span), node),
            _ => Named::Unknown("the authorizer has no name".to_owned()),
        };
    };
    let is_pool =
        kind == "COGNITO_USER_POOLS" || arn.and_then(Node::scalar).is_some_and(|arn| arn.contains(":cognito-idp:"));
    let name = Spanned::new(of_arn(text).to_owned(), place.span);
    if is_pool { Named::Cognito(name, node) } else { Named::Lambda(name, node) }
}

fn by_text<'t>(text: &str, node: &'t Node) -> Named<'t> {
    let name = Spanned::new(of_arn(text).to_owned(), node.span);
    match text {
        _ if text.eq_ignore_ascii_case("aws_iam") => Named::Iam(node.span),
        _ if text.contains(":cognito-idp:") => Named::Cognito(name, node),
        _ => Named::Lambda(name, node),
    }
}

/// The framework calls the authorizer of an ARN after the last word of the function's name.
fn of_arn(text: &str) -> &str {
    if !text.starts_with("arn:") {
        return text;
    }
    let function = text.rsplit([':', '/']).next().unwrap_or(text);
    function.rsplit('-').next().unwrap_or(function)
}

/// An authorizer of `http` events.
pub(super) fn rest<'t>(
    reading: &mut Reading<'t>,
    kind: AuthorizerKind,
    name: Spanned<String>,
    block: &'t Node,
) -> Authorizer {
    let is_request = block.get("type").and_then(Node::scalar).is_some_and(|kind| kind.eq_ignore_ascii_case("request"));
    let kind = if kind == AuthorizerKind::Token && is_request { AuthorizerKind::Request } else { kind };
    if let Some(member) =
        block.member("identityValidationExpression").filter(|member| is_request && ignored::says_something(member))
    {
        reading.ignore(ignored::validation_expression(member.key.clone(), &name.value));
    }
    let ttl = match block.get("resultTtlInSeconds") {
        Some(node) => ttl(reading, ApiKind::Rest, &name, node),
        None if block.as_str().is_some() => default_ttl(ApiKind::Rest, name.span),
        None => Setting::Default { value: Ttl::Seconds(300), owner: name.span, origin: OWNER.to_owned() },
    };
    let uncached = is_request && *ttl.get() == Ttl::Seconds(0);
    let identity_sources = match block.get("identitySource") {
        Some(node) => reading.sources(&name, Some(node)),
        None if uncached => none_stated(name.span),
        None => defaults::identity_source(Some("method.request.header.Authorization"), name.span, OWNER),
    };
    Authorizer {
        id: name.value.clone(),
        kind,
        ttl,
        identity_sources,
        payload: None,
        simple_responses: Some(false),
        name,
    }
}

/// An authorizer of `provider.httpApi.authorizers`.
pub(super) fn http<'t>(reading: &mut Reading<'t>, key: &Spanned<String>, block: &'t Node) -> Authorizer {
    let name = block.get("name").and_then(|node| Some(Spanned::new(node.scalar()?.to_owned(), node.span)));
    let name = name.unwrap_or_else(|| key.clone());
    let is_request = block.get("type").and_then(Node::scalar).is_some_and(|kind| kind.eq_ignore_ascii_case("request"));
    let payload = block.get("payloadVersion").and_then(|node| Some(Spanned::new(node.scalar()?.to_owned(), node.span)));
    Authorizer {
        id: key.value.clone(),
        kind: if is_request { AuthorizerKind::Request } else { AuthorizerKind::Jwt },
        ttl: match block.get("resultTtlInSeconds") {
            Some(node) => ttl(reading, ApiKind::Http, &name, node),
            None => default_ttl(ApiKind::Http, name.span),
        },
        identity_sources: reading.sources(&name, block.get("identitySource")),
        payload: is_request.then(|| payload.unwrap_or_else(|| Spanned::new("2.0".to_owned(), key.span))),
        simple_responses: simple_responses(reading, &name, block.get("enableSimpleResponses")),
        name,
    }
}

/// An authorizer of `$connect`.
pub(super) fn websocket<'t>(reading: &mut Reading<'t>, name: Spanned<String>, block: &'t Node) -> Authorizer {
    let identity_sources = match block.get("identitySource") {
        Some(node) => reading.sources(&name, Some(node)),
        None => defaults::identity_source(Some("route.request.header.Auth"), name.span, OWNER),
    };
    Authorizer {
        id: name.value.clone(),
        kind: AuthorizerKind::Request,
        ttl: default_ttl(ApiKind::WebSocket, name.span),
        identity_sources,
        payload: None,
        simple_responses: Some(false),
        name,
    }
}

/// An `AWS::ApiGateway::Authorizer` among the resources of the service.
pub(super) fn resource<'t>(reading: &mut Reading<'t>, id: &Spanned<String>, properties: &'t Node) -> Authorizer {
    let name = properties.get("Name").and_then(|node| Some(Spanned::new(node.scalar()?.to_owned(), node.span)));
    let name = name.unwrap_or_else(|| id.clone());
    let kind = match properties.get("Type").and_then(Node::scalar) {
        Some("REQUEST") => AuthorizerKind::Request,
        Some("COGNITO_USER_POOLS") => AuthorizerKind::Cognito,
        _ => AuthorizerKind::Token,
    };
    let expression = properties.member("IdentityValidationExpression");
    if let Some(member) = expression.filter(|member| kind == AuthorizerKind::Request && ignored::says_something(member))
    {
        reading.ignore(ignored::validation_expression(member.key.clone(), &name.value));
    }
    let ttl = match properties.get("AuthorizerResultTtlInSeconds") {
        Some(node) => ttl(reading, ApiKind::Rest, &name, node),
        None => default_ttl(ApiKind::Rest, name.span),
    };
    let identity_sources = reading.sources(&name, properties.get("IdentitySource"));
    Authorizer { id: id.value.clone(), kind, ttl, identity_sources, payload: None, simple_responses: Some(false), name }
}

fn simple_responses<'t>(reading: &mut Reading<'t>, name: &Spanned<String>, node: Option<&'t Node>) -> Option<bool> {
    let what = || format!("responses of authorizer `{}`", name.value);
    match node.and_then(variables::left) {
        Some(found) => {
            reading.leave_open(what(), &found);
            None
        }
        None => reading.switch(node, what),
    }
}

fn ttl<'t>(reading: &mut Reading<'t>, api: ApiKind, name: &Spanned<String>, node: &'t Node) -> Setting<Ttl> {
    match variables::left(node) {
        Some(found) => {
            reading.leave_open(format!("TTL of authorizer `{}`", name.value), &found);
            Setting::Written(Spanned::new(Ttl::Unknown, node.span))
        }
        None => reading.ttl(api, name, Some(node)),
    }
}
