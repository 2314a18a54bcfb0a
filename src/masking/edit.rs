//! Text with parts replaced, and where every place of the original went.

use std::ops::Range;

/// One part of a text and what stands in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Byte offsets in the original text.
    pub range: Range<usize>,
    /// The new text.
    pub with: &'static str,
}

/// A part of a text after its edits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edited {
    /// What can be shown.
    pub text: String,
    /// Where each edit stood in the original text, and where it stands in the new one.
    moves: Vec<(Range<usize>, Range<usize>)>,
    window: Range<usize>,
}

impl Edited {
    /// Applies `edits`, which are in order and do not overlap, to the part `window` of `text`.
    ///
    /// Edits outside the window are left out; offsets that are no character boundaries make the text end early, never too late.
    #[must_use]
    pub fn new(text: &str, window: Range<usize>, edits: impl IntoIterator<Item = Edit>) -> Self {
        let mut edited = Self { window: window.clone(), ..Self::default() };
        let mut kept = window.start;
        for edit in edits {
            if edit.range.start < kept || edit.range.end > window.end {
                continue;
            }
            edited.text += text.get(kept..edit.range.start).unwrap_or_default();
            let start = edited.text.len();
            edited.text += edit.with;
            kept = edit.range.end;
            edited.moves.push((edit.range, start..edited.text.len()));
        }
        edited.text += text.get(kept..window.end).unwrap_or_default();
        edited
    }

    /// Where a range of the original text stands in the new one; grown to whole edits, cut to the window.
    #[must_use]
    pub fn place(&self, range: Range<usize>) -> Range<usize> {
        let start = self.offset(range.start, |new| new.start);
        let end = self.offset(range.end.max(range.start), |new| new.end);
        start..end.max(start)
    }

    fn offset(&self, original: usize, side: fn(&Range<usize>) -> usize) -> usize {
        let original = original.clamp(self.window.start, self.window.end);
        let before = self.moves.partition_point(|(old, _)| old.end <= original);
        match self.moves.get(before) {
            Some((old, new)) if old.start < original => return side(new),
            _ => {}
        }
        let (old_end, new_end) = before
            .checked_sub(1)
            .and_then(|last| self.moves.get(last))
            .map_or((self.window.start, 0), |(old, new)| (old.end, new.end));
        (new_end + (original - old_end)).min(self.text.len())
    }
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a wrong offset should fail the test")]
mod tests {
    use super::*;

    #[test]
    fn places_follow_their_text_through_edits() {
        let text = "aa SECRET bb OTHER cc";
        let hide = |from: &str| {
            let start = text.find(from).unwrap();
            Edit { range: start..start + from.len(), with: "…" }
        };
        let edited = Edited::new(text, 3..text.len(), [hide("aa"), hide("SECRET"), hide("OTHER")]);
        assert_eq!(edited.text, "… bb … cc");
        for (original, expected) in
            [(10..12, "bb"), (19..21, "cc"), (3..9, "…"), (5..7, "…"), (5..12, "… bb"), (0..99, "… bb … cc")]
        {
            assert_eq!(&edited.text[edited.place(original.clone())], expected, "{original:?}");
        }
    }
}
