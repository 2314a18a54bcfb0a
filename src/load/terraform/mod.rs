//! Terraform: `.tf` files, and what `terraform show -json` prints of plans and states. Sources enter, the APIs of all modules leave.
//!
//! A folder is one module. Modules that others call are read as their calls make them, and not once more by themselves. Resources
//! become instances first, the same for files, plans and states, and instances become APIs.

mod access;
mod api;
mod authorizer;
mod collections;
mod evaluate;
mod files;
mod functions;
mod instance;
mod module;
mod policy_document;
mod rest;
mod shown;
mod template;
mod term;
mod texts;
mod v2;

use std::cell::Cell;

use crate::load::LoadError;
use crate::load::definition::Definition;
use crate::load::definition_error::DefinitionError;
use crate::load::definition_error::DefinitionProblem;
use crate::load::include::Inclusion;
use crate::load::route_loader::Together;
use crate::source::Source;
use crate::source::SourceId;
use crate::source::Sources;
use crate::source::Span;
use crate::syntax::hcl;

use self::api::Assembly;
use self::instance::Collected;
use self::module::Folder;
use self::module::Module;
use self::module::Tree;

pub(super) use self::files::references;

/// Whether a file is configuration of Terraform, or the JSON of a plan or state.
pub(super) fn recognises(source: &Source) -> bool {
    let text = source.text.trim_start();
    if text.starts_with('{') {
        return shown::recognises(text);
    }
    let starts_block = |line: &str| {
        let mut words = line.split_whitespace();
        let quoted = |word: Option<&str>| word.is_some_and(|word| word.starts_with('"'));
        match words.next() {
            Some("resource" | "data" | "module" | "variable" | "output" | "provider") => quoted(words.next()),
            Some("locals" | "terraform" | "moved" | "import" | "removed" | "check") => {
                words.next().is_some_and(|word| word.starts_with('{'))
            }
            _ => false,
        }
    };
    // A module may well have a file that is empty, or all comment.
    text.lines().any(starts_block) || source.name.rsplit_once('.').is_some_and(|(_, ending)| ending == "tf")
}

/// Reads all files; folders that none of them calls are roots.
pub(super) fn load(given: &Together<'_>) -> Definition {
    let sources = given.sources;
    let mut errors = Vec::new();
    let mut collected = Collected::default();
    let mut folders: Vec<Folder> = Vec::new();
    for &id in given.ids {
        if sources.get(id).text.trim_start().starts_with('{') {
            errors.extend(shown::collect(sources, id, &mut collected).err());
            continue;
        }
        match hcl::parse(id, &sources.get(id).text) {
            Ok(body) => folder(&mut folders, &sources.get(id).name).extend(body),
            Err(error) => errors.push(LoadError::Syntax(error)),
        }
    }
    let tree = Tree {
        sources,
        folders,
        included: included(sources, given.inclusions),
        budget: Cell::new(BUDGET),
        depth: Cell::new(0),
    };
    for root in tree.roots() {
        collected.collect(&Module::root(&tree, root));
    }
    let mut assembly =
        Assembly { sources, collected: &collected, definition: Definition { errors, ..Definition::default() } };
    rest::assemble(&mut assembly);
    v2::assemble(&mut assembly);
    let mut definition = assembly.definition;
    definition.unknown.splice(0..0, collected.unknown.iter().cloned());
    if definition.apis.is_empty() && definition.errors.is_empty() {
        let start = given.ids.first().map(|&source| Span { source, start: 0, end: 0 });
        let problem = DefinitionProblem::NoApi("Terraform configuration");
        definition.errors.extend(start.map(|span| LoadError::Definition(DefinitionError::new(span, problem))));
    }
    definition
}

/// Expressions that one run evaluates at most.
const BUDGET: u32 = 500_000;

fn folder<'f>(folders: &'f mut Vec<Folder>, name: &str) -> &'f mut hcl::Body {
    let path = name.rsplit_once('/').map_or("", |(path, _)| path);
    let at = folders.iter().position(|folder| folder.path == path).unwrap_or_else(|| {
        folders.push(Folder { path: path.to_owned(), body: hcl::Body::default() });
        folders.len() - 1
    });
    #[expect(clippy::indexing_slicing, reason = "the position was just found or made")]
    &mut folders[at].body
}

/// The files that configurations read, under the paths that they have from the root.
fn included(sources: &Sources, inclusions: &[Inclusion]) -> Vec<(String, SourceId)> {
    let named = |inclusion: &Inclusion| {
        let from = &sources.get(inclusion.from).name;
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        (module::joined_path(folder, &inclusion.path), inclusion.source)
    };
    inclusions.iter().map(named).collect()
}
