//! Scalars that tools write in several ways: numbers as text, lists as one text with commas.

use crate::source::Source;
use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::Node;
use crate::syntax::Value;

/// A string, number or boolean as text.
pub(super) fn text(node: &Node) -> Option<String> {
    match &node.value {
        Value::String(text) | Value::Number(text) => Some(text.clone()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A string, number or boolean as text, with its place.
pub(super) fn spanned(node: &Node) -> Option<Spanned<String>> {
    text(node).map(|text| Spanned::new(text, node.span))
}

/// `true`, or `"true"` as templates write it.
pub(super) fn is_true(node: Option<&Node>) -> bool {
    node.and_then(text).is_some_and(|text| text == "true")
}

/// The parts between commas, each with its own place where the value stands in the source as it is.
pub(super) fn comma_separated(source: &Source, value: &Spanned<String>) -> Vec<Spanned<String>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for part in value.value.split(',') {
        let trimmed = part.trim();
        let at = start + part.len() - part.trim_start().len();
        if !trimmed.is_empty() {
            parts.push(Spanned::new(trimmed.to_owned(), within(source, value, at, trimmed.len())));
        }
        start += part.len() + 1;
    }
    parts
}

/// The place of a part of a value; behind escapes the place of all of it.
fn within(source: &Source, value: &Spanned<String>, at: usize, length: usize) -> Span {
    let written = source.slice(value.span);
    let Some(lead @ (0 | 1)) = written.find(&value.value) else { return value.span };
    let offset = |bytes: usize| value.span.start.saturating_add(u32::try_from(lead + bytes).unwrap_or(u32::MAX));
    Span { source: value.span.source, start: offset(at), end: offset(at + length) }
}
