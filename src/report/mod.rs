//! Results to bytes, one file a format. A [`Report`] (or what another command prints) enters, bytes leave; only writing can fail.
//!
//! Renderers choose nothing and order nothing: they write what they are given. No text of an input reaches them unmasked.

pub mod baseline;
pub mod concise;
pub mod events;
pub mod explain;
pub mod github;
pub mod gitlab;
pub mod json;
pub mod jsonl;
pub mod junit;
mod listed;
pub mod loaded;
pub mod matrix;
pub mod mistake;
pub mod place;
mod prose;
pub mod routes;
pub mod sarif;
pub mod settings;
mod snippet;
pub mod starter;
mod table;
pub mod text;
pub mod uri;

use std::borrow::Cow;
use std::fmt::Write as _;

use colored::ColoredString;

#[cfg(doc)]
use crate::select::Report;

/// How text for people looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Whether it is coloured.
    pub paint: Paint,
    /// Columns of the terminal; long text is wrapped and long lines are cut to fit.
    pub width: usize,
    /// How much is said.
    pub detail: Detail,
    /// What is one line for programs.
    pub lines: Lines,
}

/// Messages and summaries: what `grep` finds in a file on one line is easier to read in several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// One line each.
    Whole,
    /// Broken between words, where a terminal would break them anywhere.
    Wrapped,
}

/// Whether text carries terminal styles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Bare text.
    Plain,
    /// ANSI escape sequences.
    Ansi,
}

/// How much text for people says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Findings and nothing else.
    Brief,
    /// Findings, examples, and a summary.
    Normal,
    /// Every example.
    Full,
}

impl Look {
    /// For files and pipes.
    pub const PLAIN: Self = Self { paint: Paint::Plain, width: 120, detail: Detail::Normal, lines: Lines::Whole };
}

impl Paint {
    /// The text with its style, or without.
    fn on(self, text: &ColoredString) -> String {
        match self {
            Self::Plain => text.input.clone(),
            Self::Ansi => {
                // The caller has decided, per stream; `colored` would ask standard output again.
                colored::control::set_override(true);
                text.to_string()
            }
        }
    }
}

/// The page of a rule; nothing while the package names no repository.
#[must_use]
pub fn rule_url(rule: &str) -> Option<String> {
    match env!("CARGO_PKG_REPOSITORY") {
        "" => None,
        repository => Some(format!("{repository}/blob/main/docs/rules.md#{rule}")),
    }
}

/// Text from an input that can't move the cursor, recolour the terminal, or read backwards.
fn harmless(text: &str) -> Cow<'_, str> {
    let is_harmful = |symbol: char| {
        symbol != '\n' && symbol.is_control()
            || matches!(symbol, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e000}'..='\u{f8ff}')
    };
    if !text.contains(is_harmful) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len());
    for symbol in text.chars() {
        if is_harmful(symbol) {
            // Writing to a string does not fail.
            let _ = write!(safe, "\\u{{{:x}}}", u32::from(symbol));
        } else {
            safe.push(symbol);
        }
    }
    Cow::Owned(safe)
}

/// The name of a file on one line.
fn file_name(name: &str) -> String {
    harmless(name).replace('\n', "\\u{a}")
}

/// Breaks lines at blanks so that they fit; words that are wider than `width`, and what stands in backticks, stay whole. Lines keep their indentation;
/// what is left of an item of a list is indented further.
fn wrap(text: &str, width: usize) -> String {
    let mut wrapped = String::with_capacity(text.len());
    for line in text.lines() {
        let words = line.trim_start();
        let indent: String = line.chars().take_while(|symbol| symbol.is_whitespace()).collect();
        let mut margin = indent.clone();
        let mut used = 0;
        for word in unbreakable(words) {
            let length = word.chars().count();
            if used > 0 && used + 1 + length > width {
                wrapped.push('\n');
                margin.truncate(indent.len());
                margin.push_str(if indent.is_empty() { "" } else { "  " });
                used = 0;
            }
            let before = if used == 0 { margin.as_str() } else { " " };
            wrapped.extend([before, word]);
            used += before.len() + length;
        }
        wrapped.push('\n');
    }
    wrapped.truncate(wrapped.trim_end().len());
    wrapped
}

/// The words of a line; blanks between backticks part no words.
fn unbreakable(line: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    let words = line.split(move |symbol: char| {
        quoted ^= symbol == '`';
        symbol.is_whitespace() && !quoted
    });
    words.filter(|word| !word.is_empty())
}

/// Puts pieces beside each other as long as they fit, and goes on in an indented line. A piece is measured by what it says, not by its styles.
fn fill(pieces: &[(String, String)], look: &Look) -> String {
    let (mut filled, mut used) = (String::new(), 0);
    for (plain, painted) in pieces {
        let length = table::width(plain);
        let fits = look.lines == Lines::Whole || used + 1 + length <= look.width;
        match (used, fits) {
            (0, _) => {}
            (_, true) => {
                filled.push(' ');
                used += 1;
            }
            (_, false) => {
                filled.extend(["\n", INDENT]);
                used = INDENT.len();
            }
        }
        used += length;
        filled.push_str(painted);
    }
    filled
}

/// Before what is left of a line.
const INDENT: &str = "    ";

/// The words of a text as pieces for [`fill`].
fn words(text: &str) -> Vec<(String, String)> {
    unbreakable(text).map(|word| (word.to_owned(), word.to_owned())).collect()
}

/// `1 route`, `2 routes`.
#[must_use]
pub fn count(number: usize, noun: &str) -> String {
    let plural = match noun {
        _ if number == 1 => noun.to_owned(),
        "policy" => "policies".to_owned(),
        _ => format!("{noun}s"),
    };
    format!("{number} {plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_inputs_cannot_steer_the_terminal() {
        assert_eq!(harmless("`GET /a`\n…"), "`GET /a`\n…");
        assert_eq!(harmless("a\u{1b}[31mb\rc\u{202e}d"), "a\\u{1b}[31mb\\u{d}c\\u{202e}d");
    }

    #[test]
    fn pieces_fill_lines_whatever_their_styles() {
        let pieces = ["one,", "two,", "three", "four"].map(|word| (word.to_owned(), format!("<{word}>")));
        let narrow = Look { width: 10, lines: Lines::Wrapped, ..Look::PLAIN };
        assert_eq!(fill(&pieces, &narrow), "<one,> <two,>\n    <three>\n    <four>");
        assert_eq!(fill(&pieces, &Look { lines: Lines::Whole, ..narrow }), "<one,> <two,> <three> <four>");
    }

    #[test]
    fn lines_wrap_at_blanks_and_long_words_stay_whole() {
        assert_eq!(wrap("one two three\n  four five", 9), "one two\nthree\n  four\n    five");
        assert_eq!(wrap("arn:aws:execute-api:x y", 5), "arn:aws:execute-api:x\ny");
        assert_eq!(wrap("grants `GET /orders`, `GET /a`", 20), "grants\n`GET /orders`,\n`GET /a`");
        assert_eq!(wrap("", 5), "");
    }
}
