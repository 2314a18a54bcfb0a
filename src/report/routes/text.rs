//! What was loaded, for people: each API's routes with who guards them and which cached response they share, then what is not known.

use std::io;
use std::io::Write;

use colored::Colorize as _;

use super::unknown;
use crate::analysis::scope::Sharing;
use crate::analysis::scope::is_cached;
use crate::analysis::scope::sharing;
use crate::analysis::scope::splits;
use crate::model::authorizer::ApiKind;
use crate::model::authorizer::Authorizer;
use crate::model::authorizer::Split;
use crate::model::authorizer::Ttl;
use crate::model::project::Api;
use crate::model::project::Project;
use crate::model::route::Guard;
use crate::model::route::Methods;
use crate::model::route::Route;
use crate::model::route::RouteKey;
use crate::report::Look;
use crate::report::count;
use crate::report::harmless;
use crate::report::place::Place;
use crate::report::table;
use crate::source::Sources;

/// Writes the project.
///
/// # Errors
/// What `out` reports.
pub fn write(project: &Project, sources: &Sources, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    if project.apis.is_empty() {
        writeln!(out, "no API was found")?;
    }
    for api in &project.apis {
        let kind = match api.kind {
            ApiKind::Rest => "REST API",
            ApiKind::Http => "HTTP API",
            ApiKind::WebSocket => "WebSocket API",
        };
        let title = format!("{kind} of {}", harmless(&api.source));
        writeln!(out, "{} ({})", look.paint.on(&title.bold()), about(api))?;
        let rows: Vec<Vec<String>> =
            std::iter::once(header()).chain(api.routes.iter().map(|route| row(api, route))).collect();
        table::write(&rows, "  ", out)?;
        for authorizer in &api.authorizers {
            writeln!(out, "  {}", harmless(&describe(authorizer)))?;
        }
        writeln!(out)?;
    }
    for unknown in unknown(project) {
        let Place { file, line, column, .. } = Place::new(sources, unknown.span);
        let text = format!("{file}:{line}:{column}: {}: {}", unknown.what, unknown.why);
        writeln!(out, "{} {}", look.paint.on(&"unknown:".yellow()), harmless(&text))?;
    }
    if !project.skipped.is_empty() {
        writeln!(out, "{} without a definition of an API", count(project.skipped.len(), "skipped file"))?;
    }
    Ok(())
}

fn about(api: &Api) -> String {
    let mut parts = vec![count(api.routes.len(), "route")];
    for stage in &api.stages {
        parts.push(format!("stage {}", harmless(&stage.value)));
    }
    if api.resource_policy.is_some() {
        parts.push("with a resource policy".to_owned());
    }
    parts.join(", ")
}

fn header() -> Vec<String> {
    ["ROUTE", "AUTHORIZER", "SHARES A CACHED RESPONSE WITH"].map(str::to_owned).to_vec()
}

fn row(api: &Api, route: &Route) -> Vec<String> {
    let (guard, scope) = match &route.guard {
        Guard::Open => ("-".to_owned(), String::new()),
        Guard::Unknown(_) => ("?".to_owned(), String::new()),
        Guard::Authorizer(index) => match api.authorizers.get(*index) {
            Some(authorizer) => (authorizer.name.value.clone(), scope(api.kind, authorizer, &route.key.value)),
            None => ("?".to_owned(), String::new()),
        },
    };
    [route.key.value.to_string(), guard, scope].map(|cell| harmless(&cell).into_owned()).to_vec()
}

/// Which requests share the cached responses to requests of this route.
fn scope(kind: ApiKind, authorizer: &Authorizer, route: &RouteKey) -> String {
    if !is_cached(kind, authorizer) {
        return "nothing: not cached".to_owned();
    }
    let splits = splits(kind, authorizer);
    let has = |split| splits.contains(&split);
    let method = match route {
        RouteKey::Path { methods: Methods::One(method), .. } => method.name(),
        _ => "the same method",
    };
    match sharing(kind, authorizer) {
        Sharing::Nothing => return "nothing: the key differs".to_owned(),
        Sharing::Path => return "the same path".to_owned(),
        Sharing::Scope => {}
    }
    if has(Split::Route) || has(Split::Template) && has(Split::Method) {
        format!("this route ({method})")
    } else if has(Split::Template) {
        format!("every route on {}", route.path())
    } else if has(Split::Method) {
        format!("every route of {}, by {method}", authorizer.name.value)
    } else {
        format!("every route of {}", authorizer.name.value)
    }
}

pub(in crate::report) fn describe(authorizer: &Authorizer) -> String {
    let name = &authorizer.name.value;
    let kind = authorizer.kind.name();
    if !authorizer.kind.is_lambda() {
        return format!("{name}: {kind}, not a Lambda authorizer");
    }
    let origin = authorizer.ttl.origin();
    let ttl = match authorizer.ttl.get() {
        Ttl::Seconds(0) => format!("not cached ({origin})"),
        Ttl::Seconds(seconds) => format!("cached {seconds} s ({origin})"),
        Ttl::Unusable(_) => format!("cached for a time that is no number of seconds ({origin})"),
        Ttl::Unknown => format!("cached for an unknown time ({origin})"),
    };
    let sources = authorizer.identity_sources.get();
    let key: Vec<&str> = sources.iter().map(|source| source.value.as_str()).collect();
    match key.as_slice() {
        [] => format!("{name}: {kind}, {ttl}, no identity source"),
        _ => format!("{name}: {kind}, {ttl}, by {}", key.join(", ")),
    }
}
