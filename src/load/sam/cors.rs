//! `Cors` of a REST API: an `OPTIONS` route on every path that has none.
//!
//! The routes are added before the default authorizer is, so that it guards them unless told otherwise. `CorsConfiguration` of an HTTP API
//! adds no routes.

use crate::load::openapi::Operation;
use crate::load::openapi::Security;
use crate::model::route::Method;
use crate::model::route::Methods;
use crate::model::route::RouteKey;
use crate::model::route::Template;
use crate::source::Span;
use crate::source::Spanned;

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
