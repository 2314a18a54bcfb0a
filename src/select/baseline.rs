//! Findings that were known when a baseline was written. The text of the file enters; what it hides is told by fingerprints.

use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;

use crate::source::SourceId;
use crate::source::Sources;
use crate::source::Span;
use crate::syntax::Node;
use crate::syntax::SyntaxError;
use crate::syntax::Value;
use crate::syntax::json;

/// A baseline that was read.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    /// Its entries, by fingerprint.
    entries: FxHashMap<String, BaselineEntry>,
}

/// One known finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct BaselineEntry {
    /// Where the entry stands.
    pub(super) span: Span,
    /// The id of the rule.
    pub(super) rule: String,
    /// The file of the finding, from the root of the project.
    pub(super) file: String,
}

/// Why a text is no baseline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BaselineError {
    /// No JSON.
    Syntax(SyntaxError),
    /// JSON of another shape, from here on.
    Shape(Span),
    /// Written by a release that keeps other things in it.
    Version(Span),
}

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    /// Where the text is none.
    pub fn parse(sources: &Sources, source: SourceId) -> Result<Self, BaselineError> {
        let parsed = json::parse(source, &sources.get(source).text).map_err(BaselineError::Syntax)?;
        let version = parsed.root.get("schema_version");
        if let Some(other) = version.filter(|version| version.scalar() != Some("1")) {
            return Err(BaselineError::Version(other.span));
        }
        let is_list = |node: &&Node| matches!(node.value, Value::Array(_));
        let findings = parsed.root.get("findings").filter(is_list).filter(|_| version.is_some());
        let findings = findings.ok_or(BaselineError::Shape(parsed.root.span))?;
        let entries = findings.items().iter().map(entry).collect::<Result<_, _>>()?;
        Ok(Self { entries })
    }

    /// Whether a finding was known.
    #[must_use]
    pub fn knows(&self, fingerprint: &str) -> bool {
        self.entries.contains_key(fingerprint)
    }

    /// The entries whose fingerprints are none of these, in the order of the file.
    pub(super) fn without<'b>(&'b self, met: &FxHashSet<&str>) -> Vec<&'b BaselineEntry> {
        let others = self.entries.iter().filter(|(fingerprint, _)| !met.contains(fingerprint.as_str()));
        let mut others: Vec<&BaselineEntry> = others.map(|(_, entry)| entry).collect();
        others.sort_by_key(|entry| entry.span);
        others
    }
}

fn entry(node: &Node) -> Result<(String, BaselineEntry), BaselineError> {
    let text = |key| node.get(key).and_then(Node::as_str).map(str::to_owned).ok_or(BaselineError::Shape(node.span));
    Ok((text("fingerprint")?, BaselineEntry { span: node.span, rule: text("rule")?, file: text("file")? }))
}

impl BaselineError {
    /// Where it is, and what it is in words.
    #[must_use]
    pub fn said(&self) -> (Span, String) {
        match self {
            Self::Syntax(error) => (error.span, format!("the baseline is no JSON here: expected {}", error.expected)),
            Self::Shape(span) => (*span, "this is no baseline: `--write-baseline` writes one".to_owned()),
            Self::Version(span) => {
                (*span, "this baseline is of another release: write it anew with `--write-baseline`".to_owned())
            }
        }
    }
}
