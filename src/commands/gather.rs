//! From arguments to a project: the calls of `input` and `load`, in one place for all commands.

use std::collections::BTreeMap;

use anyhow::anyhow;
use anyhow::bail;
use authorizer_lint::config;
use authorizer_lint::config::Config;
use authorizer_lint::load;
use authorizer_lint::load::Met;
use authorizer_lint::load::PolicyInput;
use authorizer_lint::load::Search;
use authorizer_lint::model::project::Project;
use authorizer_lint::model::project::Unreadable;
use authorizer_lint::report::place::Place;
use authorizer_lint::source::SourceId;
use authorizer_lint::source::Sources;
use authorizer_lint::source::Span;
use authorizer_lint::source::Spanned;

use super::Console;
use super::settings::Plan;
use crate::cli::Inputs;
use crate::cli::Policies;
use crate::cli::nearest;
use crate::input;
use crate::input::InputError;
use crate::input::POLICIES;
use crate::input::ROUTES;
use crate::input::Root;

/// What a command works on.
pub(super) struct Work {
    pub(super) sources: Sources,
    pub(super) project: Project,
    pub(super) plan: Plan,
}

/// Reads the configuration, and settles with it and the options what the run works on.
///
/// # Errors
/// Where the configuration can't be read.
pub(super) fn plan(policies: Option<&Policies>, inputs: &Inputs, console: &Console) -> anyhow::Result<(Sources, Plan)> {
    let mut sources = Sources::default();
    let file = match (&inputs.config, inputs.no_config) {
        (Some(file), false) => Some(file.clone()),
        (None, false) => input::find_configuration(),
        (_, true) => None,
    };
    let root = Root::new(file.as_deref());
    let mut config = file.map(|file| configuration(&mut sources, &file, console)).transpose()?;
    if let Some(config) = &mut config {
        config.locate(&|written| root.pattern(written));
    }
    let plan = Plan::new(policies, inputs, config, root);
    Ok((sources, plan))
}

fn configuration(sources: &mut Sources, file: &str, console: &Console) -> anyhow::Result<Config> {
    let source = input::read(sources, file).map_err(anyhow::Error::new)?;
    config::parse(sources, source).map_err(|errors| {
        let drawn = errors.iter().map(|error| console.draw(sources, error.span, &error.problem.to_string()));
        anyhow!(drawn.collect::<Vec<String>>().join("\n\n"))
    })
}

/// Reads and loads what the arguments, and else the configuration, name. A file that can't be read is part of the project, so that every report
/// can show it.
///
/// # Errors
/// Where the configuration can't be read, the options name an authorizer that is not in the routes, or standard input is wanted twice.
pub(super) fn project(policies: Option<&Policies>, inputs: &Inputs, console: &Console) -> anyhow::Result<Work> {
    let (sources, plan) = plan(policies, inputs, console)?;
    load(sources, plan, policies.is_some_and(|policies| policies.allow_no_inputs))
}

/// Reads and loads what a plan names.
///
/// # Errors
/// As for [`project`].
pub(super) fn load(mut sources: Sources, mut plan: Plan, allow_no_inputs: bool) -> anyhow::Result<Work> {
    read_stdin_once(&plan)?;
    let mut failed = Vec::new();
    let mut routes = input::read_all(&mut sources, &plan.routes, ROUTES);
    failed.append(&mut routes.errors);
    let resource_policy = plan.resource_policy.as_ref().and_then(|path| {
        let read = input::read(&mut sources, path);
        read.map_err(|error| failed.push(error)).ok()
    });
    let mut responses = input::read_all(&mut sources, &plan.policies, POLICIES);
    responses.errors.retain(|error| !(allow_no_inputs && is_nothing(error)));
    failed.append(&mut responses.errors);
    let found = load::Inputs {
        policies: responses.files.iter().map(|&(source, met)| PolicyInput { source, met }).collect(),
        routes_format: plan.routes_format,
        inclusions: routes.read_references(&mut sources),
        routes: routes.files.iter().map(|&(source, _)| source).collect(),
        found: routes.files.iter().filter(|(_, met)| *met == Met::Found).map(|&(source, _)| source).collect(),
        searches: routes.searches.into_iter().map(|search| named(&mut sources, search)).collect(),
        resource_policy,
    };
    let failed: Vec<Unreadable> = failed.iter().map(|error| unreadable(&mut sources, error, &plan.written)).collect();
    sources.locate(|name| plan.root.key(name));
    let files: Vec<SourceId> = found.policies.iter().map(|input| input.source).collect();
    let config = plan.config.as_ref();
    plan.settings.authorizers = config.map(|config| config.authorizers(&sources, &files)).unwrap_or_default();
    let mut project = load::project(&sources, &found, plan.settings.clone());
    project.intent = config.map(|config| config.intent(&sources, &files, plan.extent)).unwrap_or_default();
    project.directions.extend(config.map(|config| config.source));
    project.unreadable.extend(failed);
    find_authorizers(&project, &sources)?;
    find_one_owner(&project, &sources)?;
    Ok(Work { sources, project, plan })
}

