//! Comments: a text enters, and for a format that has them, each comment leaves with its place.
//!
//! The parsers drop comments, or have to be asked for them at a price that every reader of a definition would pay. They are wanted seldom, so they
//! are looked for in the text; what a value holds is no comment.

use std::ops::Range;

use crate::source::SourceId;
use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::Node;

/// The comments of a format in which `#` starts one wherever it stands.
#[must_use]
pub fn of_lines(source: SourceId, text: &str) -> Vec<Spanned<String>> {
    hashes(text).filter_map(|at| comment(source, text, at)).collect()
}

/// The comments of YAML, given its documents: a `#` behind white space that stands in no scalar.
#[must_use]
pub fn of_yaml(source: SourceId, text: &str, documents: &[&Node]) -> Vec<Spanned<String>> {
    let is_apart = |at: &usize| text.get(..*at).is_some_and(|before| !before.ends_with(|it: char| !it.is_whitespace()));
    let in_scalar = |at: usize| {
        let place = Span { source, start: offset(at), end: offset(at + 1) };
        documents.iter().any(|document| is_in_scalar(document, place))
    };
    hashes(text).filter(is_apart).filter(|&at| !in_scalar(at)).filter_map(|at| comment(source, text, at)).collect()
}

/// The comments of HCL that end with their line: `#` and `//` outside of quotes and heredocs.
#[must_use]
pub fn of_hcl(source: SourceId, text: &str) -> Vec<Spanned<String>> {
    let mut found = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        at += match open.last() {
            Some(Open::Quote) => in_quotes(rest, &mut open),
            _ if rest.starts_with('#') || rest.starts_with("//") => {
                found.extend(comment(source, text, at));
                line_length(rest)
            }
            _ if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            _ => in_code(rest, &mut open),
        };
    }
    found
}

/// What the text at hand is inside of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Quote,
    Brace,
}

/// Steps over one symbol between quotes, or over what opens code among them.
fn in_quotes(rest: &str, open: &mut Vec<Open>) -> usize {
    match rest.as_bytes() {
        [b'\\', _, ..] => 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
        // `$${` stands for the two signs behind the first.
        [b'$', b'$', b'{', ..] | [b'%', b'%', b'{', ..] => 3,
        [b'$' | b'%', b'{', ..] => {
            open.push(Open::Brace);
            2
        }
        [b'"', ..] => {
            open.pop();
            1
        }
        _ => rest.chars().next().map_or(1, char::len_utf8),
    }
}

/// Steps over one symbol of code, or over a heredoc.
fn in_code(rest: &str, open: &mut Vec<Open>) -> usize {
    match rest.as_bytes() {
        [b'"', ..] => open.push(Open::Quote),
        [b'{', ..] => open.push(Open::Brace),
        [b'}', ..] => drop(open.pop()),
        [b'<', b'<', ..] => return heredoc(rest),
        _ => {}
    }
    rest.chars().next().map_or(1, char::len_utf8)
}

/// The length of a heredoc from its `<<` to its last line.
fn heredoc(rest: &str) -> usize {
    let first = line_length(rest);
    let name = rest.get(2..first).unwrap_or_default().trim_start_matches('-').trim();
    if name.is_empty() {
        return 2;
    }
    let mut length = first;
    for line in rest.get(first..).unwrap_or_default().split_inclusive('\n') {
        length += line.len();
        if line.trim() == name {
            break;
        }
    }
    length
}

fn line_length(rest: &str) -> usize {
    rest.find('\n').map_or(rest.len(), |end| end + 1)
}

fn hashes(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut start = 0;
    text.split_inclusive('\n').flat_map(move |line| {
        let from = start;
        start += line.len();
        // Further ones are part of the comment, if the first is none.
        line.match_indices('#').map(move |(at, _)| from + at)
    })
}

fn is_in_scalar(node: &Node, place: Span) -> bool {
    if !node.span.contains(place) {
        return false;
    }
    let is_leaf = node.items().is_empty() && node.members().is_empty();
    let in_key = || node.members().iter().any(|member| member.key.span.contains(place));
    let in_value = || node.members().iter().any(|member| is_in_scalar(&member.value, place));
    is_leaf || in_key() || in_value() || node.items().iter().any(|item| is_in_scalar(item, place))
}

fn comment(source: SourceId, text: &str, at: usize) -> Option<Spanned<String>> {
    let line: &str = text.get(at..)?.lines().next()?;
    let Range { start, end } = at..at + line.trim_end().len();
    let span = Span { source, start: offset(start), end: offset(end) };
    Some(Spanned::new(line.trim_start_matches(['#', '/']).trim().to_owned(), span))
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;
    use crate::syntax::yaml;

    fn said(comments: &[Spanned<String>]) -> Vec<&str> {
        comments.iter().map(|comment| comment.value.as_str()).collect()
    }

    #[test]
    fn yaml_has_comments_where_no_scalar_is() {
        let text =
            "# one\na: b#c # two é\nd: 'x # no' # three\ne: |\n  # no\nf:\n  - g # four # more\n\"h # no\": 1 #five\n";
        let source = Sources::default().add("a.yaml", text);
        let documents = yaml::parse(source, text).unwrap();
        let documents: Vec<&Node> = documents.iter().collect();
        let comments = of_yaml(source, text, &documents);
        assert_eq!(said(&comments), ["one", "two é", "three", "four # more", "more", "five"]);
        assert_eq!(text.get(comments[1].span.start as usize..comments[1].span.end as usize), Some("# two é"));
    }

    #[test]
    fn hcl_has_comments_outside_of_quotes_and_heredocs() {
        let text = "# one\na = \"x # no ${b[\"# no\"]} // no \\\" # no\" // two\n/* # no\n# no */ c = <<-EOT\n  # no ${d}\n  EOT\n\
                    e = { f = 1 # three\n}\ng = \"$${\" # four\n";
        let source = Sources::default().add("a.tf", text);
        assert_eq!(said(&of_hcl(source, text)), ["one", "two", "three", "four"]);
    }

    #[test]
    fn lists_have_comments_behind_every_hash() {
        let source = Sources::default().add("routes.txt", "");
        assert_eq!(said(&of_lines(source, "GET /a # one\n#two\n")), ["one", "two"]);
    }
}
