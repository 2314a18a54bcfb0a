//! What holds where a definition says nothing: the defaults of API Gateway itself. A tool with a default of its own says so beside it.

use crate::model::authorizer::ApiKind;
use crate::model::authorizer::Authorizer;
use crate::model::authorizer::AuthorizerKind;
use crate::model::authorizer::Setting;
use crate::model::authorizer::Ttl;
use crate::source::Span;
use crate::source::Spanned;

/// <https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html>; HTTP APIs document none, WebSocket APIs cache nothing.
pub(super) fn ttl(api: ApiKind, owner: Span) -> Setting<Ttl> {
    let (value, origin) = match api {
        ApiKind::Rest => (Ttl::Seconds(300), "API Gateway's default"),
        ApiKind::Http => (Ttl::Unknown, "no documented default"),
        ApiKind::WebSocket => (Ttl::Seconds(0), "WebSocket APIs cache nothing"),
    };
    Setting::Default { value, owner, origin: origin.to_owned() }
}

/// The identity source of an authorizer that states none; `origin` says whose default it is.
pub(super) fn identity_source(source: Option<&str>, owner: Span, origin: &str) -> Setting<Vec<Spanned<String>>> {
    Setting::Default {
        value: source.into_iter().map(|text| Spanned::new(text.to_owned(), owner)).collect(),
        owner,
        origin: origin.to_owned(),
    }
}

/// What stands for `AWS_IAM`, which is no resource of its own: known, shown and never linted.
pub(super) fn iam(span: Span) -> Authorizer {
    let name = "AWS_IAM".to_owned();
    Authorizer {
        id: name.clone(),
        name: Spanned::new(name, span),
        kind: AuthorizerKind::Iam,
        ttl: Setting::Default { value: Ttl::Seconds(0), owner: span, origin: "IAM caches nothing".to_owned() },
        identity_sources: identity_source(None, span, "IAM has none"),
        payload: None,
        simple_responses: false,
    }
}