/// A source without text stands for a directory or a pattern.
fn named(sources: &mut Sources, (argument, files): (String, Vec<SourceId>)) -> Search {
    Search { place: sources.add(argument, ""), files }
}

fn read_stdin_once(plan: &Plan) -> anyhow::Result<()> {
    // The same policies twice are the same policies.
    let policies = plan.policies.iter().any(|path| path == "-");
    let others = plan.routes.iter().chain(&plan.resource_policy).filter(|path| *path == "-").count();
    if others + usize::from(policies) > 1 {
        bail!("standard input can be read only once: give `-` in one place, and files in the others");
    }
    Ok(())
}

/// A misspelt authorizer would make every response nobody's, and the run clean.
fn find_authorizers(project: &Project, sources: &Sources) -> anyhow::Result<()> {
    let known: Vec<_> = project.apis.iter().flat_map(|api| &api.authorizers).collect();
    let configured = project.settings.authorizers.iter().map(|settings| &settings.name);
    let configured = configured.map(|name| (&name.value, Some(name.span)));
    let wanted = project.settings.authorizer.iter().map(|name| (name, None)).chain(configured);
    for (name, place) in wanted {
        if known.is_empty() || known.iter().any(|authorizer| authorizer.is_called(name)) {
            continue;
        }
        let names: Vec<&str> = known.iter().map(|authorizer| authorizer.name.value.as_str()).collect();
        let place = place.map(|span| Place::new(sources, span));
        let place =
            place.map(|Place { file, line, column, .. }| format!("{file}:{line}:{column}: ")).unwrap_or_default();
        match nearest(name, names.iter().copied()) {
            Some(meant) => bail!("{place}no authorizer is called `{name}`; did you mean `{meant}`?"),
            None => bail!("{place}no authorizer is called `{name}`; there are `{}`", names.join("`, `")),
        }
    }
    Ok(())
}

/// A file of two authorizers would be judged as that of the first, in silence.
fn find_one_owner(project: &Project, sources: &Sources) -> anyhow::Result<()> {
    let mut owners: BTreeMap<SourceId, &Spanned<String>> = BTreeMap::new();
    let authorizers = &project.settings.authorizers;
    for (file, name) in authorizers.iter().flat_map(|own| own.policies.iter().map(|&file| (file, &own.name))) {
        if let Some(first) = owners.insert(file, name) {
            let Place { file: config, line, column, .. } = Place::new(sources, name.span);
            let file = &sources.get(file).name;
            bail!(
                "{config}:{line}:{column}: `{file}` is a response of `{}`, and of `{}` as well",
                first.value,
                name.value
            );
        }
    }
    Ok(())
}

/// What `--allow-no-inputs` forgives.
const fn is_nothing(error: &InputError) -> bool {
    matches!(error, InputError::NoMatch(_) | InputError::EmptyDirectory(..))
}

/// A file without text stands for the one that gave none, unless the configuration names it: then the place is there.
fn unreadable(sources: &mut Sources, error: &InputError, written: &[(String, Span)]) -> Unreadable {
    let configured = written.iter().find(|(path, _)| path == error.argument()).map(|(_, span)| *span);
    let span = configured.unwrap_or_else(|| Span { source: sources.add(error.argument(), ""), start: 0, end: 0 });
    Unreadable {
        span,
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
