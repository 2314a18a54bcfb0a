//! The list of formats that routes come in: one entry each, told by content.
//!
//! What belongs together is joined here and nowhere later: a format either has one definition a file, or reads all of its files at
//! once and tells itself which of them make one API. Merging finished APIs was not done, because a reference from one file into
//! another can only be followed while both are at hand.

use crate::load::LoadError;
use crate::load::aws_cli;
use crate::load::definition::Definition;
use crate::load::route_list;
use crate::model::project::Settings;
use crate::source::Source;
use crate::source::SourceId;
use crate::source::Sources;
use crate::source::Span;

/// A format of routes, as `--routes-format` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RoutesFormat {
    /// The output of the AWS CLI, saved as JSON.
    AwsCli,
    /// The plain route list, or its JSON twin.
    List,
}

/// How one format is recognised and read. Options decide where a default depends on them; they are applied later.
struct RouteLoader {
    format: RoutesFormat,
    name: &'static str,
    recognises: fn(&Source) -> bool,
    load: Load,
}

/// How much of the input one definition takes.
#[derive(Clone, Copy)]
enum Load {
    /// Every file is a definition of its own.
    Each(fn(SourceId, &Source, &Settings) -> Definition),
    /// All files of the format are read together, in the order they were given.
    Together(fn(&Sources, &[SourceId]) -> Definition),
}

const LOADERS: [RouteLoader; 2] = [
    RouteLoader {
        format: RoutesFormat::AwsCli,
        name: "aws-cli",
        recognises: aws_cli::recognises,
        load: Load::Together(aws_cli::load),
    },
    RouteLoader {
        format: RoutesFormat::List,
        name: "list",
        recognises: |source| route_list::recognises(&source.text),
        load: Load::Each(route_list::load),
    },
];

impl RoutesFormat {
    /// Every format, in the order in which a file is tried.
    pub fn all() -> impl Iterator<Item = Self> {
        LOADERS.iter().map(|loader| loader.format)
    }

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        let loader = LOADERS.iter().find(|loader| loader.format == self);
        loader.map_or("", |loader| loader.name)
    }
}

/// Reads files in the format asked for, or each in the one that it has. A file that no format knows is a definition with
/// [`LoadError::NoRoutes`].
pub(super) fn load(
    sources: &Sources,
    ids: &[SourceId],
    format: Option<RoutesFormat>,
    settings: &Settings,
) -> Vec<Definition> {
    let told: Vec<(SourceId, Option<&RouteLoader>)> =
        ids.iter().map(|&id| (id, loader_of(sources.get(id), format))).collect();
    let mut seen = Vec::new();
    let mut definitions = Vec::new();
    for &(id, loader) in &told {
        match loader.map(|loader| (loader.format, loader.load)) {
            None => definitions.push(unknown(id)),
            Some((_, Load::Each(load))) => definitions.push(load(id, sources.get(id), settings)),
            Some((format, Load::Together(load))) if !seen.contains(&format) => {
                seen.push(format);
                let same = told.iter().filter(|(_, other)| other.is_some_and(|other| other.format == format));
                definitions.push(load(sources, &same.map(|&(id, _)| id).collect::<Vec<_>>()));
            }
            Some((_, Load::Together(_))) => {}
        }
    }
    definitions
}

fn loader_of(source: &Source, format: Option<RoutesFormat>) -> Option<&'static RouteLoader> {
    LOADERS.iter().find(|loader| match format {
        Some(format) => loader.format == format,
        None => (loader.recognises)(source),
    })
}

fn unknown(id: SourceId) -> Definition {
    let span = Span { source: id, start: 0, end: 0 };
    Definition { errors: vec![LoadError::NoRoutes(span)], ..Definition::default() }
}
