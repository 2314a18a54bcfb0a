//! Short tags of CloudFormation, and the long forms that they stand for.
//!
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html>

use granit_parser::Span as EventSpan;

use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::Member;
use crate::syntax::Node;
use crate::syntax::Value;
use crate::syntax::excerpt::Excerpt;

/// A short tag and where it stands.
pub(super) struct Tag {
    /// The key of the long form.
    function: String,
    span: Span,
}

/// The tag of an event, if it is one of the file's own kind: `!name`.
pub(super) fn read(excerpt: &Excerpt<'_>, found: Option<&granit_parser::Tag>, span: &EventSpan) -> Option<Tag> {
    let found = found.filter(|tag| tag.handle() == "!" && !tag.suffix().is_empty())?;
    // These two have no prefix in their long form either.
    let function = match found.suffix() {
        name @ ("Ref" | "Condition") => name.to_owned(),
        name => format!("Fn::{name}"),
    };
    let range = span.tag_span().and_then(|span| span.byte_range()).unwrap_or_default();
    Some(Tag { function, span: excerpt.span(range) })
}

impl Tag {
    /// How many levels the long form adds at most.
    pub(super) fn levels(&self) -> usize {
        if self.function == "Fn::GetAtt" { 2 } else { 1 }
    }

    /// The long form around a value. `!GetAtt a.b` has a list in its long form.
    pub(super) fn apply(self, argument: Node) -> Node {
        let argument = if self.function == "Fn::GetAtt" { split_attribute(argument) } else { argument };
        Node {
            span: Span { start: self.span.start, ..argument.span },
            value: Value::Object(vec![Member { key: Spanned::new(self.function, self.span), value: argument }]),
        }
    }
}

/// Each half has its own place.
fn split_attribute(node: Node) -> Node {
    let Some((resource, attribute)) = node.as_str().and_then(|text| text.split_once('.')) else { return node };
    let dot = resource.len();
    let part = |text: &str, start| Node {
        span: node.span_of(start..start + text.len()),
        value: Value::String(text.to_owned()),
    };
    let parts = vec![part(resource, 0), part(attribute, dot + 1)];
    Node { span: node.span, value: Value::Array(parts) }
}
