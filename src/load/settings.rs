//! The options, and the configuration, that replace what a definition says.

use crate::model::authorizer::ApiKind;
use crate::model::authorizer::Authorizer;
use crate::model::authorizer::AuthorizerKind;
use crate::model::authorizer::Setting;
use crate::model::authorizer::Ttl;
use crate::model::project::Api;
use crate::model::project::AuthorizerSettings;
use crate::model::project::Settings;
use crate::source::Spanned;

/// Applies `--api`, `--api-id`, `--stage`, what the configuration says of authorizers, and then `--ttl` and `--identity-source`.
///
/// With `--authorizer` the last two speak of that authorizer, otherwise of every Lambda authorizer.
pub(super) fn apply(settings: &Settings, apis: &mut [Api]) {
    for api in apis {
        api.kind = settings.api.unwrap_or(api.kind);
        if let Some(id) = &settings.api_id {
            api.id = Some(id.clone());
        }
        if let (Some(stage), Some(span)) = (&settings.stage, api.routes.first().map(|route| route.key.span)) {
            // An option has no place in a file; the first route is where the API is.
            api.stages = vec![Spanned::new(stage.clone(), span)];
        }
        let kind = api.kind;
        for configured in &settings.authorizers {
            let called = api.authorizers.iter_mut().filter(|authorizer| authorizer.is_called(&configured.name.value));
            called.for_each(|authorizer| configure(configured, authorizer));
        }
        let meant = |authorizer: &&mut Authorizer| match &settings.authorizer {
            Some(name) => authorizer.is_called(name),
            None => authorizer.kind.is_lambda(),
        };
        for authorizer in api.authorizers.iter_mut().filter(meant) {
            apply_to_authorizer(settings, kind, authorizer);
        }
    }
}

fn configure(configured: &AuthorizerSettings, authorizer: &mut Authorizer) {
    if let Some(kind) = configured.kind {
        authorizer.kind = kind.value;
    }
    if let Some(Spanned { value, span }) = configured.ttl {
        authorizer.ttl = Setting::Written(Spanned::new(Ttl::Seconds(value), span));
    }
    if let Some(sources) = &configured.identity_sources {
        authorizer.identity_sources = Setting::Written(sources.clone());
    }
    if configured.payload.is_some() {
        authorizer.payload.clone_from(&configured.payload);
    }
    authorizer.simple_responses =
        configured.simple_responses.map(|stated| stated.value).or(authorizer.simple_responses);
}

fn apply_to_authorizer(settings: &Settings, api: ApiKind, authorizer: &mut Authorizer) {
    if let Some(seconds) = settings.ttl {
        authorizer.ttl = Setting::Given { value: Ttl::Seconds(seconds), by: "--ttl".to_owned() };
    }
    if settings.identity_sources.is_empty() {
        return;
    }
    let place = authorizer.name.span;
    let sources = settings.identity_sources.iter();
    authorizer.identity_sources = Setting::Given {
        value: sources.map(|source| Spanned::new(source.clone(), place)).collect(),
        by: "--identity-source".to_owned(),
    };
    if authorizer.kind == AuthorizerKind::Token && (api != ApiKind::Rest || implies_request(&settings.identity_sources))
    {
        authorizer.kind = AuthorizerKind::Request;
    }
}

/// Whether only a REQUEST authorizer can have these identity sources: a TOKEN authorizer has one header.
pub(super) fn implies_request<S: AsRef<str>>(sources: &[S]) -> bool {
    let is_context = |source: &S| {
        let source = source.as_ref();
        source.strip_prefix('$').unwrap_or(source).starts_with("context.")
    };
    sources.len() > 1 || sources.iter().any(is_context)
}
