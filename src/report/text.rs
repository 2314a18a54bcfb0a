//! The report for people: each finding with its line underlined, the requests that show it, and what to do; a summary at the end.

use std::borrow::Cow;
use std::io;
use std::io::Write;

use annotate_snippets::Annotation;
use annotate_snippets::AnnotationKind;
use annotate_snippets::Group;
use annotate_snippets::Level;
use annotate_snippets::Origin;
use annotate_snippets::Renderer;
use annotate_snippets::Snippet as Drawn;
use colored::ColoredString;
use colored::Colorize as _;

use super::Detail;
use super::Lines;
use super::Look;
use super::Paint;
use super::count;
use super::file_name;
use super::fill;
use super::harmless;
use super::place::Place;
use super::prose::FEW;
use super::prose::caching;
use super::prose::refusals;
use super::snippet::MOST_RELATED;
use super::snippet::Mark;
use super::snippet::Rank;
use super::snippet::Snippet;
use super::snippet::snippets;
use super::words;
use super::wrap;
use crate::finding::Finding;
use crate::finding::Severity;
use crate::select::Conclusion;
use crate::select::Report;

/// Writes the report.
///
/// # Errors
/// What `out` reports.
pub fn write(report: &Report<'_>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let renderer = match look.paint {
        Paint::Plain => Renderer::plain(),
        Paint::Ansi => Renderer::styled(),
    };
    let renderer = renderer.term_width(look.width);
    for entry in &report.entries {
        let shown = draw(report, &entry.finding, look, &renderer);
        writeln!(out, "{shown}\n")?;
    }
    match look.detail {
        Detail::Brief => Ok(()),
        Detail::Normal | Detail::Full => summary(report, look, out),
    }
}

/// Columns that the line numbers and the `= help: ` in front of a text take.
const GUTTER: usize = 14;

fn draw(report: &Report<'_>, finding: &Finding, look: &Look, renderer: &Renderer) -> String {
    let snippets = snippets(report, finding, look.width.saturating_sub(GUTTER));
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = Group::with_title(level.primary_title(title(finding, look)).id(finding.rule));
    for (index, snippet) in snippets.iter().enumerate() {
        group = with_snippet(group, snippet, index);
    }
    let wide = look.width.saturating_sub(GUTTER);
    for note in notes(finding, look.detail) {
        group = group.element(Level::NOTE.message(wrap(&harmless(&note), wide)));
    }
    // Each line is a way out of its own.
    for way in finding.help.lines() {
        group = group.element(Level::HELP.message(wrap(&harmless(way), wide)));
    }
    let mut drawn = renderer.render(&[group]);
    for (index, snippet) in snippets.iter().enumerate() {
        drawn = with_real_place(&drawn, index, &snippet.place);
    }
    drawn
}

/// Where the message is broken, it goes on below its own beginning, as long as there is room for it.
fn title<'f>(finding: &'f Finding, look: &Look) -> Cow<'f, str> {
    let message = harmless(&finding.message);
    let before = finding.severity.name().len() + finding.rule.len() + "[]: ".len();
    match look.width.checked_sub(before) {
        Some(room) if look.lines == Lines::Wrapped && room >= NARROWEST_MESSAGE => Cow::Owned(wrap(&message, room)),
        _ => message,
    }
}

const NARROWEST_MESSAGE: usize = 24;

/// Stands for the name of a file until the real line and column are put beside it; `harmless` keeps it out of other text.
fn stand_in(index: usize) -> String {
    format!("\u{e000}{index}")
}

fn with_snippet<'a>(group: Group<'a>, snippet: &'a Snippet<'a>, index: usize) -> Group<'a> {
    if snippet.marks.is_empty() {
        return group.element(Origin::path(stand_in(index)).line(1).char_column(1));
    }
    let drawn = Drawn::source(snippet.text.as_str())
        .path(stand_in(index))
        .line_start(snippet.first_line as usize)
        .annotations(snippet.marks.iter().map(|mark| annotation(mark, snippet.text.len())));
    group.element(drawn)
}

