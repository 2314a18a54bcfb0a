//! The lines of a finding as they may be shown: masked, with long lines cut to a window around what is underlined.

use std::ops::Range;

use super::place::Place;
use crate::finding::Finding;
use crate::finding::Label;
use crate::masking::Edit;
use crate::masking::Edited;
use crate::select::Report;
use crate::source::Span;

/// Some lines of one source with what is underlined in them.
pub(super) struct Snippet<'r> {
    /// Where the first of its labels really is: masking moves columns.
    pub(super) place: Place<'r>,
    /// The text; empty where nothing of the source may be quoted.
    pub(super) text: String,
    /// The one-based number of its first line.
    pub(super) first_line: u32,
    /// Byte ranges of the text, each with its label.
    pub(super) marks: Vec<Mark<'r>>,
}

/// One underlined range.
pub(super) struct Mark<'r> {
    pub(super) range: Range<usize>,
    pub(super) label: &'r Label,
    pub(super) rank: Rank,
}

/// Whether a place is the one that the finding is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rank {
    Primary,
    Related,
}

/// The snippets of a finding, its own place first. Places on neighbouring lines of one file share a snippet.
pub(super) fn snippets<'r>(report: &'r Report<'_>, finding: &'r Finding, width: usize) -> Vec<Snippet<'r>> {
    let mut groups = vec![Group { first: (&finding.primary, Rank::Primary), rest: Vec::new() }];
    for label in finding.related.iter().take(MOST_RELATED) {
        let labelled = (label, Rank::Related);
        match groups.iter_mut().find(|group| group.is_near(report, label.span)) {
            Some(group) => group.rest.push(labelled),
            None => groups.push(Group { first: labelled, rest: Vec::new() }),
        }
    }
    groups.iter().map(|group| snippet(report, group, width)).collect()
}

/// The labels of one snippet.
struct Group<'r> {
    first: (&'r Label, Rank),
    rest: Vec<(&'r Label, Rank)>,
}

/// More places than this are counted, not shown.
pub(super) const MOST_RELATED: usize = 6;

/// Places so near to each other that the lines between them may be shown as well.
const NEAR_LINES: u32 = 30;

/// A place of more lines than this is shown by its first line.
const MOST_LINES: u32 = 5;

impl<'r> Group<'r> {
    fn labels(&self) -> impl Iterator<Item = (&'r Label, Rank)> + '_ {
        std::iter::once(self.first).chain(self.rest.iter().copied())
    }

    fn is_near(&self, report: &Report<'_>, span: Span) -> bool {
        let line = Place::new(report.sources, span).line;
        self.labels().all(|(label, _)| {
            let other = Place::new(report.sources, label.span).line;
            label.span.source == span.source && other.abs_diff(line) <= NEAR_LINES
        })
    }
}

fn snippet<'r>(report: &'r Report<'_>, group: &Group<'r>, width: usize) -> Snippet<'r> {
    let spans: Vec<Span> = group.labels().map(|(label, _)| first_lines(report, label.span)).collect();
    let first = group.first.0.span;
    let window = whole_lines(report, spans.iter().copied().fold(first_lines(report, first), join));
    let mut snippet = Snippet {
        place: Place::new(report.sources, first),
        text: String::new(),
        first_line: report.sources.get(window.source).position(window.start).line,
        marks: Vec::new(),
    };
    if !report.masking.quotes(window.source) {
        return snippet;
    }
    let masked = report.masking.mask(window);
    let in_masked = |span: &Span| masked.place(span.start as usize..span.end as usize);
    let places: Vec<Range<usize>> = spans.iter().map(in_masked).collect();
    let cut = Edited::new(&masked.text, 0..masked.text.len(), cuts(&masked.text, &places, width));
    for ((label, rank), place) in group.labels().zip(places) {
        snippet.marks.push(Mark { range: cut.place(place), label, rank });
    }
    snippet.text = cut.text;
    snippet
}

/// A span, or its first line where it is long.
fn first_lines(report: &Report<'_>, span: Span) -> Span {
    let place = Place::new(report.sources, span);
    if place.end_line - place.line < MOST_LINES {
        return span;
    }
    let line = report.sources.slice(span).lines().next().unwrap_or_default();
    Span { end: span.start + offset(line.len()), ..span }
}

fn join(a: Span, b: Span) -> Span {
    Span { source: a.source, start: a.start.min(b.start), end: a.end.max(b.end) }
}

fn whole_lines(report: &Report<'_>, span: Span) -> Span {
    let text = &report.sources.get(span.source).text;
    let start = (span.start as usize).min(text.len());
    let end = (span.end as usize).min(text.len());
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    Span {
        source: span.source,
        start: offset(before.rfind('\n').map_or(0, |at| at + 1)),
        end: offset(end + after.find('\n').unwrap_or(after.len())),
    }
}

fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

/// What is left out of lines that are wider than the terminal: all that is far from a mark, and the middle of a wide mark. What ends a line is no
/// text of it.
fn cuts(text: &str, marks: &[Range<usize>], width: usize) -> Vec<Edit> {
    let mut cuts = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end_matches(['\n', '\r']).len();
        if text.get(start..end).is_some_and(|line| line.chars().count() > width) {
            cut_line(text, start..end, marks, width, &mut cuts);
        }
        let carriage_returns = end..start + line.trim_end_matches('\n').len();
        if !carriage_returns.is_empty() {
            cuts.push(Edit { range: carriage_returns, with: "" });
        }
        start += line.len();
    }
    cuts
}

/// Columns that the marks of what was cut take.
const ELLIPSES: usize = 4;

/// Columns beside a mark that are shown however many marks there are.
const LEAST_AROUND: usize = 8;

fn cut_line(text: &str, line: Range<usize>, marks: &[Range<usize>], width: usize, cuts: &mut Vec<Edit>) {
    let in_line: Vec<Range<usize>> = marks
        .iter()
        .filter(|mark| mark.start <= line.end && mark.end >= line.start)
        .map(|mark| mark.start.max(line.start)..mark.end.min(line.end))
        .collect();
    let widest = width * 3 / 4;
    let taken: usize = in_line.iter().map(|mark| mark.len().min(widest)).sum();
    let around = (width.saturating_sub(taken) / (2 * in_line.len().max(1))).saturating_sub(ELLIPSES).max(LEAST_AROUND);
    let mut kept: Vec<Range<usize>> = Vec::new();
    for mark in in_line {
        let (start, end) = (mark.start.saturating_sub(around), mark.end + around);
        if mark.len() > widest {
            kept.push(start..mark.start + widest / 2);
            kept.push(mark.end.saturating_sub(widest / 4)..end);
        } else {
            kept.push(start..end);
        }
    }
    kept.sort_by_key(|range| range.start);
    let mut at = line.start;
    for range in kept {
        cut(text, at..range.start.min(line.end), cuts);
        at = at.max(range.end);
    }
    cut(text, at..line.end, cuts);
}

fn cut(text: &str, range: Range<usize>, cuts: &mut Vec<Edit>) {
    let boundary = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at += 1;
        }
        at
    };
    if range.start + '…'.len_utf8() < range.end {
        cuts.push(Edit { range: boundary(range.start)..boundary(range.end), with: "…" });
    }
}
