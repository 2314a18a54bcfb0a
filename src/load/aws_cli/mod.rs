//! Saved output of the AWS CLI: the definition of a live API. JSON files enter, the APIs of each folder leave.
//!
//! Only JSON is read: the CLI's YAML has the same shape and is one `--output json` away.

mod authorizer;
mod folder;
mod output;
mod rest;
mod v2;

use crate::load::LoadError;
use crate::load::definition::Definition;
use crate::load::definition_error::DefinitionError;
use crate::load::definition_error::DefinitionProblem;
use crate::load::route_loader::Together;
use crate::model::project::Document;
use crate::model::project::Unknown;
use crate::source::Source;
use crate::source::SourceId;
use crate::source::Sources;
use crate::source::Span;
use crate::syntax::json;

use self::folder::Folder;
use self::output::Kind;
use self::output::Output;

/// Whether a file is the output of a command that reads API Gateway.
pub(super) fn recognises(source: &Source) -> bool {
    if !source.text.trim_start().starts_with('{') {
        return false;
    }
    let mut sources = Sources::default();
    let id = sources.add("", "");
    json::parse(id, &source.text).is_ok_and(|parsed| output::tell(id, &parsed.root).is_some())
}

/// Reads all outputs; those of one folder make one API of each generation.
pub(super) fn load(given: &Together<'_>) -> Definition {
    let sources = given.sources;
    let mut definition = Definition::default();
    let mut folders: Vec<(&str, Folder<'_>)> = Vec::new();
    for &id in given.ids {
        let Some(output) = read(sources, id, &mut definition) else { continue };
        let name = &sources.get(id).name;
        let path = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        match folders.iter_mut().find(|(known, _)| *known == path) {
            Some((_, folder)) => folder.outputs.push(output),
            None => folders.push((path, Folder { sources, outputs: vec![output] })),
        }
    }
    for (_, folder) in &folders {
        rest::load(folder, &mut definition);
        v2::load(folder, &mut definition);
        if definition.errors.is_empty() && definition.apis.is_empty() {
            definition.errors.extend(without_routes(folder));
        }
    }
    definition
}

fn read(sources: &Sources, id: SourceId, definition: &mut Definition) -> Option<Output> {
    let parsed = match json::parse(id, &sources.get(id).text) {
        Ok(parsed) => parsed,
        Err(error) => {
            definition.errors.push(LoadError::Syntax(error));
            return None;
        }
    };
    let told = output::tell(id, &parsed.root);
    let whole = output::opening(&parsed.root);
    definition.recovered.extend(parsed.recovered);
    definition.documents.push(Document { source: id, prefix: String::new(), root: parsed.root });
    let Some(output) = told else {
        definition.errors.push(LoadError::NoRoutes(whole));
        return None;
    };
    if let Some((span, refusal)) = output::refusal(&output) {
        definition.errors.push(LoadError::Definition(DefinitionError::new(span, refusal)));
        return None;
    }
    definition.unknown.extend(output.more.map(|span| cut(output.kind, span)));
    Some(output)
}

fn cut(kind: Kind, span: Span) -> Unknown {
    Unknown {
        what: format!("further {}", kind.name()),
        why: "the output was saved with a mark that there is more; save it without `--max-items` and `--no-paginate`"
            .to_owned(),
        span,
    }
}

fn without_routes(folder: &Folder<'_>) -> Option<LoadError> {
    let output = folder.outputs.first()?;
    let span = Span { source: output.source, start: 0, end: 0 };
    Some(LoadError::Definition(DefinitionError::new(span, DefinitionProblem::WithoutRoutes(output.kind.name()))))
}
