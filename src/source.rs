//! Files as text, and places in them.
//!
//! Everything that the linter says points at a [`Span`] of a [`Source`]. Spans are made by the parsers in `syntax`, travel through every step
//! unchanged, and become lines and columns only when a report is written.

use line_index::{LineIndex, TextSize};

/// Names one [`Source`] of a [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(u32);

/// A half-open range of byte offsets in one source file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    /// Byte offset of the first byte.
    pub start: u32,
    /// Byte offset just past the last byte.
    pub end: u32,
}

impl Span {
    /// Whether `other` lies wholly inside this span of the same file.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.source == other.source && self.start <= other.start && other.end <= self.end
    }
}

/// A value and where the user wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Ties a value to its place.
    pub const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// One input file, or standard input.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name under which reports show the file: its path as the user would write it, or `<stdin>`.
    pub name: String,
    /// Its path from the root of the project, with forward slashes: the same from wherever the linter is run. Its name, where nobody said otherwise.
    pub key: String,
    /// The whole text, without a byte order mark.
    pub text: String,
    /// Whether the file began with a byte order mark, which [`Sources::add`] left out.
    pub byte_order_mark: bool,
    lines: LineIndex,
}

/// A place as people count it: one-based line, one-based column in Unicode characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// One-based line.
    pub line: u32,
    /// One-based column, counted in Unicode characters.
    pub column: u32,
}

impl Source {
    /// The text of a span of this source; empty where the span is not on character boundaries of this text.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// Line and column of a byte offset; an offset past the end is the end of the text.
    #[must_use]
    pub fn position(&self, offset: u32) -> LineColumn {
        let mut offset = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let size = TextSize::new(u32::try_from(offset).unwrap_or(u32::MAX));
        let found = self.lines.line_col(size);
        let line_start = offset - found.col as usize;
        let characters = self.text.get(line_start..offset).unwrap_or_default().chars().count();
        LineColumn { line: found.line + 1, column: u32::try_from(characters).unwrap_or(u32::MAX) + 1 }
    }
}

/// All files of one run.
#[derive(Clone, Debug, Default)]
pub struct Sources(Vec<Source>);

impl Sources {
    /// Takes a file in and names it. A byte order mark at its start is left out and remembered.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        let mut text = text.into();
        let byte_order_mark = text.starts_with('\u{feff}');
        if byte_order_mark {
            text.drain(..'\u{feff}'.len_utf8());
        }
        let id = SourceId(u32::try_from(self.0.len()).unwrap_or(u32::MAX));
        let name = name.into();
        self.0.push(Source { key: name.clone(), name, lines: LineIndex::new(&text), text, byte_order_mark });
        id
    }

    /// The file of an id that this collection gave out.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "ids are only made by `add`")]
    pub fn get(&self, id: SourceId) -> &Source {
        &self.0[id.0 as usize]
    }

    /// Says where files are from the root of the project, given the name under which reports show them.
    pub fn locate(&mut self, key: impl Fn(&str) -> String) {
        for source in &mut self.0 {
            source.key = key(&source.name);
        }
    }

    /// Every file with its id, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        (0..).map(SourceId).zip(&self.0)
    }

    /// The text of a span.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.source).slice(span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_end_at_line_feeds() {
        let mut sources = Sources::default();
        let id = sources.add("a.json", "{\r\n  \"ключ\": 1\r\n}");
        let source = sources.get(id);
        let at = u32::try_from(source.text.find('1').unwrap()).unwrap();
        assert_eq!(source.position(at), LineColumn { line: 2, column: 11 });
        assert_eq!(source.position(999), LineColumn { line: 3, column: 2 });
    }
}
