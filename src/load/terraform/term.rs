//! What an expression of Terraform comes to, as far as the files alone decide: every value with its place, every gap with its reason.

use std::rc::Rc;

use crate::source::Sources;
use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::Member;
use crate::syntax::Node;
use crate::syntax::Value;

/// A value, and where it was written.
#[derive(Clone, Debug)]
pub(super) struct Term {
    /// The expression that says it: the literal, where a variable or a local only hands it on.
    pub(super) span: Span,
    /// The value.
    pub(super) kind: Kind,
}

/// What a [`Term`] is.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(f64),
    /// Text, put together from pieces.
    Text(Vec<Piece>),
    /// A list, set or tuple.
    List(Vec<Term>),
    /// A map or object, in the order of the source.
    Object(Vec<(Spanned<String>, Term)>),
    /// What `jsonencode` was given: text that needs no parsing.
    Json(Box<Term>),
    /// An instance of a resource, by its address.
    Resource(Rc<str>),
    /// An attribute of an instance that only deployment knows, such as `id`.
    Attribute(Rc<str>, Rc<str>),
    /// A value that is not there: what `try` goes on from.
    Missing(Rc<str>),
    /// A value that the files don't decide, and why.
    Unknown(Rc<str>),
}

/// A piece of a text.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// What it reads; for a gap the expression as it was written.
    pub(super) text: String,
    /// Where it was written.
    pub(super) span: Span,
    /// Why it is not known.
    pub(super) gap: Option<Rc<str>>,
}

impl Term {
    /// A value that the files don't decide.
    pub(super) fn unknown(span: Span, why: impl Into<Rc<str>>) -> Self {
        Self { span, kind: Kind::Unknown(why.into()) }
    }

    /// A known text.
    pub(super) fn text_of(span: Span, text: impl Into<String>) -> Self {
        Self { span, kind: Kind::Text(vec![Piece { text: text.into(), span, gap: None }]) }
    }

    /// A list.
    pub(super) const fn list(span: Span, items: Vec<Self>) -> Self {
        Self { span, kind: Kind::List(items) }
    }

    /// A truth value.
    pub(super) const fn bool(span: Span, value: bool) -> Self {
        Self { span, kind: Kind::Bool(value) }
    }

    /// The text of a scalar without gaps.
    pub(super) fn text(&self) -> Option<String> {
        match &self.kind {
            Kind::Text(pieces) if pieces.iter().all(|piece| piece.gap.is_none()) => Some(joined(pieces)),
            Kind::Number(number) => Some(number_text(*number)),
            Kind::Bool(value) => Some(value.to_string()),
            _ => None,
        }
    }

    /// The text of a scalar for people, gaps as they were written.
    pub(super) fn shown(&self) -> Option<String> {
        match &self.kind {
            Kind::Text(pieces) => Some(joined(pieces)),
            _ => self.text(),
        }
    }

    /// The number, also where it was written as text.
    pub(super) fn number(&self) -> Option<f64> {
        match &self.kind {
            Kind::Number(number) => Some(*number),
            _ => self.text()?.trim().parse().ok(),
        }
    }

    /// The truth value, also where it was written as text.
    pub(super) fn truth(&self) -> Option<bool> {
        match self.text()?.as_str() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    /// The value of a key of an object.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        match &self.kind {
            Kind::Object(members) => members.iter().rev().find(|(name, _)| name.value == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// Whether nothing is set here.
    pub(super) const fn is_null(&self) -> bool {
        matches!(self.kind, Kind::Null)
    }

    /// Why this is not known, if it isn't; what lies inside a list or an object doesn't count.
    pub(super) fn gap(&self) -> Option<Rc<str>> {
        match &self.kind {
            Kind::Unknown(why) | Kind::Missing(why) => Some(Rc::clone(why)),
            Kind::Attribute(address, name) => Some(format!("`{address}.{name}` is known after deployment").into()),
            Kind::Resource(address) => Some(format!("`{address}` is known after deployment").into()),
            Kind::Text(pieces) => pieces.iter().find_map(|piece| piece.gap.clone()),
            _ => None,
        }
    }

    /// The value as a tree of the kind that JSON gives; a gap is the text `${…}`.
    pub(super) fn node(&self, sources: &Sources) -> Node {
        let value = match &self.kind {
            Kind::Null => Value::Null,
            Kind::Bool(value) => Value::Bool(*value),
            Kind::Number(number) => Value::Number(number_text(*number)),
            Kind::Text(pieces) => Value::String(joined(pieces)),
            Kind::List(items) => Value::Array(items.iter().map(|item| item.node(sources)).collect()),
            Kind::Object(members) => Value::Object(
                members.iter().map(|(key, value)| Member { key: key.clone(), value: value.node(sources) }).collect(),
            ),
            Kind::Json(inner) => return inner.node(sources),
            Kind::Resource(_) | Kind::Attribute(..) | Kind::Missing(_) | Kind::Unknown(_) => {
                Value::String(placeholder(sources, self.span))
            }
        };
        Node { span: self.span, value }
    }

    /// The pieces that this value adds to a template.
    pub(super) fn pieces(&self, sources: &Sources) -> Vec<Piece> {
        let piece = |text: String, gap| vec![Piece { text, span: self.span, gap }];
        match &self.kind {
            Kind::Text(pieces) => pieces.clone(),
            Kind::Json(inner) => piece(json_text(&inner.node(sources)), None),
            // In the resource policy of an API, the short form for its own ARN.
            Kind::Attribute(_, name) if &**name == "execution_arn" => piece("execute-api:".to_owned(), None),
            _ => self.text().map_or_else(
                || {
                    let why = self.gap().unwrap_or_else(|| "a list or an object stands inside a text".into());
                    piece(placeholder(sources, self.span), Some(why))
                },
                |text| piece(text, None),
            ),
        }
    }
}

/// A number as Terraform puts it into text.
pub(super) fn number_text(number: f64) -> String {
    // The formatting of whole numbers has no fraction.
    format!("{number}")
}

fn joined(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}

fn placeholder(sources: &Sources, span: Span) -> String {
    let written = sources.slice(span).trim_matches('"');
    if written.starts_with("${") { written.to_owned() } else { format!("${{{written}}}") }
}

/// A tree as JSON text.
fn json_text(node: &Node) -> String {
    fn value(node: &Node) -> serde_json::Value {
        match &node.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => (*value).into(),
            Value::Number(text) => serde_json::from_str(text).unwrap_or_else(|_| text.clone().into()),
            Value::String(text) => text.clone().into(),
            Value::Array(items) => items.iter().map(value).collect(),
            Value::Object(members) => {
                members.iter().map(|member| (member.key.value.clone(), value(&member.value))).collect()
            }
        }
    }
    value(node).to_string()
}
