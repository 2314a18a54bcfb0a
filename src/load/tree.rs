//! Text to trees, whether it is JSON or YAML.

use crate::source::SourceId;
use crate::source::Spanned;
use crate::syntax::Node;
use crate::syntax::Recovery;
use crate::syntax::SyntaxError;
use crate::syntax::json;
use crate::syntax::yaml;

/// The trees of a file.
#[derive(Clone, Debug, Default)]
pub(super) struct Tree {
    /// One of JSON, any number of YAML.
    pub(super) documents: Vec<Node>,
    /// What the parser read past.
    pub(super) recovered: Vec<Spanned<Recovery>>,
}

/// Reads a text as JSON where it starts like JSON, else as YAML.
///
/// # Errors
/// Where it is neither. A YAML mapping may start with a brace too; then what JSON expected is more to the point.
pub(super) fn parse(id: SourceId, text: &str) -> Result<Tree, SyntaxError> {
    let as_yaml = |text| yaml::parse(id, text).map(|documents| Tree { documents, recovered: Vec::new() });
    if !text.trim_start().starts_with(['{', '[']) {
        return as_yaml(text);
    }
    match json::parse(id, text) {
        Ok(parsed) => Ok(Tree { documents: vec![parsed.root], recovered: parsed.recovered }),
        Err(error) => as_yaml(text).map_err(|_| error),
    }
}
