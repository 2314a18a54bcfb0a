//! Events to trees. No function calls itself here: how deep a text nests is for the text to say.

use std::ops::Range;

use granit_parser::Event;
use granit_parser::Parser;
use granit_parser::ScalarStyle;
use granit_parser::Span as EventSpan;
use granit_parser::StructureStyle;
use rustc_hash::FxHashMap;

use crate::source::Spanned;
use crate::syntax::Member;
use crate::syntax::Node;
use crate::syntax::SyntaxError;
use crate::syntax::Value;
use crate::syntax::excerpt::Excerpt;
use crate::syntax::yaml::explain::explain;
use crate::syntax::yaml::explain::syntax_error;
use crate::syntax::yaml::merged;
use crate::syntax::yaml::scalar;
use crate::syntax::yaml::tag;
use crate::syntax::yaml::tag::Tag;

/// As many as JSON may have, so that a tree is never too deep for those who walk it.
const MOST_LEVELS: usize = 127;

/// How many bytes aliases may stand for.
const MOST_COPIED: usize = 64 * 1024 * 1024;

/// Reads every document.
pub(super) fn compose(excerpt: &Excerpt<'_>) -> Result<Vec<Node>, SyntaxError> {
    if u32::try_from(excerpt.text().len()).is_err() {
        return Err(syntax_error(excerpt, 0..0, "a text of less than 4 GiB"));
    }
    let mut composer =
        Composer { excerpt, open: Vec::new(), documents: Vec::new(), anchors: FxHashMap::default(), copied: 0 };
    for event in Parser::new_from_str(excerpt.text()) {
        let (event, span) = event.map_err(|error| explain(excerpt, &error))?;
        composer.take(event, &span)?;
    }
    Ok(composer.documents)
}

struct Composer<'e> {
    excerpt: &'e Excerpt<'e>,
    /// The collections around the next event, outermost first.
    open: Vec<Open>,
    documents: Vec<Node>,
    anchors: FxHashMap<usize, Built>,
    copied: usize,
}

/// A collection whose end is still to come.
struct Open {
    start: usize,
    /// Where its last child ended; a block collection ends there too.
    end: usize,
    tag: Option<Tag>,
    anchor: usize,
    levels: usize,
    items: Items,
}

enum Items {
    List(Vec<Node>),
    Mapping {
        key: Option<Key>,
        members: Vec<Member>,
        /// What merge keys bring in: the most important last.
        merged: Vec<Member>,
    },
}

struct Key {
    text: Spanned<String>,
    is_merge: bool,
}

/// A finished node.
#[derive(Clone)]
struct Built {
    node: Node,
    /// Where it ends in the text: for an alias that is not where its node stands.
    end: usize,
    /// How many levels it nests itself.
    levels: usize,
}

