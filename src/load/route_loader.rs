//! The list of formats that routes come in: one entry each, told by content.

use crate::load::LoadError;
use crate::load::definition::Definition;
use crate::load::route_list;
use crate::model::project::Settings;
use crate::source::Source;
use crate::source::SourceId;
use crate::source::Span;

/// A format of routes, as `--routes-format` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RoutesFormat {
    /// The plain route list, or its JSON twin.
    List,
}

/// How one format is recognised and read. Options decide where a default depends on them; they are applied later.
struct RouteLoader {
    format: RoutesFormat,
    name: &'static str,
    recognises: fn(&str) -> bool,
    load: fn(SourceId, &Source, &Settings) -> Definition,
}

const LOADERS: [RouteLoader; 1] = [RouteLoader {
    format: RoutesFormat::List,
    name: "list",
    recognises: route_list::recognises,
    load: route_list::load,
}];

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

/// Reads a file in the format asked for, or in the one that it has.
///
/// # Errors
/// [`LoadError::NoRoutes`] where no format knows the file.
pub(super) fn load(
    id: SourceId,
    source: &Source,
    format: Option<RoutesFormat>,
    settings: &Settings,
) -> Result<Definition, LoadError> {
    let fits = |loader: &&RouteLoader| match format {
        Some(format) => loader.format == format,
        None => (loader.recognises)(&source.text),
    };
    let loader = LOADERS.iter().find(fits).ok_or(LoadError::NoRoutes(Span { source: id, start: 0, end: 0 }))?;
    Ok((loader.load)(id, source, settings))
}
