//! JSON to one tree of spanned nodes: an [`Excerpt`] enters, a [`Parsed`] leaves.
//!
//! `jsonc-parser` finds the places and survives comments and trailing commas, which become a [`Recovery`] each; whether the rest is JSON
//! is for `serde_json` to say, so that nothing passes here that a deserializer of the same response would refuse.
//! `serde_json` alone was not used: it has no places and drops duplicate keys.

use std::borrow::Cow;
use std::ops::Range;

use jsonc_parser::CollectOptions;
use jsonc_parser::CommentCollectionStrategy;
use jsonc_parser::ParseOptions;
use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::errors::ParseError;
use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::tokens::Token;
use jsonc_parser::tokens::TokenAndRange;

use crate::source::SourceId;
use crate::source::Spanned;
use crate::syntax::Language;
use crate::syntax::Member;
use crate::syntax::Node;
use crate::syntax::Recovery;
use crate::syntax::SyntaxError;
use crate::syntax::Value;
use crate::syntax::excerpt::Excerpt;

/// A text that could be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The value.
    pub root: Node,
    /// What had to be read past, in the order of the text.
    pub recovered: Vec<Spanned<Recovery>>,
}

/// Reads a whole file.
///
/// # Errors
/// Where the text is not JSON, even with comments and trailing commas allowed.
pub fn parse(source: SourceId, text: &str) -> Result<Parsed, SyntaxError> {
    parse_excerpt(&Excerpt::whole(source, text))
}

/// Reads a part of a file, or what a string in it says; every span points into the file.
///
/// # Errors
/// Where the excerpt is not JSON, even with comments and trailing commas allowed.
pub fn parse_excerpt(excerpt: &Excerpt<'_>) -> Result<Parsed, SyntaxError> {
    let text = excerpt.text();
    if u32::try_from(text.len()).is_err() {
        return Err(error(excerpt, 0..0, "a text of less than 4 GiB"));
    }
    let read = jsonc_parser::parse_to_ast(text, &COLLECTED, &TOLERATED).map_err(|found| explain(excerpt, &found))?;
    let tokens = read.tokens.unwrap_or_default();
    let recovered = recoveries(&tokens);
    check_strictly(excerpt, &recovered, &tokens)?;
    let root = read.value.ok_or_else(|| error(excerpt, text.len()..text.len(), "a JSON value"))?;
    Ok(Parsed {
        root: node(excerpt, root),
        recovered: recovered.into_iter().map(|(range, recovery)| Spanned::new(recovery, excerpt.span(range))).collect(),
    })
}

/// How many bytes a value takes as JSON without blanks.
#[must_use]
pub fn compact_length(node: &Node) -> usize {
    let commas = |count: usize| count.saturating_sub(1);
    match &node.value {
        Value::Null | Value::Bool(true) => "null".len(),
        Value::Bool(false) => "false".len(),
        Value::Number(text) => text.len(),
        Value::String(text) => quoted_length(text),
        Value::Array(items) => 2 + commas(items.len()) + items.iter().map(compact_length).sum::<usize>(),
        Value::Object(members) => {
            let member = |member: &Member| quoted_length(&member.key.value) + 1 + compact_length(&member.value);
            2 + commas(members.len()) + members.iter().map(member).sum::<usize>()
        }
    }
}

fn quoted_length(text: &str) -> usize {
    serde_json::to_string(text).map_or(text.len() + 2, |quoted| quoted.len())
}

const COLLECTED: CollectOptions = CollectOptions { comments: CommentCollectionStrategy::AsTokens, tokens: true };