fn annotation<'a>(mark: &Mark<'a>, length: usize) -> Annotation<'a> {
    let kind = match mark.rank {
        Rank::Primary => AnnotationKind::Primary,
        Rank::Related => AnnotationKind::Context,
    };
    let range = mark.range.start.min(length)..mark.range.end.min(length);
    let label = harmless(&mark.label.text);
    kind.span(range).label((!label.is_empty()).then_some(label))
}

/// The renderer counts columns in the masked text; people look for them in the file.
fn with_real_place(drawn: &str, index: usize, place: &Place<'_>) -> String {
    let Some((before, after)) = drawn.split_once(&format!("{}:", stand_in(index))) else {
        return drawn.to_owned();
    };
    let rest = after.trim_start_matches(|symbol: char| symbol.is_ascii_digit() || symbol == ':');
    let Place { file, line, column, .. } = place;
    format!("{before}{}:{line}:{column}{rest}", file_name(file))
}

fn notes(finding: &Finding, detail: Detail) -> Vec<String> {
    let mut notes = Vec::new();
    let hidden = finding.related.len().saturating_sub(MOST_RELATED);
    if hidden > 0 {
        notes.push(format!("and {} that matter as well", count(hidden, "more place")));
    }
    if let Some(evidence) = &finding.evidence {
        notes.push(refusals(evidence, if detail == Detail::Full { usize::MAX } else { FEW }));
        notes.push(caching(evidence));
    }
    notes
}

fn summary(report: &Report<'_>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let summary = &report.summary;
    let looked_at = [
        count(summary.policies, "policy") + ",",
        count(summary.routes, "route") + ",",
        count(summary.shared_scopes, "shared cache scope") + ":",
    ];
    let mut pieces: Vec<(String, String)> = looked_at.map(|text| (text.clone(), text)).into();
    let mut rest = Vec::new();
    for (number, what) in [
        (summary.skipped_files, "skipped file"),
        (summary.thrown, "thrown error"),
        (summary.undecided, "undecided route"),
        (summary.ignored, "ignored finding"),
        (summary.baselined, "known finding"),
    ] {
        if number > 0 {
            rest.push(count(number, what));
        }
    }
    let mut found = found(report);
    let last = found.pop().unwrap_or_default();
    pieces.extend(found.into_iter().map(|text| ended(&text, ",", look)));
    pieces.push(ended(&last, if rest.is_empty() { "" } else { ";" }, look));
    let several = rest.len();
    pieces.extend(rest.into_iter().enumerate().map(|(at, text)| {
        let text = text + if at + 1 < several { ";" } else { "" };
        (text.clone(), text)
    }));
    writeln!(out, "{}", fill(&pieces, look))?;
    remarks(report, look, out)
}

/// How much was found, in the colour of the worst.
fn found(report: &Report<'_>) -> Vec<ColoredString> {
    let summary = &report.summary;
    let counts = [(summary.errors, "error"), (summary.warnings, "warning"), (summary.notes, "note")];
    let texts = match counts.iter().map(|(number, _)| number).sum::<usize>() {
        0 => vec!["no findings".to_owned()],
        _ => counts.iter().map(|(number, noun)| count(*number, noun)).collect(),
    };
    let coloured = |text: String| match (&report.conclusion, summary.errors, summary.warnings) {
        (_, 1.., _) => text.red().bold(),
        (_, _, 1..) => text.yellow().bold(),
        (Conclusion::Clean, ..) => text.green().bold(),
        _ => text.bold(),
    };
    texts.into_iter().map(coloured).collect()
}

fn ended(text: &ColoredString, end: &str, look: &Look) -> (String, String) {
    (format!("{}{end}", text.input), format!("{}{end}", look.paint.on(text)))
}

fn remarks(report: &Report<'_>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    if let Conclusion::NotDone(shortfalls) = &report.conclusion {
        for shortfall in shortfalls {
            let mut pieces = vec![ended(&"not done:".red().bold(), "", look)];
            pieces.extend(words(shortfall.reason()));
            writeln!(out, "{}", fill(&pieces, look))?;
        }
    }
    let summary = &report.summary;
    if summary.routes > 0 && summary.shared_scopes == 0 {
        let nothing = "no two requests share a cached response: there is no coverage to judge";
        writeln!(out, "{}", fill(&words(nothing), look))?;
    }
    Ok(())
}
