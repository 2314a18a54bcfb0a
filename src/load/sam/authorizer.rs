//! `Auth.Authorizers`.
//!
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-apiauth.html>

use std::borrow::Cow;

use crate::load::definition_error::DefinitionProblem;
use crate::load::openapi;
use crate::load::reading::Reading;
use crate::load::reading::none_stated;
use crate::load::sam::unread;
use crate::load::sam::unread::Declared;
use crate::model::authorizer::ApiKind;
use crate::model::authorizer::Authorizer;
use crate::model::authorizer::AuthorizerKind;
use crate::model::authorizer::Setting;
use crate::model::authorizer::UNKNOWN_SOURCE;
use crate::source::Spanned;
use crate::syntax::Member;
use crate::syntax::Node;

/// Reads every authorizer of an API.
pub(super) fn read_all<'t>(reading: &mut Reading<'t>, kind: ApiKind, auth: Option<&'t Node>) -> Vec<Authorizer> {
    let node = auth.and_then(|auth| auth.get("Authorizers"));
    let Some(declared) = reading.object(node, || "authorizers of the API".to_owned()) else { return Vec::new() };
    declared.members().iter().filter_map(|member| read(reading, kind, member)).collect()
}

fn read<'t>(reading: &mut Reading<'t>, kind: ApiKind, member: &'t Member) -> Option<Authorizer> {
    let name = &member.key;
    let what = || format!("authorizer `{}`", name.value);
    let node = reading.object(Some(&member.value), what)?;
    let decides = authorizer_kind(reading, kind, node, name)?;
    let identity = reading.object(node.get("Identity"), what);
    if decides.is_lambda() {
        unread::note(reading, Declared { api: kind, kind: decides, name }, node, identity);
    }
    let payload = reading.text(node.get("AuthorizerPayloadFormatVersion"), what);
    let simple_responses = reading.switch(node.get("EnableSimpleResponses"), what);
    let identity_sources = match decides {
        AuthorizerKind::Jwt => reading.sources(name, node.get("IdentitySource")),
        AuthorizerKind::Token | AuthorizerKind::Cognito => header(reading, name, identity),
        _ => sources(reading, kind, name, identity),
    };
    Some(Authorizer {
        id: name.value.clone(),
        name: name.clone(),
        kind: decides,
        ttl: reading.ttl(kind, name, identity.and_then(|identity| identity.get("ReauthorizeEvery"))),
        identity_sources,
        payload: payload.filter(|_| kind == ApiKind::Http).map(openapi::payload),
        simple_responses,
    })
}

fn authorizer_kind<'t>(
    reading: &mut Reading<'t>,
    kind: ApiKind,
    node: &'t Node,
    name: &Spanned<String>,
) -> Option<AuthorizerKind> {
    let has = |key| node.get(key).is_some();
    if kind == ApiKind::Http {
        let is_jwt = ["JwtConfiguration", "OpenIdConnectUrl", "IdentitySource"].into_iter().any(has);
        return Some(if is_jwt { AuthorizerKind::Jwt } else { AuthorizerKind::Request });
    }
    if has("UserPoolArn") {
        return Some(AuthorizerKind::Cognito);
    }
    let Some(written) = node.get("FunctionPayloadType") else { return Some(AuthorizerKind::Token) };
    let payload = reading.text(Some(written), || format!("kind of authorizer `{}`", name.value))?;
    match payload.value.as_str() {
        "TOKEN" => Some(AuthorizerKind::Token),
        "REQUEST" => Some(AuthorizerKind::Request),
        _ => {
            reading.refuse(payload.span, DefinitionProblem::AuthorizerKind(payload.value));
            None
        }
    }
}

/// The one header of a TOKEN or Cognito authorizer.
fn header<'t>(
    reading: &mut Reading<'t>,
    name: &Spanned<String>,
    identity: Option<&'t Node>,
) -> Setting<Vec<Spanned<String>>> {
    let prefix = "method.request.header.";
    let Some(node) = identity.and_then(|identity| identity.get("Header")) else {
        let value = vec![Spanned::new(format!("{prefix}Authorization"), name.span)];
        return Setting::Default { value, owner: name.span, origin: "SAM's default".to_owned() };
    };
    let source = prefixed(reading, name, prefix, Cow::Borrowed(node));
    let place = source.span;
    Setting::Written(Spanned::new(vec![source], place))
}

/// The lists of a REQUEST authorizer, in the order in which SAM puts them together.
fn sources<'t>(
    reading: &mut Reading<'t>,
    kind: ApiKind,
    name: &Spanned<String>,
    identity: Option<&'t Node>,
) -> Setting<Vec<Spanned<String>>> {
    let Some(identity) = identity else { return none_stated(name.span) };
    let prefixes = match kind {
        ApiKind::Http => ["$request.header.", "$request.querystring.", "$stageVariables.", "$context."],
        _ => ["method.request.header.", "method.request.querystring.", "stageVariables.", "context."],
    };
    let mut sources = Vec::new();
    for (key, prefix) in ["Headers", "QueryStrings", "StageVariables", "Context"].into_iter().zip(prefixes) {
        let Some(node) = identity.get(key) else { continue };
        match reading.resolver.list(node) {
            Ok(items) => {
                for item in items {
                    sources.push(prefixed(reading, name, prefix, item));
                }
            }
            Err(found) => {
                reading.leave_open(format!("identity sources of authorizer `{}`", name.value), &found);
                sources.push(Spanned::new(format!("{prefix}{UNKNOWN_SOURCE}"), node.span));
            }
        }
    }
    if sources.is_empty() {
        return none_stated(name.span);
    }
    Setting::Written(Spanned::new(sources, identity.span))
}

fn prefixed<'t>(
    reading: &mut Reading<'t>,
    name: &Spanned<String>,
    prefix: &str,
    item: Cow<'t, Node>,
) -> Spanned<String> {
    let place = item.span;
    let text = match item {
        Cow::Borrowed(item) => reading.text(Some(item), || format!("identity sources of authorizer `{}`", name.value)),
        Cow::Owned(item) => item.scalar().map(|text| Spanned::new(text.to_owned(), place)),
    };
    let source = text.unwrap_or_else(|| Spanned::new(UNKNOWN_SOURCE.to_owned(), place));
    Spanned::new(format!("{prefix}{}", source.value), source.span)
}
