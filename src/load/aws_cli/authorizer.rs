//! Authorizers as `get-authorizers` shows them. API Gateway stores the TTL, so what is not there is not set.
//!
//! <https://docs.aws.amazon.com/cli/latest/reference/apigateway/get-authorizers.html> and
//! <https://docs.aws.amazon.com/cli/latest/reference/apigatewayv2/get-authorizers.html>

use crate::load::default_ttl::default_ttl;
use crate::load::defaults;
use crate::load::ignored;
use crate::load::scalar;
use crate::model::authorizer::ApiKind;
use crate::model::authorizer::Authorizer;
use crate::model::authorizer::AuthorizerKind;
use crate::model::authorizer::Setting;
use crate::model::authorizer::Ttl;
use crate::model::project::IgnoredSetting;
use crate::source::Source;
use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::Node;
use crate::syntax::Value;

/// An authorizer of a REST API.
pub(super) fn rest(source: &Source, node: &Node) -> Option<Authorizer> {
    let id = node.get("id").and_then(scalar::text)?;
    let name = node.get("name").and_then(scalar::spanned).unwrap_or_else(|| Spanned::new(id.clone(), node.span));
    let kind = match node.get("type").and_then(Node::as_str).unwrap_or("TOKEN") {
        "REQUEST" => AuthorizerKind::Request,
        "COGNITO_USER_POOLS" => AuthorizerKind::Cognito,
        "JWT" => AuthorizerKind::Jwt,
        _ => AuthorizerKind::Token,
    };
    let sources = node.get("identitySource").and_then(scalar::spanned);
    Some(Authorizer {
        id,
        kind,
        ttl: ttl(ApiKind::Rest, node.get("authorizerResultTtlInSeconds"), name.span),
        identity_sources: sources.map_or_else(
            || none_set(name.span),
            |value| Setting::Written(Spanned::new(scalar::comma_separated(source, &value), value.span)),
        ),
        payload: None,
        simple_responses: Some(false),
        name,
    })
}

/// What an authorizer of a REST API has in vain.
pub(super) fn in_vain(node: &Node, authorizer: &Authorizer) -> Option<IgnoredSetting> {
    let member = node.member("identityValidationExpression")?;
    (ignored::says_something(member) && authorizer.kind == AuthorizerKind::Request)
        .then(|| ignored::validation_expression(member.key.clone(), &authorizer.name.value))
}

/// An authorizer of an HTTP or WebSocket API.
pub(super) fn of_v2(api: ApiKind, node: &Node) -> Option<Authorizer> {
    let id = node.get("AuthorizerId").and_then(scalar::text)?;
    let name = node.get("Name").and_then(scalar::spanned).unwrap_or_else(|| Spanned::new(id.clone(), node.span));
    let is_jwt = node.get("AuthorizerType").and_then(Node::as_str) == Some("JWT");
    let sources = node.get("IdentitySource").and_then(|node| match &node.value {
        Value::Array(items) => Some(Spanned::new(items.iter().filter_map(scalar::spanned).collect(), node.span)),
        _ => None,
    });
    Some(Authorizer {
        id,
        kind: if is_jwt { AuthorizerKind::Jwt } else { AuthorizerKind::Request },
        ttl: ttl(api, node.get("AuthorizerResultTtlInSeconds"), name.span),
        identity_sources: sources.map_or_else(|| none_set(name.span), Setting::Written),
        payload: node.get("AuthorizerPayloadFormatVersion").and_then(scalar::spanned),
        simple_responses: Some(scalar::is_true(node.get("EnableSimpleResponses"))),
        name,
    })
}

fn ttl(api: ApiKind, written: Option<&Node>, owner: Span) -> Setting<Ttl> {
    written.and_then(scalar::spanned).map_or_else(
        || default_ttl(api, owner),
        |text| Setting::Written(Spanned::new(Ttl::parse(&text.value), text.span)),
    )
}

fn none_set(owner: Span) -> Setting<Vec<Spanned<String>>> {
    defaults::identity_source(None, owner, "none is set")
}
