//! Authorizers as resources, with the defaults of the AWS provider.
//!
//! <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/api_gateway_authorizer> and
//! <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/apigatewayv2_authorizer>

use crate::load::default_ttl::default_ttl;
use crate::load::defaults;
use crate::load::ignored;
use crate::load::scalar;
use crate::load::terraform::evaluate::reason;
use crate::load::terraform::instance::Instance;
use crate::load::terraform::term::Kind;
use crate::load::terraform::term::Term;
use crate::model::authorizer::ApiKind;
use crate::model::authorizer::Authorizer;
use crate::model::authorizer::AuthorizerKind;
use crate::model::authorizer::Setting;
use crate::model::authorizer::Ttl;
use crate::model::authorizer::UNKNOWN_SOURCE;
use crate::model::project::IgnoredSetting;
use crate::model::project::Unknown;
use crate::source::Sources;
use crate::source::Span;
use crate::source::Spanned;

/// Whose defaults hold.
const OWNER: &str = "Terraform's default";

/// Reads an `aws_api_gateway_authorizer`.
pub(super) fn rest(sources: &Sources, instance: &Instance, unknown: &mut Vec<Unknown>) -> Authorizer {
    let name = name(instance);
    let kind = match instance.get("type").and_then(Term::text).as_deref() {
        Some("REQUEST") => AuthorizerKind::Request,
        Some("COGNITO_USER_POOLS") => AuthorizerKind::Cognito,
        Some("JWT") => AuthorizerKind::Jwt,
        _ => AuthorizerKind::Token,
    };
    let written = instance.get("identity_source").map(|term| match spanned(term) {
        Some(text) => Spanned::new(scalar::comma_separated(sources.get(text.span.source), &text), term.span),
        None => Spanned::new(vec![left_open(&name, term, unknown)], term.span),
    });
    let default = || defaults::identity_source(Some("method.request.header.Authorization"), name.span, OWNER);
    Authorizer {
        id: instance.address.to_string(),
        kind,
        ttl: ttl(instance, &name, unknown).unwrap_or_else(|| default_of_terraform(&name)),
        identity_sources: written.map_or_else(default, Setting::Written),
        payload: None,
        simple_responses: Some(false),
        name,
    }
}

/// What an `aws_api_gateway_authorizer` says in vain.
pub(super) fn in_vain(instance: &Instance, authorizer: &Authorizer) -> Option<IgnoredSetting> {
    let argument = "identity_validation_expression";
    let term = instance.get(argument).filter(|term| term.text().is_none_or(|text| !text.is_empty()))?;
    let key = Spanned::new(argument.to_owned(), term.span);
    let is_request = authorizer.kind == AuthorizerKind::Request;
    is_request.then(|| ignored::validation_expression(key, &authorizer.name.value))
}

/// Reads an `aws_apigatewayv2_authorizer`.
pub(super) fn of_v2(api: ApiKind, instance: &Instance, unknown: &mut Vec<Unknown>) -> Authorizer {
    let name = name(instance);
    let is_jwt = instance.get("authorizer_type").and_then(Term::text).as_deref() == Some("JWT");
    let written = instance.get("identity_sources").map(|term| {
        let sources = match &term.kind {
            Kind::List(items) => {
                let source = |item| spanned(item).unwrap_or_else(|| left_open(&name, item, unknown));
                items.iter().map(source).collect()
            }
            _ => vec![left_open(&name, term, unknown)],
        };
        Spanned::new(sources, term.span)
    });
    let has_sources = written.as_ref().is_some_and(|sources: &Spanned<Vec<_>>| !sources.value.is_empty());
    Authorizer {
        id: instance.address.to_string(),
        kind: if is_jwt { AuthorizerKind::Jwt } else { AuthorizerKind::Request },
        ttl: ttl(instance, &name, unknown).unwrap_or_else(|| match api {
            // Without identity sources the provider leaves it to API Gateway.
            ApiKind::Http if has_sources => default_of_terraform(&name),
            _ => default_ttl(api, name.span),
        }),
        identity_sources: written
            .map_or_else(|| defaults::identity_source(None, name.span, "none stated"), Setting::Written),
        payload: instance.get("authorizer_payload_format_version").and_then(spanned),
        simple_responses: instance.get("enable_simple_responses").map_or(Some(false), Term::truth),
        name,
    }
}

/// A text without gaps, at its own place.
pub(super) fn spanned(term: &Term) -> Option<Spanned<String>> {
    Some(Spanned::new(term.text()?, text_place(term)))
}

/// Where the text of a term stands: without its quotes, where it is one piece.
fn text_place(term: &Term) -> Span {
    match &term.kind {
        Kind::Text(pieces) => match &pieces[..] {
            [only] => only.span,
            _ => term.span,
        },
        _ => term.span,
    }
}

/// The name that the API shows; a name with gaps shows them as they were written.
fn name(instance: &Instance) -> Spanned<String> {
    let written = instance.get("name").and_then(|term| Some(Spanned::new(term.shown()?, text_place(term))));
    written.unwrap_or_else(|| Spanned::new(instance.label().to_owned(), instance.place))
}

fn default_of_terraform(name: &Spanned<String>) -> Setting<Ttl> {
    Setting::Default { value: Ttl::Seconds(300), owner: name.span, origin: OWNER.to_owned() }
}

fn ttl(instance: &Instance, name: &Spanned<String>, unknown: &mut Vec<Unknown>) -> Option<Setting<Ttl>> {
    let term = instance.get("authorizer_result_ttl_in_seconds")?;
    let ttl = term.text().map_or(Ttl::Unknown, |text| Ttl::parse(&text));
    if ttl == Ttl::Unknown {
        let what = format!("TTL of authorizer `{}`", name.value);
        unknown.push(Unknown { what, why: reason(term).to_string(), span: term.span });
    }
    Some(Setting::Written(Spanned::new(ttl, term.span)))
}

fn left_open(name: &Spanned<String>, term: &Term, unknown: &mut Vec<Unknown>) -> Spanned<String> {
    let what = format!("identity sources of authorizer `{}`", name.value);
    unknown.push(Unknown { what, why: reason(term).to_string(), span: term.span });
    Spanned::new(UNKNOWN_SOURCE.to_owned(), term.span)
}
