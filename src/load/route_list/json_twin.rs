//! The route list as a JSON array: of the same lines as strings, or of objects.

use crate::load::LoadError;
use crate::load::definition::Definition;
use crate::load::route_list::Problem;
use crate::load::route_list::RouteListError;
use crate::load::route_list::line;
use crate::load::route_list::line::Column;
use crate::load::route_list::line::Line;
use crate::load::route_list::line::Word;
use crate::model::project::Document;
use crate::near::nearest;
use crate::source::SourceId;
use crate::source::Spanned;
use crate::syntax::Node;
use crate::syntax::Value;
use crate::syntax::excerpt::Excerpt;
use crate::syntax::json;

/// Reads the array; a syntax error goes to `definition`, with the tree and what was read past.
pub(super) fn read(
    id: SourceId,
    text: &str,
    definition: &mut Definition,
    errors: &mut Vec<RouteListError>,
) -> Vec<Line> {
    let parsed = match json::parse(id, text) {
        Ok(parsed) => parsed,
        Err(error) => {
            definition.errors.push(LoadError::Syntax(error));
            return Vec::new();
        }
    };
    let mut lines = Vec::new();
    if let Value::Array(items) = &parsed.root.value {
        for item in items {
            match &item.value {
                Value::String(_) => lines.extend(line::read(&Excerpt::unescaped(text, item.span), errors)),
                _ => lines.extend(object(item).map_err(|error| errors.push(error)).ok()),
            }
        }
    }
    definition.recovered.extend(parsed.recovered);
    definition.documents.push(Document { source: id, prefix: String::new(), root: parsed.root });
    lines
}

/// `location` is there in the output of the `routes` command, which may be read again.
const KEYS: [&str; 4] = ["method", "path", "authorizer", "location"];

fn object(node: &Node) -> Result<Line, RouteListError> {
    let stranger = node.members().iter().find(|member| !KEYS.contains(&&*member.key.value));
    if let Some(member) = stranger {
        let meant = nearest(&member.key.value, KEYS.into_iter());
        return Err(RouteListError {
            span: member.key.span,
            problem: Problem::UnknownKey(member.key.value.clone(), meant),
        });
    }
    let path = word(node, "path")?.ok_or_else(|| no_route(node))?;
    let key = match word(node, "method")? {
        Some(method) => line::route(method, Some(path))?,
        None if path.text.starts_with('$') => line::route(path, None)?,
        None => return Err(no_route(node)),
    };
    let column = match (node.get("authorizer"), word(node, "authorizer")?) {
        (None, _) => Column::Absent,
        (Some(_), None) => Column::Dash,
        (_, Some(name)) => line::column(name),
    };
    Ok(Line::Route(Spanned::new(key.value, node.span), column))
}

/// The text under a key; nothing where it is missing or null.
fn word<'n>(node: &'n Node, key: &str) -> Result<Option<Word<'n>>, RouteListError> {
    match node.get(key) {
        None | Some(Node { value: Value::Null, .. }) => Ok(None),
        Some(value) => {
            let text = value.as_str().ok_or_else(|| no_route(value))?;
            Ok(Some(Word { text, span: value.span, at: 0 }))
        }
    }
}

const fn no_route(node: &Node) -> RouteListError {
    RouteListError { span: node.span, problem: Problem::NoRoute }
}
