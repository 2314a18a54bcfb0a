//! Saved authorizer responses: a [`Source`] enters, [`Response`]s leave.
//!
//! A file is told by its shape, never by its name. What is malformed becomes a [`Defect`](crate::model::response::Defect) of the response
//! that holds it, and the rest of that response is read; what is no response at all is a [`LoadError`] of its own, beside its neighbours.

mod context;
mod document;
mod element;
mod event;
mod resource_policy;
mod response;
mod shape;
mod statement;

use crate::load::LoadError;
use crate::model::project::Document;
use crate::model::response::Response;
use crate::source::Source;
use crate::source::SourceId;
use crate::source::Spanned;
use crate::syntax::Node;
use crate::syntax::Recovery;
use crate::syntax::Value;
use crate::syntax::excerpt::Excerpt;
use crate::syntax::json;
use crate::syntax::json::Parsed;

pub use self::resource_policy::ResourcePolicy;
pub(super) use self::resource_policy::embedded;
pub use self::resource_policy::load as load_resource_policy;
pub use self::shape::Foreign;

/// What one file of responses held.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Loaded {
    /// The responses, in the order of the file.
    pub responses: Vec<Response>,
    /// The trees: one, or one a line.
    pub documents: Vec<Document>,
    /// What the parser read past.
    pub recovered: Vec<Spanned<Recovery>>,
    /// What could not be read.
    pub errors: Vec<LoadError>,
}

/// Reads every response of a file: one JSON value, or JSON Lines.
#[must_use]
pub fn load(id: SourceId, source: &Source) -> Loaded {
    let mut loaded = Loaded::default();
    match json::parse(id, &source.text) {
        Ok(parsed) => loaded.take(id, source, String::new(), parsed),
        Err(error) => match json_lines(&source.text) {
            Some(lines) => lines.into_iter().for_each(|line| loaded.take_line(id, source, &line)),
            None => loaded.errors.push(LoadError::Syntax(error)),
        },
    }
    loaded
}

/// A line that holds something, and its number from zero.
struct Line {
    number: usize,
    start: usize,
    end: usize,
}

/// The lines of JSON Lines: several, each an object by its looks, at least one by its syntax.
fn json_lines(text: &str) -> Option<Vec<Line>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let end = start + line.trim_end().len();
        if !line.trim().is_empty() {
            lines.push(Line { number, start, end });
        }
        start += line.len();
    }
    let written = |line: &Line| text.get(line.start..line.end).unwrap_or_default().trim_start();
    let objects = lines.iter().all(|line| written(line).starts_with('{'));
    let parses = |line: &Line| serde_json::from_str::<serde::de::IgnoredAny>(written(line)).is_ok();
    (objects && lines.len() > 1 && lines.iter().any(parses)).then_some(lines)
}

impl Loaded {
    fn take_line(&mut self, id: SourceId, source: &Source, line: &Line) {
        let excerpt = Excerpt::part(id, &source.text, line.start..line.end);
        match json::parse_excerpt(&excerpt) {
            Ok(parsed) => self.take(id, source, format!("/{}", line.number), parsed),
            Err(error) => self.errors.push(LoadError::Syntax(error)),
        }
    }

    fn take(&mut self, id: SourceId, source: &Source, prefix: String, parsed: Parsed) {
        match &parsed.root.value {
            Value::Array(items) if items.is_empty() => self.refuse(&parsed.root, Foreign::Empty),
            Value::Array(items) => items.iter().for_each(|item| self.take_value(source, item)),
            _ => self.take_value(source, &parsed.root),
        }
        self.recovered.extend(parsed.recovered);
        self.documents.push(Document { source: id, prefix, root: parsed.root });
    }

    fn take_value(&mut self, source: &Source, node: &Node) {
        match shape::tell(node) {
            Ok(shape) => self.responses.push(response::read(&source.text, node, &shape)),
            Err(foreign) => self.refuse(node, foreign),
        }
    }

    fn refuse(&mut self, node: &Node, foreign: Foreign) {
        self.errors.push(LoadError::NotOurs { span: element::opening(node), foreign });
    }
}
