//! The plain route list and its JSON twin: the format for those who have no definition at hand. A [`Source`] enters, an API leaves.
//!
//! ```text
//! @authorizer users type=request ttl=60 identity-source=method.request.header.Authorization,context.httpMethod
//! GET    /v1/users/{id}  users   # a comment
//! DELETE /v1/users/{id}
//! GET    /health         -
//! ```

mod api;
mod authorizer;
mod error;
mod json_twin;
mod line;

use crate::load::LoadError;
use crate::load::definition::Definition;
use crate::model::project::Settings;
use crate::source::Source;
use crate::source::SourceId;
use crate::syntax::excerpt::Excerpt;

use self::line::Line;

pub use self::error::Problem;
pub use self::error::RouteListError;

/// Whether a text is a route list: a JSON array, or a first line that is one of ours or has a path in its second column.
pub(super) fn recognises(text: &str) -> bool {
    if is_json(text) {
        return true;
    }
    let mut lines = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    let first = lines.find(|line| !line.is_empty()).unwrap_or_default();
    let mut words = first.split_whitespace();
    let keyword = words.next().unwrap_or_default();
    keyword.starts_with(['@', '$']) || words.next().is_some_and(|word| word.starts_with('/'))
}

/// Reads a route list; lines that can't be read are left out and listed.
pub(super) fn load(id: SourceId, source: &Source, settings: &Settings) -> Definition {
    let mut definition = Definition::default();
    let mut errors = Vec::new();
    let lines = if is_json(&source.text) {
        json_twin::read(id, &source.text, &mut definition, &mut errors)
    } else {
        plain(id, &source.text, &mut errors)
    };
    if definition.errors.is_empty() {
        let api = api::assemble(&source.name, settings, lines, &mut errors);
        if api.is_none() && errors.is_empty() {
            errors.push(RouteListError { span: Excerpt::part(id, "", 0..0).span(0..0), problem: Problem::Empty });
        }
        definition.apis.extend(api);
    }
    errors.sort_by_key(|error| error.span);
    definition.errors.extend(errors.into_iter().map(LoadError::RouteList));
    definition
}

fn is_json(text: &str) -> bool {
    text.trim_start().starts_with('[')
}

fn plain(id: SourceId, text: &str, errors: &mut Vec<RouteListError>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let excerpt = Excerpt::part(id, text, start..start + line.len());
        lines.extend(line::read(&excerpt, errors));
        start += line.len();
    }
    lines
}
