//! From arguments to a project: the calls of `input` and `load`, in one place for all commands.

use anyhow::bail;
use authorizer_lint::load;
use authorizer_lint::load::Met;
use authorizer_lint::load::PolicyInput;
use authorizer_lint::load::Search;
use authorizer_lint::model::authorizer::Authorizer;
use authorizer_lint::model::project::Project;
use authorizer_lint::model::project::Unreadable;
use authorizer_lint::source::SourceId;
use authorizer_lint::source::Sources;
use authorizer_lint::source::Span;

use crate::cli::Inputs;
use crate::cli::Policies;
use crate::cli::nearest;
use crate::input;
use crate::input::InputError;
use crate::input::POLICIES;
use crate::input::ROUTES;

/// Reads and loads what the arguments name. A file that can't be read is part of the project, so that every report can show it.
///
/// # Errors
/// Where the options name an authorizer that is not in the routes, or standard input twice.
pub(super) fn project(policies: Option<&Policies>, inputs: &Inputs) -> anyhow::Result<(Sources, Project)> {
    read_stdin_once(policies, inputs)?;
    let mut sources = Sources::default();
    let mut failed = Vec::new();
    let mut routes = input::read_all(&mut sources, &inputs.routes, ROUTES);
    failed.append(&mut routes.errors);
    let resource_policy = inputs.resource_policy.as_ref().and_then(|path| {
        let read = input::read(&mut sources, path);
        read.map_err(|error| failed.push(error)).ok()
    });
    let responses = policies.map(|policies| {
        let mut read = input::read_all(&mut sources, &policies.paths, POLICIES);
        read.errors.retain(|error| !(policies.allow_no_inputs && is_nothing(error)));
        failed.append(&mut read.errors);
        read.files
    });
    let met = |(source, met)| PolicyInput { source, met };
    let found = load::Inputs {
        policies: responses.into_iter().flatten().map(met).collect(),
        routes_format: inputs.routes_format,
        inclusions: routes.read_references(&mut sources),
        routes: routes.files.iter().map(|&(source, _)| source).collect(),
        found: routes.files.iter().filter(|(_, met)| *met == Met::Found).map(|&(source, _)| source).collect(),
        searches: routes.searches.into_iter().map(|search| named(&mut sources, search)).collect(),
        resource_policy,
    };
    let failed: Vec<Unreadable> = failed.iter().map(|error| unreadable(&mut sources, error)).collect();
    let mut project = load::project(&sources, &found, inputs.settings());
    project.unreadable.extend(failed);
    find_authorizer(&project)?;
    Ok((sources, project))
}

/// A source without text stands for a directory or a pattern.
fn named(sources: &mut Sources, (argument, files): (String, Vec<SourceId>)) -> Search {
    Search { place: sources.add(argument, ""), files }
}

fn read_stdin_once(policies: Option<&Policies>, inputs: &Inputs) -> anyhow::Result<()> {
    // The same policies twice are the same policies.
    let policies = policies.is_some_and(|policies| policies.paths.iter().any(|path| path == "-"));
    let others = inputs.routes.iter().chain(&inputs.resource_policy).filter(|path| *path == "-").count();
    if others + usize::from(policies) > 1 {
        bail!("standard input can be read only once: give `-` in one place, and files in the others");
    }
    Ok(())
}

/// A misspelt `--authorizer` would make every response nobody's, and the run clean.
fn find_authorizer(project: &Project) -> anyhow::Result<()> {
    let Some(wanted) = &project.settings.authorizer else { return Ok(()) };
    let known: Vec<_> = project.apis.iter().flat_map(|api| &api.authorizers).collect();
    let is_wanted = |known: &&Authorizer| known.name.value == *wanted || known.id == *wanted;
    if known.is_empty() || known.iter().any(is_wanted) {
        return Ok(());
    }
    let names: Vec<&str> = known.iter().map(|authorizer| authorizer.name.value.as_str()).collect();
    match nearest(wanted, names.iter().copied()) {
        Some(meant) => bail!("no authorizer is called `{wanted}`; did you mean `{meant}`?"),
        None => bail!("no authorizer is called `{wanted}`; there are `{}`", names.join("`, `")),
    }
}

/// What `--allow-no-inputs` forgives.
const fn is_nothing(error: &InputError) -> bool {
    matches!(error, InputError::NoMatch(_) | InputError::EmptyDirectory(..))
}

/// A file without text stands for the one that gave none.
fn unreadable(sources: &mut Sources, error: &InputError) -> Unreadable {
    let source = sources.add(error.argument(), "");
    Unreadable {
        span: Span { source, start: 0, end: 0 },
        message: match meant(error) {
            Some(meant) => format!("{error}; did you mean `{meant}`?"),
            None => error.to_string(),
        },
        help: "nothing of it was checked; name files that exist and hold UTF-8 text".to_owned(),
    }
}

/// What stands beside a path that doesn't exist under nearly the same name.
fn meant(error: &InputError) -> Option<String> {
    let InputError::NotFound(path) = error else { return None };
    let (folder, wanted) = path.rsplit_once('/').map_or(("", path.as_str()), |(folder, name)| (folder, name));
    let names = input::names_in(folder);
    let meant = nearest(wanted, names.iter().map(String::as_str))?;
    Some(if folder.is_empty() { meant.to_owned() } else { format!("{folder}/{meant}") })
}
