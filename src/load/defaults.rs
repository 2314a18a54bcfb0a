//! What stands in the model where a definition says nothing about an authorizer.

use crate::model::authorizer::Authorizer;
use crate::model::authorizer::AuthorizerKind;
use crate::model::authorizer::Setting;
use crate::model::authorizer::Ttl;
use crate::source::Span;
use crate::source::Spanned;

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
        simple_responses: Some(false),
    }
}