/// Every field is set: the defaults accept most of JSON5.
const TOLERATED: ParseOptions = ParseOptions {
    allow_comments: true,
    allow_trailing_commas: true,
    allow_loose_object_property_names: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

fn error(excerpt: &Excerpt<'_>, range: Range<usize>, expected: &str) -> SyntaxError {
    SyntaxError { language: Language::Json, span: excerpt.span(range), expected: expected.to_owned() }
}

fn recoveries(tokens: &[TokenAndRange<'_>]) -> Vec<(Range<usize>, Recovery)> {
    let mut recovered = Vec::new();
    // The comma that would be a trailing one if a bracket followed, and where it belongs among the recoveries.
    let mut comma: Option<(Range<usize>, usize)> = None;
    for found in tokens {
        let range = found.range.start..found.range.end;
        match found.token {
            Token::CommentLine(_) | Token::CommentBlock(_) => recovered.push((range, Recovery::Comment)),
            Token::Comma => comma = Some((range, recovered.len())),
            Token::CloseBrace | Token::CloseBracket => {
                if let Some((range, position)) = comma.take() {
                    recovered.insert(position, (range, Recovery::TrailingComma));
                }
            }
            _ => comma = None,
        }
    }
    recovered
}

/// Lets `serde_json` judge the text without what was recovered.
fn check_strictly(
    excerpt: &Excerpt<'_>,
    recovered: &[(Range<usize>, Recovery)],
    tokens: &[TokenAndRange<'_>],
) -> Result<(), SyntaxError> {
    let text = without(excerpt.text(), recovered);
    // `IgnoredAny` would let numbers and surrogates pass unchecked.
    let Err(found) = serde_json::from_str::<serde_json::Value>(&text) else {
        return Ok(());
    };
    let at = offset_of(&text, &found);
    let token = tokens.iter().find(|token| (token.range.start..token.range.end).contains(&at));
    let character = at..at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let (range, expected) = match token.map(|found| (&found.token, found.range)) {
        _ if text.trim().is_empty() => (text.len()..text.len(), "a JSON value, and there is none"),
        _ if found.to_string().starts_with("recursion limit") => (character, "at most 127 levels of nesting"),
        Some((Token::Number(_), range)) => (range.start..range.end, "a number that a double can hold"),
        Some((Token::String(_), _)) => (character, "an escape such as `\\n` instead of a control character"),
        Some(_) => (character, "strict JSON"),
        None => (character, "a space, tab or line break: JSON knows no other white space"),
    };
    Err(error(excerpt, range, expected))
}

fn without<'t>(text: &'t str, recovered: &[(Range<usize>, Recovery)]) -> Cow<'t, str> {
    if recovered.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    for (range, _) in recovered {
        kept.push_str(text.get(kept.len()..range.start).unwrap_or_default());
        kept.extend(std::iter::repeat_n(' ', range.len()));
    }
    kept.push_str(text.get(kept.len()..).unwrap_or_default());
    Cow::Owned(kept)
}

/// `serde_json` counts lines from one, and columns in bytes up to and with the one it objects to.
fn offset_of(text: &str, found: &serde_json::Error) -> usize {
    let lines = text.split_inclusive('\n').map(str::len);
    let line_start: usize = lines.take(found.line().saturating_sub(1)).sum();
    let mut at = (line_start + found.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn explain(excerpt: &Excerpt<'_>, found: &ParseError) -> SyntaxError {
    let end = excerpt.text().len();
    let range = match found.kind() {
        // The parser reports all of the unfinished value; what is missing is missing at the end.
        ParseErrorKind::UnterminatedArray | ParseErrorKind::UnterminatedObject => end..end,
        ParseErrorKind::String(_) | ParseErrorKind::UnterminatedCommentBlock | ParseErrorKind::NestingDepthExceeded => {
            let start = found.range().start;
            let first = excerpt.text().get(start..).and_then(|rest| rest.chars().next());
            start..start + first.map_or(0, char::len_utf8)
        }
        _ => found.range().start..found.range().end,
    };
    error(excerpt, range, expected(found.kind()))
}

fn expected(kind: &ParseErrorKind) -> &'static str {
    use jsonc_parser::ParseStringErrorKind as InString;
    match kind {
        ParseErrorKind::ExpectedColonAfterObjectKey => "`:` after the key",
        ParseErrorKind::ExpectedStringObjectProperty | ParseErrorKind::UnexpectedTokenInObject => {
            "a key in double quotes, or `}`"
        }
        ParseErrorKind::ExpectedComma => "`,`",
        ParseErrorKind::MultipleRootJsonValues => "the end of the text after the value",
        ParseErrorKind::SingleQuotedStringsNotAllowed => "double quotes",
        ParseErrorKind::UnterminatedArray => "`]`",
        ParseErrorKind::UnterminatedObject => "`}`",
        ParseErrorKind::UnterminatedCommentBlock => "`*/` after this start of a comment",
        ParseErrorKind::NestingDepthExceeded => "at most 127 levels of nesting",
        ParseErrorKind::BareDecimalPointNumbersNotAllowed
        | ParseErrorKind::ExpectedDigit
        | ParseErrorKind::ExpectedDigitFollowingNegativeSign
        | ParseErrorKind::ExpectedPlusMinusOrDigitInNumberLiteral => "a digit",
        ParseErrorKind::HexadecimalNumbersNotAllowed
        | ParseErrorKind::NonFiniteNumbersNotAllowed
        | ParseErrorKind::UnaryPlusNumbersNotAllowed => "a decimal number",
        ParseErrorKind::String(InString::UnterminatedStringLiteral) => "a `\"` that ends the string which starts here",
        ParseErrorKind::String(InString::ExpectedFourHexDigits) => "four hexadecimal digits after `\\u`",
        ParseErrorKind::String(InString::InvalidUnicodeEscapeSequence(_)) => "a pair of surrogates",
        ParseErrorKind::String(_) => "one of the escapes of JSON",
        _ => "a JSON value",
    }
}

fn node(excerpt: &Excerpt<'_>, value: ast::Value<'_>) -> Node {
    let range = value.range();
    let value = match value {
        ast::Value::NullKeyword(_) => Value::Null,
        ast::Value::BooleanLit(literal) => Value::Bool(literal.value),
        ast::Value::NumberLit(literal) => Value::Number(literal.value.to_owned()),
        ast::Value::StringLit(literal) => Value::String(literal.value.into_owned()),
        ast::Value::Array(array) => Value::Array(array.elements.into_iter().map(|item| node(excerpt, item)).collect()),
        ast::Value::Object(object) => {
            Value::Object(object.properties.into_iter().map(|property| member(excerpt, property)).collect())
        }
    };
    Node { span: excerpt.span(range.start..range.end), value }
}

fn member(excerpt: &Excerpt<'_>, property: ast::ObjectProp<'_>) -> Member {
    let range = property.name.range();
    Member {
        key: Spanned::new(property.name.into_string(), excerpt.span(range.start..range.end)),
        value: node(excerpt, property.value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn read(text: &str) -> (Sources, Result<Parsed, SyntaxError>) {
        let mut sources = Sources::default();
        let id = sources.add("a.json", text);
        let parsed = parse(id, text);
        (sources, parsed)
    }

    #[test]
    fn spans_cover_keys_and_values_behind_characters_of_several_bytes() {
        let (sources, parsed) = read("{\"ключ\": [1, \"é\\n\"], \"a\": null, \"a\": true}");
        let root = parsed.unwrap().root;
        let member = &root.members()[0];
        assert_eq!(sources.slice(member.key.span), "\"ключ\"");
        assert_eq!(sources.slice(member.value.span), "[1, \"é\\n\"]");
        assert_eq!(root.members().len(), 3, "the same key may stand twice");
        assert_eq!(root.get("a").unwrap().value, Value::Bool(true));
    }

    #[test]
    fn what_is_read_past_is_named_in_order() {
        let (sources, parsed) = read("{ // one\n \"a\": [1, /* two */ ], }\n/* three */");
        let recovered: Vec<_> =
            parsed.unwrap().recovered.iter().map(|found| sources.slice(found.span).to_owned()).collect();
        assert_eq!(recovered, ["// one", ",", "/* two */", ",", "/* three */"]);
    }

    #[test]
    fn errors_say_where_and_what() {
        for (text, place, expected) in [
            ("", "", "a JSON value, and there is none"),
            ("// only\n", "", "a JSON value, and there is none"),
            ("{\"a\": 1", "", "`}`"),
            ("[1 2]", "", "`,`"),
            ("[1,,2]", ",", "a JSON value"),
            ("{'a': 1}", "'", "double quotes"),
            ("{a: 1}", "a", "a key in double quotes, or `}`"),
            ("[1e400]", "1e400", "a number that a double can hold"),
            ("[\"é\ta\"]", "\t", "an escape such as `\\n` instead of a control character"),
            ("[\"é\\ud800\"]", "\\", "a pair of surrogates"),
            ("[\"\\x41\"]", "\\", "one of the escapes of JSON"),
            ("[0x10]", "0", "a decimal number"),
            ("[1,\u{a0}2]", "\u{a0}", "a space, tab or line break: JSON knows no other white space"),
            ("{} {}", "{", "the end of the text after the value"),
            ("[True]", "True", "a JSON value"),
            ("[\"a]", "\"", "a `\"` that ends the string which starts here"),
        ] {
            let (sources, parsed) = read(text);
            let found = parsed.expect_err(text);
            assert_eq!((sources.slice(found.span), &*found.expected), (place, expected), "{text}");
        }
    }

    #[test]
    fn deep_nesting_is_an_error_and_no_crash() {
        for text in ["[".repeat(200_000), "{\"a\":".repeat(100_000), "[".repeat(200) + &"]".repeat(200)] {
            let (_, parsed) = read(&text);
            assert_eq!(parsed.unwrap_err().expected, "at most 127 levels of nesting");
        }
    }

    #[test]
    fn json_in_a_string_points_into_the_file() {
        let text = r#"{"policy": "{\"\u00e9\":\"a\\\"\\\/b\", \"Statement\": [\n 1, {\"x\" 2}]}"}"#;
        let (sources, parsed) = read(text);
        let outer = parsed.unwrap().root;
        let excerpt = Excerpt::unescaped(text, outer.get("policy").unwrap().span);
        let found = parse_excerpt(&excerpt).unwrap_err();
        assert_eq!((sources.slice(found.span), &*found.expected), ("2", "`:` after the key"));

        let text = text.replace(" 2}", ": 2}");
        let (sources, parsed) = read(&text);
        let outer = parsed.unwrap().root;
        let inner = parse_excerpt(&Excerpt::unescaped(&text, outer.get("policy").unwrap().span)).unwrap().root;
        assert_eq!(sources.slice(inner.members()[0].key.span), r#"\"\u00e9\""#);
        assert_eq!(inner.get("é").unwrap().as_str(), Some("a\"/b"));
        assert_eq!(sources.slice(inner.get("é").unwrap().span), r#"\"a\\\"\\\/b\""#);
        assert_eq!(sources.slice(inner.get("Statement").unwrap().span), r#"[\n 1, {\"x\": 2}]"#);
    }
}
