//! Files that were met in a directory or matched a pattern: what is none of ours is skipped, and a search in which nothing is ours is an
//! error, because a misspelt one must not look like a clean run.

use std::collections::HashSet;

use crate::load::DefinitionError;
use crate::load::DefinitionProblem;
use crate::load::Inputs;
use crate::load::LoadError;
use crate::load::definition::Definition;
use crate::model::project::Project;
use crate::model::project::Unreadable;
use crate::source::SourceId;
use crate::source::Sources;
use crate::source::Span;

/// A directory or a pattern, and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// An empty source that has the search's name.
    pub place: SourceId,
    /// All files of it, those that were named as well.
    pub files: Vec<SourceId>,
}

/// Takes out of a definition what only says that a file that was met declares no API, and tells which files are skipped for it.
pub(super) fn forgive(inputs: &Inputs, ids: &[SourceId], definition: &mut Definition) -> Vec<SourceId> {
    let is_found = |id: SourceId| inputs.found.contains(&id);
    let is_forgiven = |error: &LoadError| is_foreign(error) && is_found(error.span().source);
    if definition.apis.is_empty() && ids.iter().all(|&id| is_found(id)) {
        // A list in which no line is a route is another text; of other formats it takes a reason.
        let is_list = |error: &LoadError| matches!(error, LoadError::RouteList(_));
        let foreign = definition.errors.iter().all(|error| is_forgiven(error) || is_list(error));
        if foreign && !definition.errors.is_empty() {
            *definition = Definition::default();
            return ids.to_vec();
        }
    }
    let (forgiven, kept) = std::mem::take(&mut definition.errors).into_iter().partition(is_forgiven);
    definition.errors = kept;
    let forgiven: Vec<LoadError> = forgiven;
    forgiven.iter().map(|error| error.span().source).collect()
}

/// Whether an error only says that a file is no definition of an API, or not one by itself.
const fn is_foreign(error: &LoadError) -> bool {
    use DefinitionProblem::MethodWithoutPath;
    use DefinitionProblem::NoApi;
    use DefinitionProblem::WithoutRoutes;
    matches!(
        error,
        LoadError::NoRoutes(_)
            | LoadError::Definition(DefinitionError { problem: NoApi(_) | WithoutRoutes(_) | MethodWithoutPath, .. })
    )
}

/// The searches of which nothing came: no API, no part of one, and no error that says why.
pub(super) fn in_vain(sources: &Sources, inputs: &Inputs, project: &Project) -> Vec<Unreadable> {
    let used = used(project);
    let names: HashSet<&str> = project.apis.iter().map(|api| api.source.as_str()).collect();
    let is_used = |id: SourceId| used.contains(&id) || names.contains(sources.get(id).name.as_str());
    let brings = |id: SourceId| {
        let mut parts = inputs.inclusions.iter().filter(|inclusion| inclusion.from == id);
        is_used(id) || parts.any(|inclusion| is_used(inclusion.source))
    };
    let in_vain = inputs.searches.iter().filter(|search| !search.files.iter().any(|&id| brings(id)));
    in_vain
        .map(|search| Unreadable {
            span: Span { source: search.place, start: 0, end: 0 },
            message: format!("`{}` holds no definition of an API", sources.get(search.place).name),
            help: "give the file, or the folder, that declares the API and its routes".to_owned(),
        })
        .collect()
}

/// The files in which something of the project stands.
fn used(project: &Project) -> HashSet<SourceId> {
    let routes = project.apis.iter().flat_map(|api| &api.routes).map(|route| route.key.span);
    let authorizers = project.apis.iter().flat_map(|api| &api.authorizers).map(|authorizer| authorizer.name.span);
    let unknown = project.unknown.iter().map(|unknown| unknown.span);
    let unreadable = project.unreadable.iter().map(|unreadable| unreadable.span);
    routes.chain(authorizers).chain(unknown).chain(unreadable).map(|span| span.source).collect()
}
