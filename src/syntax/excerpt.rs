//! Text that stands somewhere in a source, with the place of each of its bytes.
//!
//! Parsers read excerpts, so that a line of JSON Lines or the JSON inside a JSON string gets the same spans as a whole file: spans
//! of the outer file. Shifting spans after parsing was not done, because behind an escape the distance changes from byte to byte.

use std::borrow::Cow;
use std::ops::Range;

use crate::source::SourceId;
use crate::source::Sources;
use crate::source::Span;

/// A text and where it stands.
#[derive(Clone, Debug)]
pub struct Excerpt<'t> {
    source: SourceId,
    text: Cow<'t, str>,
    offsets: Offsets,
}

#[derive(Clone, Debug)]
enum Offsets {
    /// The text stands as it is, so many bytes behind the start of the file.
    Shifted(u32),
    /// The text was written with escapes: the place of each byte, and of the end.
    Mapped(Vec<u32>),
}

impl<'t> Excerpt<'t> {
    /// All of a source.
    #[must_use]
    pub const fn whole(source: SourceId, text: &'t str) -> Self {
        Self { source, text: Cow::Borrowed(text), offsets: Offsets::Shifted(0) }
    }

    /// A part of a source, for example a line; empty where the range is not on character boundaries of the text.
    #[must_use]
    pub fn part(source: SourceId, text: &'t str, range: Range<usize>) -> Self {
        Self {
            source,
            offsets: Offsets::Shifted(offset(range.start)),
            text: Cow::Borrowed(text.get(range).unwrap_or_default()),
        }
    }

    /// What a JSON string says, its escapes resolved. `literal` is the span of the string, quotes included, in `text`; the string is one
    /// that a parser has accepted.
    #[must_use]
    pub fn unescaped(text: &'t str, literal: Span) -> Self {
        let inside = literal.start as usize + 1..(literal.end as usize).saturating_sub(1);
        let written = text.get(inside.clone()).unwrap_or_default();
        if !written.contains('\\') {
            return Self::part(literal.source, text, inside);
        }
        Self::part(literal.source, text, inside).unescape()
    }

    /// What this text says when it is read as the inside of a JSON string; JSON that was put into a string twice needs it.
    #[must_use]
    pub fn unescape(&self) -> Excerpt<'static> {
        let written = self.text();
        let mut decoded = String::with_capacity(written.len());
        let mut places = Vec::with_capacity(written.len() + 1);
        let mut rest = written;
        while let Some((character, length)) = first_character(rest) {
            let place = self.place(written.len() - rest.len());
            decoded.push(character);
            places.resize(decoded.len(), place);
            rest = rest.get(length..).unwrap_or_default();
        }
        places.push(self.place(written.len()));
        Excerpt { source: self.source, text: Cow::Owned(decoded), offsets: Offsets::Mapped(places) }
    }

    /// A text that was put together from pieces, each with its own place in this source. A piece that reads otherwise than it was
    /// written stands, with all of its bytes, at the start of its place; so does one from another source at the start of `whole`.
    #[must_use]
    pub fn pieced<'p>(
        sources: &Sources,
        whole: Span,
        pieces: impl Iterator<Item = (&'p str, Span)>,
    ) -> Excerpt<'static> {
        let mut text = String::new();
        let mut places = Vec::new();
        for (piece, span) in pieces {
            let start = if span.source == whole.source { span.start } else { whole.start };
            let verbatim = span.source == whole.source && sources.slice(span) == piece;
            places.extend((0..offset(piece.len())).map(|at| if verbatim { start.saturating_add(at) } else { start }));
            text.push_str(piece);
        }
        places.push(whole.end);
        Excerpt { source: whole.source, text: Cow::Owned(text), offsets: Offsets::Mapped(places) }
    }

    /// The text itself.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a range of the text stands in the source; a range past the end is the end.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Span {
        Span { source: self.source, start: self.place(range.start), end: self.place(range.end) }
    }

    fn place(&self, at: usize) -> u32 {
        let at = at.min(self.text.len());
        match &self.offsets {
            Offsets::Shifted(start) => start.saturating_add(offset(at)),
            Offsets::Mapped(places) => places.get(at).copied().unwrap_or_default(),
        }
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The first character that the inside of a JSON string says, and the number of bytes that it is written with.
fn first_character(written: &str) -> Option<(char, usize)> {
    let first = written.chars().next()?;
    if first != '\\' {
        return Some((first, first.len_utf8()));
    }
    let escape = written.chars().nth(1)?;
    Some(match escape {
        'b' => ('\u{8}', 2),
        'f' => ('\u{c}', 2),
        'n' => ('\n', 2),
        'r' => ('\r', 2),
        't' => ('\t', 2),
        'u' => unicode_escape(written),
        _ => (escape, 1 + escape.len_utf8()),
    })
}

/// `\u00e9`, or two of them that are a surrogate pair.
fn unicode_escape(written: &str) -> (char, usize) {
    let unit = |range| written.get(range).and_then(|digits| u16::from_str_radix(digits, 16).ok());
    let units: Vec<u16> = [unit(2..6), unit(8..12)].into_iter().flatten().collect();
    let character = char::decode_utf16(units).next().and_then(Result::ok).unwrap_or(char::REPLACEMENT_CHARACTER);
    (character, if character.len_utf16() == 2 { 12 } else { 6 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn every_escape_keeps_its_place() {
        let written = r#"["a\"b\\c\/d\u00e9e\ud83d\ude00fяg\n"]"#;
        let mut sources = Sources::default();
        let source = sources.add("a.json", written);
        let literal = Span { source, start: 1, end: u32::try_from(written.len()).unwrap() - 1 };
        let excerpt = Excerpt::unescaped(written, literal);
        assert_eq!(excerpt.text(), "a\"b\\c/dée😀fяg\n");
        let at = |text: &str| {
            let start = excerpt.text().find(text).unwrap();
            sources.slice(excerpt.span(start..start + text.len()))
        };
        for plain in ["a", "b", "c", "d", "e", "f", "я", "g"] {
            assert_eq!(at(plain), plain);
        }
        assert_eq!(at("\""), r#"\""#);
        assert_eq!(at("\\c"), r"\\c");
        assert_eq!(at("/"), r"\/");
        assert_eq!(at("é"), r"\u00e9");
        assert_eq!(at("😀f"), r"\ud83d\ude00f");
        assert_eq!(at("\n"), r"\n");
        assert_eq!(excerpt.span(0..999).end, literal.end - 1);
    }
}
