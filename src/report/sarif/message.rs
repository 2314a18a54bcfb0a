//! The text of a result. GitHub shows its first sentence where room is scarce, and of the other places only those that it links to.

use super::shape::Text;
use crate::finding::Evidence;
use crate::finding::Finding;
use crate::finding::Label;
use crate::report::count;
use crate::report::harmless;
use crate::report::prose::FEW;
use crate::report::snippet::MOST_RELATED;

/// GitHub shows no more other places than this.
pub(super) const MOST_LISTED: usize = 100;

pub(super) fn message(finding: &Finding) -> Text {
    let mut text = format!("{}.", plain(&finding.message));
    if let Some(evidence) = &finding.evidence {
        text.extend(["\n", &refused(evidence)]);
    }
    if !finding.help.is_empty() {
        text.extend(["\nWhat to do: ", &plain(&finding.help), "."]);
    }
    if !finding.related.is_empty() {
        text.extend(["\n", &links(&finding.related)]);
    }
    Text { text }
}

/// What is said about a place. There has to be something, or nobody can follow it.
pub(super) fn label(label: &Label) -> Text {
    let text = if label.text.is_empty() { "this place matters as well" } else { &label.text };
    Text { text: plain(text) }
}

fn refused(evidence: &Evidence) -> String {
    let shown: Vec<String> =
        evidence.refused.iter().take(FEW).map(|refused| format!("`{}`", refused.request)).collect();
    let more = match evidence.refused.len().saturating_sub(FEW) {
        0 => String::new(),
        more => format!(", and {} more", count(more, "route")),
    };
    plain(&format!("Refused while the response is cached: {}{more}.", shown.join(", ")))
}

fn links(related: &[Label]) -> String {
    let shown = related.iter().zip(1..).take(MOST_RELATED);
    let links: Vec<String> =
        shown.map(|(label, id)| format!("[{}]({id})", in_link(&self::label(label).text))).collect();
    let more = match related.len().saturating_sub(MOST_RELATED) {
        0 => String::new(),
        more => format!("; and {}", count(more, "more place")),
    };
    format!("See {}{more}.", links.join("; "))
}

/// Text in which nothing becomes a link that was none: `[a](b)` in a path must stay what it is.
fn plain(text: &str) -> String {
    let text = harmless(text);
    if text.contains("](") { text.replace('[', "\\[").replace(']', "\\]") } else { text.into_owned() }
}

/// Section 3.11.6 of the standard: brackets and backslashes of a link's text are escaped.
fn in_link(text: &str) -> String {
    let text = text.replace("\\[", "[").replace("\\]", "]");
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_inputs_makes_no_links() {
        assert_eq!(plain("`/a[0]`\u{1b}"), "`/a[0]`\\u{1b}");
        assert_eq!(plain("`/[a](http://b)`"), "`/\\[a\\](http://b)`");
        assert_eq!(in_link("`/[a]`"), "`/\\[a\\]`");
    }
}
