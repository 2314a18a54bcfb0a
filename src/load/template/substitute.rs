//! `Fn::Sub`, `Fn::Join` and `Fn::Split`: functions that make texts of texts.
//!
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-sub.html>

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::load::template::Resolved;
use crate::load::template::Resolver;
use crate::load::template::Unresolved;
use crate::source::Span;
use crate::syntax::Node;
use crate::syntax::Value;

/// More than any text of a definition; texts within texts could grow without end.
const MOST_BYTES: usize = 64 * 1024;

/// Fills a text in; `argument` is the text, or a list of it and the values for its names.
pub(super) fn sub<'t>(resolver: &Resolver<'t>, span: Span, argument: &'t Node) -> Resolved<'t> {
    let (text, values) = match argument.items() {
        [text, values, ..] => (text, values.members()),
        [text] => (text, [].as_slice()),
        [] => (argument, [].as_slice()),
    };
    let Some(mut rest) = text.scalar() else {
        return Err(Unresolved { why: "`Fn::Sub` needs a text".to_owned(), span });
    };
    let mut known: FxHashMap<&str, String> = FxHashMap::default();
    for member in values {
        let text = resolver.text(&member.value)?.map(|text| text.value).unwrap_or_default();
        known.insert(&member.key.value, text);
    }
    let mut filled = String::new();
    while let Some((before, after)) = rest.split_once("${") {
        let Some((name, behind)) = after.split_once('}') else { break };
        filled.push_str(before);
        match name.strip_prefix('!') {
            Some(literal) => filled.extend(["${", literal, "}"]),
            None => filled.push_str(&named(resolver, span, name.trim(), &known)?),
        }
        rest = behind;
    }
    filled.push_str(rest);
    written(filled, span)
}

fn named(
    resolver: &Resolver<'_>,
    span: Span,
    name: &str,
    known: &FxHashMap<&str, String>,
) -> Result<String, Unresolved> {
    if let Some(text) = known.get(name) {
        return Ok(text.clone());
    }
    if name.contains('.') {
        return Err(Unresolved { why: format!("`{name}` is known at deployment only"), span });
    }
    resolver.parameter(name, span).map(str::to_owned)
}

/// Joins a list of texts.
pub(super) fn join<'t>(resolver: &Resolver<'t>, span: Span, argument: &'t Node) -> Resolved<'t> {
    let [delimiter, list] = argument.items() else {
        return Err(Unresolved { why: "`Fn::Join` needs a delimiter and a list".to_owned(), span });
    };
    let mut texts = Vec::new();
    for item in resolver.list(list)? {
        let text = match item {
            Cow::Borrowed(item) => resolver.text(item)?.map(|text| text.value),
            Cow::Owned(item) => item.scalar().map(str::to_owned),
        };
        texts.extend(text);
    }
    written(texts.join(delimiter.scalar().unwrap_or_default()), span)
}

/// Splits a text.
pub(super) fn split<'t>(
    resolver: &Resolver<'t>,
    span: Span,
    argument: &'t Node,
) -> Result<Vec<Cow<'t, Node>>, Unresolved> {
    let wrong = || Unresolved { why: "`Fn::Split` needs a delimiter and a text".to_owned(), span };
    let [delimiter, text] = argument.items() else { return Err(wrong()) };
    let delimiter = delimiter.scalar().filter(|delimiter| !delimiter.is_empty()).ok_or_else(wrong)?;
    let text = resolver.text(text)?.ok_or_else(wrong)?.value;
    let part = |part: &str| Cow::Owned(Node { span, value: Value::String(part.to_owned()) });
    Ok(text.split(delimiter).map(part).collect())
}

fn written<'t>(text: String, span: Span) -> Resolved<'t> {
    if text.len() > MOST_BYTES {
        return Err(Unresolved { why: "the text is too long to be resolved here".to_owned(), span });
    }
    Ok(Some(Cow::Owned(Node { span, value: Value::String(text) })))
}
