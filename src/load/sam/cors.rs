//! `Cors` of a REST API adds an `OPTIONS` route on every path that has none.
//!
//! The routes are added before the default authorizer is, so that it guards them unless told otherwise. `CorsConfiguration` of an HTTP API
//! adds no routes.

use crate::load::openapi::Operation;
use crate::load::openapi::Security;
use crate::load::sam::globals::ServerlessApi;
use crate::model::authorizer::ApiKind;
use crate::model::route::Method;
use crate::model::route::Methods;
use crate::model::route::RouteKey;
use crate::model::route::Template;
use crate::source::Span;
use crate::source::Spanned;

/// Where cross-origin requests are switched on: at the key of the property.
pub(super) fn switched_on(api: &ServerlessApi) -> Option<Span> {
    let key = if api.kind == ApiKind::Rest { "Cors" } else { "CorsConfiguration" };
    let member = api.properties.member(key)?;
    (member.value.scalar() != Some("false")).then_some(member.key.span)
}

/// Adds what is missing, at the place of the property.
pub(super) fn add_preflights(routes: &mut Vec<Operation>, place: Span) {
    let mut templates: Vec<Template> = Vec::new();
    for route in routes.iter() {
        if let RouteKey::Path { template, .. } = &route.key.value
            && !templates.contains(template)
        {
            templates.push(template.clone());
        }
    }
    for template in templates {
        let key = RouteKey::Path { methods: Methods::One(Method::Options), template };
        if routes.iter().all(|route| route.key.value != key) {
            routes.push(Operation { key: Spanned::new(key, place), security: Security::Unstated });
        }
    }
}
