//! Text to one tree of spanned nodes, the same for every format. A [`crate::source::Source`] enters, a [`Node`] leaves.

pub mod comment;
pub mod excerpt;
pub mod hcl;
pub mod json;
pub mod yaml;

use std::ops::Range;

use crate::source::Span;
use crate::source::Spanned;

/// A value with the place where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// From the first to the last byte of the value, quotes and brackets included.
    pub span: Span,
    /// What it holds.
    pub value: Value,
}

/// What a [`Node`] holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as it was written.
    Number(String),
    /// A string, escapes resolved.
    String(String),
    /// A list.
    Array(Vec<Node>),
    /// A mapping; members keep their order, and the same key may stand more than once.
    Object(Vec<Member>),
}

/// One key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The key; its span includes the quotes.
    pub key: Spanned<String>,
    /// The value.
    pub value: Node,
}

/// A mistake that a parser could read past.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recovery {
    /// A comma before `]` or `}`.
    TrailingComma,
    /// `// …` or `/* … */`.
    Comment,
    /// U+FEFF at the start of the file.
    ByteOrderMark,
}

/// Text that is not of its format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// What the text should have been.
    pub language: Language,
    /// Where the parser gave up.
    pub span: Span,
    /// What it expected, in words for the user.
    pub expected: String,
}

/// A language that inputs are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// JSON, with what is read past.
    Json,
    /// YAML.
    Yaml,
    /// HCL, Terraform's own language.
    Hcl,
}

impl Language {
    /// Its name, for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Yaml => "YAML",
            Self::Hcl => "HCL",
        }
    }
}

impl SyntaxError {
    /// Text that is no YAML.
    #[must_use]
    pub fn yaml(span: Span, expected: &str) -> Self {
        Self { language: Language::Yaml, span, expected: expected.to_owned() }
    }
}

impl Node {
    /// The value of a key of a mapping; the last one where the key stands more than once, as most readers have it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.member(key).map(|member| &member.value)
    }

    /// The members of a mapping; none for any other value.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        match &self.value {
            Value::Object(members) => members,
            _ => &[],
        }
    }

    /// The text of a string node.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The text of a scalar, whether it was written as a string, a number or a boolean; nothing for null and for collections.
    #[must_use]
    pub fn scalar(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) | Value::Number(text) => Some(text),
            Value::Bool(true) => Some("true"),
            Value::Bool(false) => Some("false"),
            _ => None,
        }
    }

    /// The place of a part of a scalar's text: its own where the text stands in the source as it reads, with quotes around it or without,
    /// else that of the whole scalar.
    #[must_use]
    pub fn span_of(&self, part: Range<usize>) -> Span {
        let text = self.scalar().unwrap_or_default();
        let written = self.span.end.saturating_sub(self.span.start) as usize;
        let quote = match written.checked_sub(text.len()) {
            Some(0) => 0,
            Some(2) => 1,
            _ => return self.span,
        };
        let place = |at: usize| u32::try_from(at + quote).unwrap_or(u32::MAX).saturating_add(self.span.start);
        Span { start: place(part.start), end: place(part.end), ..self.span }
    }

    /// The items of a list; none for any other value.
    #[must_use]
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::Array(items) => items,
            _ => &[],
        }
    }

    /// The member of a key, where its own place matters; the last one where the key stands more than once.
    #[must_use]
    pub fn member(&self, key: &str) -> Option<&Member> {
        self.members().iter().rev().find(|member| member.key.value == key)
    }

    /// The RFC 6901 JSON Pointer of the deepest node (or key) that holds `span`; the root is the empty string.
    #[must_use]
    pub fn pointer(&self, span: Span) -> String {
        let mut pointer = String::new();
        let mut node = self;
        while let Some((step, child)) = node.child_with(span) {
            pointer.push('/');
            pointer.push_str(&step.replace('~', "~0").replace('/', "~1"));
            node = child;
        }
        pointer
    }

    fn child_with(&self, span: Span) -> Option<(String, &Self)> {
        match &self.value {
            Value::Array(items) => items
                .iter()
                .enumerate()
                .find(|(_, item)| item.span.contains(span))
                .map(|(index, item)| (index.to_string(), item)),
            Value::Object(members) => members
                .iter()
                .find(|member| member.key.span.contains(span) || member.value.span.contains(span))
                .map(|member| (member.key.value.clone(), &member.value)),
            _ => None,
        }
    }
}
