//! From arguments to a project: the calls of `input` and `load`, in one place for all commands.

use anyhow::bail;
use authorizer_lint::load;
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

/// Reads and loads what the arguments name. A file that can't be read is part of the project, so that every report can show it.
///
/// # Errors
/// Where the options name an authorizer that is not in the routes, or standard input twice.
pub(super) fn project(policies: Option<&Policies>, inputs: &Inputs) -> anyhow::Result<(Sources, Project)> {
    read_stdin_once(policies, inputs)?;
    let mut sources = Sources::default();
    let mut failed = Vec::new();
    let mut read = |sources: &mut Sources, path: &String| match input::read(sources, path) {
        Ok(source) => Some(source),
        Err(error) => {
            failed.push((path.clone(), error));
            None
        }
    };
    let routes: Vec<SourceId> = inputs.routes.iter().filter_map(|path| read(&mut sources, path)).collect();
    let resource_policy = inputs.resource_policy.as_ref().and_then(|path| read(&mut sources, path));
    let (found, errors) = policies.map_or_else(Default::default, |policies| {
        let (found, mut errors) = input::read_policies(&mut sources, &policies.paths);
        errors.retain(|error| !(policies.allow_no_inputs && is_nothing(error)));
        (found, errors)
    });
    let inclusions = routes.iter().flat_map(|&source| input::read_references(&mut sources, source)).collect();
    let routes_format = inputs.routes_format;
    let found = load::Inputs { policies: found, routes, routes_format, inclusions, resource_policy };
    failed.extend(errors.into_iter().map(|error| (error.argument().to_owned(), error)));
    let failed: Vec<Unreadable> = failed.iter().map(|(path, error)| unreadable(&mut sources, path, error)).collect();
    let mut project = load::project(&sources, &found, inputs.settings());
    project.unreadable.extend(failed);
    find_authorizer(&project)?;
    Ok((sources, project))
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
    matches!(error, InputError::NoMatch(_) | InputError::EmptyDirectory(_))
}

/// A file without text stands for the one that gave none.
fn unreadable(sources: &mut Sources, path: &str, error: &InputError) -> Unreadable {
    let source = sources.add(path, "");
    Unreadable {
        span: Span { source, start: 0, end: 0 },
        message: error.to_string(),
        help: "nothing of it was checked; name files that exist and hold UTF-8 text".to_owned(),
    }
}
