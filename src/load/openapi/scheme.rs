//! Security schemes: which of them are authorizers, and of what kind.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html>

use crate::load::definition_error::DefinitionProblem;
use crate::load::ignored;
use crate::load::reading::Reading;
use crate::load::reading::none_stated;
use crate::model::authorizer::ApiKind;
use crate::model::authorizer::Authorizer;
use crate::model::authorizer::AuthorizerKind;
use crate::model::authorizer::Setting;
use crate::model::authorizer::Ttl;
use crate::model::authorizer::UNKNOWN_SOURCE;
use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::Member;
use crate::syntax::Node;

/// The extension that makes an authorizer of a scheme.
pub(super) const AUTHORIZER: &str = "x-amazon-apigateway-authorizer";

/// The schemes of a document of either version.
pub(super) fn nodes(root: &Node) -> Vec<&Member> {
    let old = root.get("securityDefinitions");
    let new = root.get("components").and_then(|components| components.get("securitySchemes"));
    old.into_iter().chain(new).flat_map(Node::members).collect()
}

/// Reads every scheme that is an authorizer.
pub(super) fn read_all<'t>(reading: &mut Reading<'t>, kind: ApiKind, root: &'t Node) -> Vec<Authorizer> {
    nodes(root).into_iter().filter_map(|member| read(reading, kind, member)).collect()
}

/// The names of the schemes that are no authorizers.
pub(super) fn plain(root: &Node) -> Vec<&str> {
    let plain = nodes(root).into_iter().filter(|member| member.value.get(AUTHORIZER).is_none());
    plain.map(|member| member.key.value.as_str()).collect()
}

/// The authorizer that stands for AWS Signature Version 4.
pub(in crate::load) fn iam(name: &str, place: Span) -> Authorizer {
    Authorizer {
        id: name.to_owned(),
        name: Spanned::new(name.to_owned(), place),
        kind: AuthorizerKind::Iam,
        ttl: Setting::Default {
            value: Ttl::Seconds(0),
            owner: place,
            origin: "signatures are checked on every request".to_owned(),
        },
        identity_sources: none_stated(place),
        payload: None,
        simple_responses: Some(false),
    }
}

/// `1.0` or `2.0`, also where YAML or JSON made a number of it.
pub(in crate::load) fn payload(text: Spanned<String>) -> Spanned<String> {
    let whole = !text.value.contains('.');
    Spanned::new(if whole { format!("{}.0", text.value) } else { text.value }, text.span)
}

fn read<'t>(reading: &mut Reading<'t>, kind: ApiKind, member: &'t Member) -> Option<Authorizer> {
    let name = &member.key;
    let what = || format!("security scheme `{}`", name.value);
    let scheme = reading.object(Some(&member.value), what)?;
    let Some(node) = reading.object(scheme.get(AUTHORIZER), what) else {
        let signed = scheme.get("x-amazon-apigateway-authtype").and_then(Node::as_str);
        return signed.filter(|kind| kind.eq_ignore_ascii_case("awsSigv4")).map(|_| iam(&name.value, name.span));
    };
    let decides = authorizer_kind(reading, node, name)?;
    let identity_sources = match decides {
        AuthorizerKind::Token => token_source(reading, scheme, node, name),
        _ => reading.sources(name, node.get("identitySource")),
    };
    if decides == AuthorizerKind::Request
        && let Some(member) =
            node.member("identityValidationExpression").filter(|member| ignored::says_something(member))
    {
        reading.ignore(ignored::validation_expression(member.key.clone(), &name.value));
    }
    let version = reading.text(node.get("authorizerPayloadFormatVersion"), what);
    let simple_responses = reading.switch(node.get("enableSimpleResponses"), what);
    Some(Authorizer {
        id: name.value.clone(),
        name: name.clone(),
        kind: decides,
        ttl: reading.ttl(kind, name, node.get("authorizerResultTtlInSeconds")),
        identity_sources,
        payload: version.filter(|_| kind == ApiKind::Http).map(payload),
        simple_responses,
    })
}

fn authorizer_kind<'t>(reading: &mut Reading<'t>, node: &'t Node, name: &Spanned<String>) -> Option<AuthorizerKind> {
    if node.get("type").is_none() && node.get("jwtConfiguration").is_some() {
        return Some(AuthorizerKind::Jwt);
    }
    if node.get("type").is_none() {
        reading.refuse(name.span, DefinitionProblem::Missing("type"));
        return None;
    }
    let written = reading.text(node.get("type"), || format!("type of authorizer `{}`", name.value))?;
    // Case varies in the wild.
    match written.value.to_lowercase().as_str() {
        "token" => Some(AuthorizerKind::Token),
        "request" => Some(AuthorizerKind::Request),
        "jwt" => Some(AuthorizerKind::Jwt),
        "cognito_user_pools" => Some(AuthorizerKind::Cognito),
        _ => {
            reading.refuse(written.span, DefinitionProblem::AuthorizerKind(written.value));
            None
        }
    }
}

/// The header of a TOKEN authorizer is the scheme's `name`; an `identitySource` beside it is not read by the import.
fn token_source<'t>(
    reading: &mut Reading<'t>,
    scheme: &'t Node,
    node: &'t Node,
    name: &Spanned<String>,
) -> Setting<Vec<Spanned<String>>> {
    let Some(header) = scheme.get("name") else {
        return reading.sources(name, node.get("identitySource"));
    };
    let what = || format!("identity sources of authorizer `{}`", name.value);
    let source = match reading.text(Some(header), what) {
        Some(text) => text,
        None => Spanned::new(UNKNOWN_SOURCE.to_owned(), header.span),
    };
    let header = source.value;
    let source = Spanned::new(format!("method.request.header.{header}"), source.span);
    // Names of headers are the same in any case.
    if let Some(member) = node.member("identitySource")
        && let Some(written) = member.value.as_str()
        && header != UNKNOWN_SOURCE
        && !written.is_empty()
        && !written.rsplit('.').next().is_some_and(|name| name.eq_ignore_ascii_case(&header))
    {
        reading.ignore(ignored::token_source(member.key.clone(), &name.value, &header));
    }
    let place = source.span;
    Setting::Written(Spanned::new(vec![source], place))
}
