//! What of an input may stand in a report. A piece of a source enters, the same piece leaves with everything private replaced by `…`.
//!
//! Reports are pasted into tickets, and saved responses hold tokens, principals and whatever a function puts into its context. So the text is
//! masked before any renderer sees it: from an authorizer response only the policy document, keys, and the event's method, path and ARN are
//! left. What belongs to no parsed document of the project is hidden too, comments included. Definitions of APIs are not private.

mod edit;
mod shape;

use std::collections::BTreeMap;
use std::ops::Range;

pub use self::edit::Edit;
pub use self::edit::Edited;
use self::shape::Show;
use crate::model::project::Api;
use crate::model::project::Project;
use crate::source::SourceId;
use crate::source::Sources;
use crate::source::Span;
use crate::syntax::Node;

/// What may be shown of each source of a project.
#[derive(Debug)]
pub struct Masking<'p> {
    sources: &'p Sources,
    policies: BTreeMap<SourceId, Privacy<'p>>,
}

/// What may be shown of one source.
#[derive(Debug)]
enum Privacy<'p> {
    /// All of it: the definition of an API, or what speaks to the linter.
    Definition,
    /// What its parsed documents allow; in the order of the text, none inside another.
    Documents(Vec<&'p Node>),
}

impl<'p> Masking<'p> {
    /// Sorts the sources of a project into definitions and everything else.
    #[must_use]
    pub fn new(project: &'p Project, sources: &'p Sources) -> Self {
        let mut policies: BTreeMap<SourceId, Privacy<'p>> = BTreeMap::new();
        for source in project.apis.iter().flat_map(declared_in).chain(project.directions.iter().copied()) {
            policies.insert(source, Privacy::Definition);
        }
        for response in &project.responses {
            policies.insert(response.span.source, Privacy::Documents(Vec::new()));
        }
        for document in &project.documents {
            let privacy = policies.entry(document.source).or_insert_with(|| Privacy::Documents(Vec::new()));
            if let Privacy::Documents(roots) = privacy {
                roots.push(&document.root);
            }
        }
        for privacy in policies.values_mut() {
            if let Privacy::Documents(roots) = privacy {
                roots.sort_by_key(|root| (root.span.start, std::cmp::Reverse(root.span.end)));
                roots.dedup_by(|inner, outer| outer.span.contains(inner.span));
            }
        }
        Self { sources, policies }
    }

    /// Whether there is anything to quote: text of a source that was never understood is not.
    #[must_use]
    pub fn quotes(&self, source: SourceId) -> bool {
        match self.policies.get(&source) {
            Some(Privacy::Definition) => true,
            Some(Privacy::Documents(roots)) => !roots.is_empty(),
            None => false,
        }
    }

    /// The text of `window` as it may be shown.
    #[must_use]
    pub fn mask(&self, window: Span) -> Edited {
        let source = self.sources.get(window.source);
        let range = window.start as usize..window.end as usize;
        let edits = match self.policies.get(&window.source) {
            Some(Privacy::Definition) => Vec::new(),
            Some(Privacy::Documents(roots)) => edits(&source.text, range.clone(), &pieces(roots, window)),
            None => edits(&source.text, range.clone(), &[]),
        };
        Edited::new(&source.text, range, edits)
    }
}

fn declared_in(api: &Api) -> impl Iterator<Item = SourceId> + '_ {
    let routes = api.routes.iter().map(|route| route.key.span.source);
    let authorizers = api.authorizers.iter().map(|authorizer| authorizer.name.span.source);
    routes.chain(authorizers)
}

fn pieces(roots: &[&Node], window: Span) -> Vec<(Span, Show)> {
    let first = roots.partition_point(|root| root.span.end <= window.start);
    let touching = roots.iter().skip(first).take_while(|root| root.span.start < window.end);
    touching.flat_map(|root| shape::pieces(root, window)).collect()
}

/// What has to be replaced inside `window` if only `pieces` and the structure between them may be shown.
fn edits(text: &str, window: Range<usize>, pieces: &[(Span, Show)]) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut at = window.start;
    for (span, show) in pieces {
        let start = (span.start as usize).clamp(at, window.end);
        let end = (span.end as usize).clamp(start, window.end);
        hide_words(text, at..start, &mut edits);
        if *show == Show::Dots {
            hide_scalar(text, start..end, &mut edits);
        }
        at = end;
    }
    hide_words(text, at..window.end, &mut edits);
    edits
}

/// Between keys and scalars only brackets, commas and white space say nothing.
fn hide_words(text: &str, range: Range<usize>, edits: &mut Vec<Edit>) {
    let is_structure = |symbol: char| symbol.is_whitespace() || "{}[],:".contains(symbol);
    hide_runs(text, range, is_structure, edits);
}

/// The quotes of a string stay, so that it is still seen to be one; so do line ends, so that lines keep their numbers.
fn hide_scalar(text: &str, range: Range<usize>, edits: &mut Vec<Edit>) {
    let is_quote = |at: usize| text.get(at..=at) == Some("\"");
    let quoted = range.len() >= 2 && is_quote(range.start) && is_quote(range.end - 1);
    match range {
        Range { start, end } if quoted && start + 2 == end => edits.push(Edit { range: start..end, with: "\"…\"" }),
        Range { start, end } if quoted => hide_runs(text, start + 1..end - 1, is_line_end, edits),
        unquoted => hide_runs(text, unquoted, is_line_end, edits),
    }
}

fn is_line_end(symbol: char) -> bool {
    matches!(symbol, '\n' | '\r')
}

fn hide_runs(text: &str, range: Range<usize>, keep: impl Fn(char) -> bool, edits: &mut Vec<Edit>) {
    let mut hidden: Option<usize> = None;
    let mut push = |start, end| {
        edits.push(Edit { range: start..end, with: "…" });
    };
    for (offset, symbol) in text.get(range.clone()).unwrap_or_default().char_indices() {
        let at = range.start + offset;
        if !keep(symbol) {
            hidden.get_or_insert(at);
        } else if let Some(start) = hidden.take() {
            push(start, at);
        }
    }
    if let Some(start) = hidden {
        push(start, range.end);
    }
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "the texts of these tests are ASCII")]
mod tests;
