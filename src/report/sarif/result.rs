//! A finding as a result.

use super::message::MOST_LISTED;
use super::message::label;
use super::message::message;
use super::shape::Fingerprints;
use super::shape::Location;
use super::shape::LogicalLocation;
use super::shape::PhysicalLocation;
use super::shape::Properties;
use super::shape::SarifResult;
use super::shape::SuppressionJson;
use crate::finding::Label;
use crate::report::listed::Requests;
use crate::report::place::Place;
use crate::report::uri::Base;
use crate::rules::RULES;
use crate::select::Entry;
use crate::select::Hidden;
use crate::select::Report;
use crate::select::Suppression;

/// What is shown, then what is hidden. Either all results of a run say whether they are suppressed, or none.
pub(super) fn results<'r>(report: &'r Report<'_>, base: &Base) -> Vec<SarifResult<'r>> {
    let shown = report.entries.iter().map(|entry| SarifResult {
        suppressions: (!report.hidden.is_empty()).then(Vec::new),
        ..result(report, base, entry)
    });
    shown.chain(report.hidden.iter().map(|hidden| suppressed(report, base, hidden))).collect()
}

fn result<'r>(report: &'r Report<'_>, base: &Base, entry: &'r Entry) -> SarifResult<'r> {
    let finding = &entry.finding;
    SarifResult {
        rule_id: finding.rule,
        rule_index: RULES.iter().position(|rule| rule.id == finding.rule),
        level: finding.severity.name(),
        message: message(finding),
        locations: [Location {
            logical_locations: logical(report, &finding.primary),
            ..place(report, base, &finding.primary)
        }],
        related_locations: related(report, base, &finding.related),
        partial_fingerprints: Fingerprints { ours: &entry.fingerprint },
        suppressions: None,
        properties: Properties {
            confidence: finding.confidence.name(),
            evidence: finding.evidence.as_ref().map(Requests::new),
        },
    }
}

fn suppressed<'r>(report: &'r Report<'_>, base: &Base, hidden: &'r Hidden) -> SarifResult<'r> {
    let justification = match &hidden.by {
        Suppression::Ignore(reason) => reason,
        Suppression::Baseline => "it was there when the baseline was written",
    };
    let suppression = SuppressionJson { kind: "external", status: "accepted", justification };
    SarifResult { suppressions: Some(vec![suppression]), ..result(report, base, &hidden.entry) }
}

fn place(report: &Report<'_>, base: &Base, at: &Label) -> Location {
    // What could not be read at all has a name but no text to speak about.
    let has_text = !report.sources.get(at.span.source).text.is_empty();
    Location {
        id: None,
        message: (has_text && !at.text.is_empty()).then(|| label(at)),
        physical_location: PhysicalLocation::new(base, &Place::new(report.sources, at.span)),
        logical_locations: Vec::new(),
    }
}

/// The JSON Pointer of the place, where it has one. Only the place of the finding is named so: in a log each pointer is looked for among all lines.
fn logical(report: &Report<'_>, at: &Label) -> Vec<LogicalLocation> {
    let pointer = report.project.pointer(at.span);
    if pointer.is_empty() { Vec::new() } else { vec![LogicalLocation { fully_qualified_name: pointer }] }
}

fn related(report: &Report<'_>, base: &Base, labels: &[Label]) -> Vec<Location> {
    let numbered = labels.iter().zip(1..).take(MOST_LISTED);
    let location = |(at, id)| Location { id: Some(id), message: Some(label(at)), ..place(report, base, at) };
    numbered.map(location).collect()
}