impl Composer<'_> {
    fn take(&mut self, event: Event<'_>, span: &EventSpan) -> Result<(), SyntaxError> {
        let range = span.byte_range().unwrap_or_default();
        match event {
            Event::Scalar(text, style, anchor, found) => {
                let tag = tag::read(self.excerpt, found.as_deref(), span);
                // The parser gives a missing value as `~`.
                let text = if range.is_empty() { String::new() } else { text.into_owned() };
                if self.expects_key() && tag.is_none() {
                    return self.take_key(text, style, range, anchor);
                }
                let value =
                    if tag.is_some() { Value::String(text) } else { scalar::typed(&text, style, found.as_deref()) };
                let end = self.end_of(style, &range);
                let node = Node { span: self.excerpt.span(range.start..end), value };
                self.finish(Built { node, end, levels: 0 }, tag, anchor)
            }
            Event::SequenceStart(style, anchor, found) => {
                let tag = tag::read(self.excerpt, found.as_deref(), span);
                self.check_indentation(style, range.start)?;
                self.enter(range.start, tag, anchor, Items::List(Vec::new()))
            }
            Event::MappingStart(style, anchor, found) => {
                let tag = tag::read(self.excerpt, found.as_deref(), span);
                let items = Items::Mapping { key: None, members: Vec::new(), merged: Vec::new() };
                self.check_indentation(style, range.start)?;
                self.enter(range.start, tag, anchor, items)
            }
            Event::SequenceEnd | Event::MappingEnd => self.leave(range),
            Event::Alias(target) => self.repeat(target, range),
            Event::DocumentStart(..) => {
                self.anchors.clear();
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// A block scalar ends with its last text, not with the empty lines behind it.
    fn end_of(&self, style: ScalarStyle, range: &Range<usize>) -> usize {
        match style {
            ScalarStyle::Literal | ScalarStyle::Folded => {
                let written = self.excerpt.text().get(range.clone()).unwrap_or_default();
                range.start + written.trim_end().len()
            }
            _ => range.end,
        }
    }

    fn expects_key(&self) -> bool {
        matches!(self.open.last(), Some(Open { items: Items::Mapping { key: None, .. }, .. }))
    }

    /// A key is its text, whatever it would be as a value: `on`, `200`, `2012-10-17`.
    fn take_key(
        &mut self,
        text: String,
        style: ScalarStyle,
        range: Range<usize>,
        anchor: usize,
    ) -> Result<(), SyntaxError> {
        let is_merge = style == ScalarStyle::Plain && text == "<<";
        let span = self.excerpt.span(range.clone());
        if anchor != 0 {
            let node = Node { span, value: Value::String(text.clone()) };
            self.remember(anchor, &Built { node, end: range.end, levels: 0 }, range)?;
        }
        if let Some(Open { items: Items::Mapping { key, .. }, .. }) = self.open.last_mut() {
            *key = Some(Key { text: Spanned::new(text, span), is_merge });
        }
        Ok(())
    }

    fn check_indentation(&self, style: StructureStyle, start: usize) -> Result<(), SyntaxError> {
        match (style, tab_before(self.excerpt.text(), start)) {
            (StructureStyle::Block, Some(tab)) => {
                Err(syntax_error(self.excerpt, tab..tab + 1, "spaces: a tab is no indentation"))
            }
            _ => Ok(()),
        }
    }

    fn enter(&mut self, start: usize, tag: Option<Tag>, anchor: usize, items: Items) -> Result<(), SyntaxError> {
        let character = self.character(start);
        if self.expects_key() {
            return Err(syntax_error(self.excerpt, character, "a text as the key"));
        }
        if self.open.len() >= MOST_LEVELS {
            return Err(syntax_error(self.excerpt, character, "at most 127 levels of nesting"));
        }
        self.open.push(Open { start, end: start, tag, anchor, levels: 0, items });
        Ok(())
    }

    fn character(&self, start: usize) -> Range<usize> {
        let first = self.excerpt.text().get(start..).and_then(|rest| rest.chars().next());
        start..start + first.map_or(0, char::len_utf8)
    }

    fn leave(&mut self, closing: Range<usize>) -> Result<(), SyntaxError> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        // A closing bracket has a length; the end of a block is only noticed behind it.
        let end = if closing.is_empty() { open.end } else { closing.end };
        let value = match open.items {
            Items::List(items) => Value::Array(items),
            Items::Mapping { members, mut merged, .. } => {
                merged::give_way(&mut merged, &members);
                merged.extend(members);
                Value::Object(merged)
            }
        };
        let node = Node { span: self.excerpt.span(open.start..end), value };
        self.finish(Built { node, end, levels: open.levels + 1 }, open.tag, open.anchor)
    }

    fn finish(&mut self, mut built: Built, tag: Option<Tag>, anchor: usize) -> Result<(), SyntaxError> {
        if let Some(tag) = tag {
            built.levels += tag.levels();
            built.node = tag.apply(built.node);
        }
        if anchor != 0 {
            let end = built.end;
            self.remember(anchor, &built, end..end)?;
        }
        self.add(built)
    }

    fn remember(&mut self, anchor: usize, built: &Built, place: Range<usize>) -> Result<(), SyntaxError> {
        self.copied += merged::weight(&built.node);
        if self.copied > MOST_COPIED {
            return Err(syntax_error(self.excerpt, place, "aliases that stand for less than 64 MiB in all"));
        }
        self.anchors.insert(anchor, built.clone());
        Ok(())
    }

    fn repeat(&mut self, target: usize, range: Range<usize>) -> Result<(), SyntaxError> {
        let missing = "an anchor `&` of this name before the alias";
        let place = || syntax_error(self.excerpt, range.start..range.start + 1, missing);
        let found = self.anchors.get(&target).ok_or_else(place)?;
        self.copied += merged::weight(&found.node);
        if self.copied > MOST_COPIED {
            return Err(syntax_error(self.excerpt, range, "aliases that stand for less than 64 MiB in all"));
        }
        self.add(Built { end: range.end, ..found.clone() })
    }

    /// Puts a finished node where it belongs.
    fn add(&mut self, built: Built) -> Result<(), SyntaxError> {
        let depth = self.open.len();
        let place = self.excerpt.span(self.character(built.end));
        let Some(open) = self.open.last_mut() else {
            self.documents.push(built.node);
            return Ok(());
        };
        if depth + built.levels > MOST_LEVELS {
            return Err(SyntaxError::yaml(place, "at most 127 levels of nesting"));
        }
        open.end = open.end.max(built.end);
        open.levels = open.levels.max(built.levels);
        match &mut open.items {
            Items::List(items) => items.push(built.node),
            Items::Mapping { key, members, merged } => match key.take() {
                None => *key = Some(key_of(built.node)?),
                Some(Key { is_merge: true, .. }) => merged::take(built.node, merged)?,
                Some(Key { text, .. }) => members.push(Member { key: text, value: built.node }),
            },
        }
        Ok(())
    }
}

/// An alias, or a tagged scalar, that stands where a key does.
fn key_of(node: Node) -> Result<Key, SyntaxError> {
    match node.value {
        Value::String(text) | Value::Number(text) => Ok(Key { text: Spanned::new(text, node.span), is_merge: false }),
        _ => Err(SyntaxError::yaml(node.span, "a text as the key")),
    }
}

/// A tab in the indentation of a block collection, which the parser lets pass at the start of a document.
fn tab_before(text: &str, start: usize) -> Option<usize> {
    let before = text.get(..start)?;
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let indentation = before.get(line..)?;
    let blank = indentation.chars().all(|character| matches!(character, ' ' | '\t' | '-'));
    indentation.find('\t').filter(|_| blank).map(|at| line + at)
}
