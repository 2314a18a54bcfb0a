//! `events`: what API Gateway would hand to the authorizer, one event for each route. The first half of a recorded pair.

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use anyhow::bail;
use authorizer_lint::analysis::invocation::Invocation;
use authorizer_lint::analysis::invocation::Invocations;
use authorizer_lint::model::authorizer::UNKNOWN_SOURCE;
use authorizer_lint::model::project::Project;
use authorizer_lint::model::route::Guard;
use authorizer_lint::model::route::Request;
use authorizer_lint::report::events;
use authorizer_lint::report::events::Event;
use authorizer_lint::report::events::Payload;
use authorizer_lint::report::events::identity::Identity;

use super::Console;
use super::Ending;
use super::file::replace;
use super::gather;
use super::gather::Work;
use super::output::deliver;
use super::targets::Inputs;
use super::targets::keep_apart;
use crate::cli::EventFormat;
use crate::cli::Events;
use crate::cli::PayloadVersion;
use crate::cli::nearest;

pub(crate) fn run(arguments: &Events, console: &Console) -> anyhow::Result<Ending> {
    let Work { sources, project, plan } = gather::project(None, &arguments.inputs, console)?;
    keep_apart(&arguments.format, Inputs { sources: &sources, skipped: &project.skipped })?;
    let ending = console.ending_of_inputs(&project, &sources);
    if plan.routes.is_empty() {
        bail!("no routes were given (`--routes FILE`)");
    }
    let invocations = wanted(&Invocations::new(&project), &arguments.wanted)?;
    if invocations.is_empty() {
        bail!("no route is behind a Lambda authorizer, so there is no event");
    }
    let identity = identity(&arguments.identity, &invocations)?;
    let payload = arguments.payload.map(|version| match version {
        PayloadVersion::One => Payload::One,
        PayloadVersion::Two => Payload::Two,
    });
    let events = events::events(&invocations, &identity, payload);
    match &arguments.output_dir {
        Some(folder) => save(&events, folder, arguments.force)?,
        None => deliver(&arguments.format, console, |format, _, out| match format {
            EventFormat::Json => events::write_list(&events, out),
            EventFormat::Jsonl => events::write_lines(&events, out),
        })?,
    }
    for omission in omissions(&project, &invocations, arguments.wanted.is_empty()) {
        console.remark(&omission);
    }
    Ok(ending)
}

/// The invocations of what was asked for: a route as it is declared, or a request that reaches one.
fn wanted<'p>(all: &Invocations<'p>, wanted: &[String]) -> anyhow::Result<Vec<Invocation<'p>>> {
    if wanted.is_empty() {
        return Ok(all.list.clone());
    }
    let of = |text: &String| {
        let is_it = |invocation: &&Invocation<'_>| invocation.route.key.value.to_string() == *text;
        let routes: Vec<_> = all.list.iter().filter(is_it).cloned().collect();
        if !routes.is_empty() {
            return Ok(routes);
        }
        let request = Request::parse(text).and_then(|request| all.of_request(&request));
        let names: Vec<String> = all.list.iter().map(|invocation| invocation.route.key.value.to_string()).collect();
        match (request, nearest(text, names.iter().map(String::as_str))) {
            (Some(request), _) => Ok(vec![request]),
            (None, Some(meant)) => bail!("no Lambda authorizer guards `{text}`; did you mean `{meant}`?"),
            (None, None) => bail!("no Lambda authorizer guards `{text}`; `routes` shows what was understood"),
        }
    };
    wanted.iter().map(of).collect::<anyhow::Result<Vec<_>>>().map(|found| found.concat())
}

/// `EXPR=VALUE` is told from a value that holds an equals sign, as tokens do, by what stands before it.
fn identity(given: &[String], invocations: &[Invocation<'_>]) -> anyhow::Result<Identity> {
    let authorizers = invocations.iter().map(|invocation| invocation.authorizer);
    let sources = authorizers.flat_map(|authorizer| authorizer.identity_sources.get());
    let sources: Vec<&str> = sources.map(|source| source.value.as_str()).collect();
    let mut identity = Identity::default();
    for text in given {
        match text.split_once('=') {
            Some((source, value)) if sources.contains(&source) => {
                identity.each.push((source.to_owned(), value.to_owned()));
            }
            Some((source, _)) if looks_like_a_source(source) => match nearest(source, sources.iter().copied()) {
                Some(meant) => bail!("`{source}` is no identity source; did you mean `{meant}`?"),
                None => bail!("`{source}` is no identity source of these routes"),
            },
            _ => identity.every = Some(text.clone()),
        }
    }
    Ok(identity)
}

fn looks_like_a_source(text: &str) -> bool {
    let bare = text.strip_prefix('$').unwrap_or(text);
    ["method.request.", "route.request.", "request.", "stageVariables.", "context."]
        .iter()
        .any(|prefix| bare.starts_with(prefix))
}

/// All or, where one of the files exists, none.
fn save(events: &[Event], folder: &Path, force: bool) -> anyhow::Result<()> {
    let files: Vec<_> = events.iter().map(|event| (folder.join(format!("{}.json", event.name)), event)).collect();
    if let Some((file, _)) = files.iter().find(|(file, _)| !force && file.exists()) {
        bail!("`{}` exists; `--force` replaces it", file.display());
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
    for (file, event) in files {
        let mut text = Vec::new();
        events::write(event, &mut text)?;
        replace(&file, &text).with_context(|| format!("cannot write `{}`", file.display()))?;
    }
    Ok(())
}

/// What somebody might miss in the events.
fn omissions(project: &Project, invocations: &[Invocation<'_>], all: bool) -> Vec<String> {
    let mut omissions = Vec::new();
    let routes = project.apis.iter().flat_map(|api| &api.routes);
    let left_out = routes.filter(|route| all && matches!(route.guard, Guard::Unknown(_)));
    for route in left_out {
        omissions.push(format!("`{}` is left out: deployment decides who guards it", route.key.value));
    }
    let mut seen: Vec<&str> = Vec::new();
    for invocation in invocations {
        let authorizer = invocation.authorizer;
        let is_open = authorizer.identity_sources.get().iter().any(|source| source.value.contains(UNKNOWN_SOURCE));
        if is_open && !seen.contains(&authorizer.id.as_str()) {
            seen.push(&authorizer.id);
            omissions.push(format!(
                "deployment decides an identity source of `{}`: its value is not in the events; `--identity-source` names it",
                authorizer.name.value
            ));
        }
    }
    omissions
}
