//! What `-v` tells beside any report: what was read and as what, what was inferred, and what was skipped or is not known.

use std::fmt::Write as _;
use std::io;
use std::io::Write;

use super::count;
use super::file_name;
use super::harmless;
use super::place::Place;
use super::routes::unknown;
use crate::analysis::Facts;
use crate::analysis::PolicyFacts;
use crate::analysis::View;
use crate::model::deployment::Origin;
use crate::model::project::Definition;
use crate::model::project::Project;
use crate::model::response::Response;
use crate::model::response::Verdict;
use crate::source::SourceId;
use crate::source::Sources;

/// Writes what came of each input.
///
/// # Errors
/// What `out` reports.
pub fn inputs(project: &Project, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    for definition in &project.definitions {
        let names: Vec<&str> = definition.sources.iter().map(|&id| sources.get(id).name.as_str()).collect();
        let is_skipped = names.iter().all(|name| project.skipped.iter().any(|skipped| skipped == name));
        if !is_skipped {
            let names: Vec<String> = names.into_iter().map(quoted).collect();
            let names = some(&names, "file");
            writeln!(out, "read {names} as {}: {}", definition.format, held(project, definition))?;
        }
    }
    let mut responses: Vec<SourceId> = project.responses.iter().map(|response| response.span.source).collect();
    responses.dedup();
    for source in responses {
        writeln!(out, "read {}: {}", quoted(&sources.get(source).name), answers(project, source))?;
    }
    for name in &project.skipped {
        writeln!(out, "skipped {}: neither a response nor a definition of an API", quoted(name))?;
    }
    for unknown in unknown(project) {
        let Place { file, line, column, .. } = Place::new(sources, unknown.span);
        let text = format!("{}: {}", unknown.what, unknown.why);
        writeln!(out, "not known: {}:{line}:{column}: {}", file_name(file), harmless(&text))?;
    }
    Ok(())
}

/// Writes whose answer each response was taken for, and where.
///
/// # Errors
/// What `out` reports.
pub fn attributions(facts: &Facts<'_>, out: &mut dyn Write) -> io::Result<()> {
    for taken in taken(facts) {
        let Taken { file, line, number, whose } = &taken;
        let more = match number - 1 {
            0 => String::new(),
            more => format!(" and {} below", count(more, "more response")),
        };
        writeln!(out, "took {}:{line}{more} for {whose}", file_name(file))?;
    }
    Ok(())
}

/// Names that are listed; the others are counted.
const FEW: usize = 5;

fn some(names: &[String], what: &str) -> String {
    let shown = names.iter().take(FEW).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(FEW) {
        0 => shown,
        more => format!("{shown} and {}", count(more, &format!("more {what}"))),
    }
}

fn quoted(name: &str) -> String {
    format!("`{}`", file_name(name))
}

fn held(project: &Project, definition: &Definition) -> String {
    let apis = project.apis.get(definition.apis.clone()).unwrap_or_default();
    let routes = apis.iter().map(|api| api.routes.len()).sum();
    let authorizers = apis.iter().map(|api| api.authorizers.len()).sum();
    format!("{}, {}, {}", count(apis.len(), "API"), count(routes, "route"), count(authorizers, "authorizer"))
}

fn answers(project: &Project, source: SourceId) -> String {
    let of_file = || project.responses.iter().filter(|response| response.span.source == source);
    let thrown = of_file().filter(|response| is_thrown(response)).count();
    let recorded = of_file().filter(|response| response.event.is_some()).count();
    let mut text = count(of_file().count(), "response");
    for (number, what) in [(recorded, "recorded with its event"), (thrown, "a thrown error")] {
        if number > 0 {
            // Writing to a string does not fail.
            let _ = write!(text, ", {number} of them {what}");
        }
    }
    text
}

const fn is_thrown(response: &Response) -> bool {
    matches!(response.verdict, Verdict::Thrown(_))
}

/// Responses of one file that were taken for the same.
struct Taken<'f> {
    file: &'f str,
    /// Of the first of them.
    line: u32,
    number: usize,
    whose: String,
}

fn taken<'f>(facts: &'f Facts<'_>) -> Vec<Taken<'f>> {
    let mut all: Vec<Taken<'f>> = Vec::new();
    for policy in facts.policies.iter().filter(|policy| !is_thrown(policy.response)) {
        let Place { file, line, .. } = Place::new(facts.sources, policy.response.span);
        for whose in whose(facts, policy) {
            let same = all.iter_mut().find(|taken| taken.file == file && taken.whose == whose);
            match same {
                Some(taken) => taken.number += 1,
                None => all.push(Taken { file, line, number: 1, whose }),
            }
        }
    }
    all
}

fn whose(facts: &Facts<'_>, policy: &PolicyFacts<'_>) -> Vec<String> {
    if facts.project.apis.is_empty() {
        return vec!["nobody's answer: there are no routes".to_owned()];
    }
    if policy.views.is_empty() {
        return vec!["the answer of none of the authorizers".to_owned()];
    }
    let mut places: Vec<(String, Vec<String>)> = Vec::new();
    for view in &policy.views {
        let name = format!("`{}` in {}", harmless(&view.authorizer.name.value), quoted(&view.api.source));
        let place = place(view);
        match places.iter_mut().find(|(known, _)| *known == place) {
            Some((_, names)) => names.push(name),
            None => places.push((place, vec![name])),
        }
    }
    let answer = |(place, names): (String, Vec<String>)| format!("the answer of {}{place}", some(&names, "authorizer"));
    places.into_iter().map(answer).collect()
}

/// Where the API of a view is deployed, and who says so.
fn place(view: &View<'_>) -> String {
    let components = view.deployment.components();
    let mut text = String::new();
    for (origin, word) in
        [(Origin::Stated, "stated"), (Origin::Inferred, "inferred from the policy"), (Origin::Fresh, "not named")]
    {
        let of_origin = components.iter().filter(|(_, component)| component.origin == origin);
        let parts: Vec<String> = of_origin
            .map(|(name, component)| match origin {
                Origin::Fresh => (*name).to_owned(),
                Origin::Stated | Origin::Inferred => format!("{name} {}", harmless(&component.value)),
            })
            .collect();
        if !parts.is_empty() {
            text.extend(["; ", word, ": ", &parts.join(", ")]);
        }
    }
    text
}
