//! What was loaded, for other programs.

use std::io;
use std::io::Write;

use serde::Serialize;

use super::unknown;
use crate::model::authorizer::Authorizer;
use crate::model::project::Api;
use crate::model::project::Project;
use crate::model::project::Unknown;
use crate::model::route::Guard;
use crate::model::route::Route;
use crate::report::json::pretty;
use crate::report::place::Location;
use crate::source::Sources;
use crate::source::Span;

/// Writes the project.
///
/// # Errors
/// What `out` reports.
pub fn write(project: &Project, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let at = |span| Location::new(project, sources, span);
    let unknown = unknown(project);
    let document = Document {
        schema_version: 1,
        apis: project.apis.iter().map(|found| api(found, at)).collect(),
        unknown: unknown.iter().map(|found| unknown_json(found, at)).collect(),
    };
    pretty(&document, out)
}

#[derive(Serialize)]
struct Document<'p> {
    schema_version: u32,
    apis: Vec<ApiJson<'p>>,
    unknown: Vec<UnknownJson<'p>>,
}

#[derive(Serialize)]
struct ApiJson<'p> {
    kind: &'static str,
    source: &'p str,
    stages: Vec<&'p str>,
    resource_policy: bool,
    routes: Vec<RouteJson<'p>>,
    authorizers: Vec<AuthorizerJson<'p>>,
}

#[derive(Serialize)]
struct RouteJson<'p> {
    method: Option<&'static str>,
    path: String,
    authorizer: Option<&'p str>,
    location: Location<'p>,
}

#[derive(Serialize)]
struct AuthorizerJson<'p> {
    id: &'p str,
    name: &'p str,
    r#type: &'static str,
    ttl: Option<u32>,
    ttl_stated: bool,
    ttl_origin: &'p str,
    identity_sources: Vec<&'p str>,
    payload: Option<&'p str>,
    simple_responses: bool,
    location: Location<'p>,
}

#[derive(Serialize)]
struct UnknownJson<'p> {
    what: &'p str,
    why: &'p str,
    location: Location<'p>,
}

fn api<'p>(api: &'p Api, at: impl Fn(Span) -> Location<'p>) -> ApiJson<'p> {
    ApiJson {
        kind: api.kind.name(),
        source: &api.source,
        stages: api.stages.iter().map(|stage| stage.value.as_str()).collect(),
        resource_policy: api.resource_policy.is_some(),
        routes: api.routes.iter().map(|found| route(api, found, &at)).collect(),
        authorizers: api.authorizers.iter().map(|found| authorizer(found, &at)).collect(),
    }
}

fn route<'p>(api: &'p Api, route: &Route, at: impl Fn(Span) -> Location<'p>) -> RouteJson<'p> {
    let authorizer = match route.guard {
        Guard::Authorizer(index) => api.authorizers.get(index),
        Guard::Open | Guard::Unknown(_) => None,
    };
    RouteJson {
        method: route.key.value.method_name(),
        path: route.key.value.path(),
        authorizer: authorizer.map(|authorizer| authorizer.name.value.as_str()),
        location: at(route.key.span),
    }
}

fn authorizer<'p>(authorizer: &'p Authorizer, at: impl Fn(Span) -> Location<'p>) -> AuthorizerJson<'p> {
    let sources = authorizer.identity_sources.get();
    AuthorizerJson {
        id: &authorizer.id,
        name: &authorizer.name.value,
        r#type: authorizer.kind.name(),
        ttl: authorizer.ttl.get().seconds(),
        ttl_stated: authorizer.ttl.is_stated(),
        ttl_origin: authorizer.ttl.origin(),
        identity_sources: sources.iter().map(|source| source.value.as_str()).collect(),
        payload: authorizer.payload.as_ref().map(|payload| payload.value.as_str()),
        simple_responses: authorizer.simple_responses == Some(true),
        location: at(authorizer.name.span),
    }
}

fn unknown_json<'p>(unknown: &'p Unknown, at: impl Fn(Span) -> Location<'p>) -> UnknownJson<'p> {
    UnknownJson { what: &unknown.what, why: &unknown.why, location: at(unknown.span) }
}
