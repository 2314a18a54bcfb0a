//! Sources to the model: [`Sources`] enter, a [`Project`] leaves.
//!
//! Nothing is lost in silence: what can't be read is listed in [`Project::unreadable`], and files of a directory that are none of ours are
//! counted. Each format of routes is one entry of the list in `route_loader`.

mod aws_cli;
mod body;
mod cloudformation;
mod default_ttl;
mod defaults;
mod definition;
mod definition_error;
mod embedded_policy;
mod error;
mod found;
mod guards;
mod ignored;
mod include;
mod openapi;
pub mod policy;
mod reading;
mod remarks;
mod route_key;
mod route_list;
mod route_loader;
mod sam;
mod scalar;
mod serverless;
mod settings;
mod template;
mod terraform;
mod tree;

use std::collections::HashSet;

use crate::load::route_loader::Loaded;
use crate::model::project::Definition;
use crate::model::project::Project;
use crate::model::project::Settings;
use crate::source::SourceId;
use crate::source::Sources;
use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::Recovery;

pub use self::definition_error::DefinitionError;
pub use self::definition_error::DefinitionProblem;
pub use self::error::LoadError;
pub use self::found::Search;
pub use self::include::Inclusion;
pub use self::include::references;
pub use self::route_list::Problem;
pub use self::route_list::RouteListError;
pub use self::route_loader::RoutesFormat;

/// Which source is what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// Saved responses.
    pub policies: Vec<PolicyInput>,
    /// Definitions of routes and authorizers.
    pub routes: Vec<SourceId>,
    /// Those of `routes` that nobody named: they were met in a search.
    pub found: HashSet<SourceId>,
    /// The directories and patterns that were given as routes.
    pub searches: Vec<Search>,
    /// `--routes-format`; without it the content tells.
    pub routes_format: Option<RoutesFormat>,
    /// Files that those of `routes` refer to, as [`references`] says.
    pub inclusions: Vec<Inclusion>,
    /// `--resource-policy`
    pub resource_policy: Option<SourceId>,
}

/// A file of responses, and how the linter came by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PolicyInput {
    /// The file.
    pub source: SourceId,
    /// How.
    pub met: Met,
}

/// How the linter came by a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Met {
    /// The user named it: it has to be one of ours.
    Named,
    /// It was met in a directory, or matched a pattern: it may be something else.
    Found,
}

/// Loads everything. The caller adds what the team means to deny.
#[must_use]
pub fn project(sources: &Sources, inputs: &Inputs, settings: Settings) -> Project {
    let mut project = Project { settings, ..Project::default() };
    let skipped = load_routes(sources, inputs, &mut project);
    settings::apply(&project.settings, &mut project.apis);
    if let Some(source) = inputs.resource_policy {
        load_resource_policy(sources, source, &mut project);
    }
    // Where both are looked for in one directory, a file of either kind is none of the other.
    let name = |id: SourceId| sources.get(id).name.as_str();
    let (none, definitions): (Vec<SourceId>, Vec<SourceId>) = inputs.routes.iter().partition(|id| skipped.contains(id));
    let definitions: HashSet<&str> = definitions.into_iter().map(name).collect();
    let mut skipped: HashSet<&str> = none.into_iter().map(name).collect();
    for &input in &inputs.policies {
        let name = name(input.source);
        match load_responses(sources, input, &mut project) {
            Loading::Done => skipped.remove(name),
            Loading::Skipped => !definitions.contains(name) && skipped.insert(name),
        };
    }
    project.skipped = skipped.into_iter().map(str::to_owned).collect();
    project.skipped.sort_unstable();
    project
}

/// Loads the definitions; those that were met and are none are returned.
fn load_routes(sources: &Sources, inputs: &Inputs, project: &mut Project) -> HashSet<SourceId> {
    let mut skipped = HashSet::new();
    for Loaded { sources, format, definition: mut loaded } in route_loader::load(sources, inputs, &project.settings) {
        skipped.extend(found::forgive(inputs, &sources, &mut loaded));
        let apis = project.apis.len()..project.apis.len() + loaded.apis.len();
        project.definitions.extend(format.map(|format| Definition { sources, format: format.name(), apis }));
        project.apis.extend(loaded.apis);
        project.unknown.extend(loaded.unknown);
        project.ignored.extend(loaded.ignored);
        project.documents.extend(loaded.documents);
        project.recovered.extend(loaded.recovered);
        project.unreadable.extend(loaded.errors.iter().map(LoadError::unreadable));
    }
    let in_vain = found::in_vain(sources, inputs, project);
    project.unreadable.extend(in_vain);
    let read = inputs.routes.iter().filter(|id| !skipped.contains(id));
    // YAML and HCL allow the mark.
    let is_json = |id: &&SourceId| sources.get(**id).text.trim_start().starts_with(['{', '[']);
    let json = read.clone().filter(is_json);
    project.recovered.extend(json.filter_map(|&source| byte_order_mark(sources, source)));
    remarks::collect(sources, read, project);
    skipped
}

fn load_resource_policy(sources: &Sources, id: SourceId, project: &mut Project) {
    match policy::load_resource_policy(id, sources.get(id)) {
        Ok(loaded) => {
            project.recovered.extend(byte_order_mark(sources, id));
            project.recovered.extend(loaded.recovered);
            project.documents.push(loaded.document);
            project.unreadable.extend(loaded.errors.iter().map(LoadError::unreadable));
            for api in &mut project.apis {
                api.resource_policy = Some(loaded.policy.clone());
            }
        }
        Err(error) => project.unreadable.push(error.unreadable()),
    }
}

/// Whether a file was one of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Loading {
    Done,
    Skipped,
}

fn load_responses(sources: &Sources, input: PolicyInput, project: &mut Project) -> Loading {
    let source = sources.get(input.source);
    let loaded = policy::load(input.source, source);
    let foreign = loaded.responses.is_empty() && !looks_like_ours(&loaded.errors, &source.text);
    if foreign && input.met == Met::Found {
        return Loading::Skipped;
    }
    project.recovered.extend(byte_order_mark(sources, input.source));
    project.recovered.extend(loaded.recovered);
    project.documents.extend(loaded.documents);
    project.responses.extend(loaded.responses);
    project.unreadable.extend(loaded.errors.iter().map(LoadError::unreadable));
    Loading::Done
}

/// Whether a file without any response was meant to hold one: broken JSON that speaks of what only our files speak of.
fn looks_like_ours(errors: &[LoadError], text: &str) -> bool {
    let broken = errors.iter().any(|error| matches!(error, LoadError::Syntax(_)));
    broken && ["policyDocument", "isAuthorized", "execute-api"].iter().any(|word| text.contains(word))
}

fn byte_order_mark(sources: &Sources, source: SourceId) -> Option<Spanned<Recovery>> {
    let start = Span { source, start: 0, end: 0 };
    sources.get(source).byte_order_mark.then_some(Spanned::new(Recovery::ByteOrderMark, start))
}
