//! `check --format json`: the whole report for other programs. The shape only grows within a schema version.

use std::io;
use std::io::Write;

use serde::Serialize;

use super::place::Location;
use super::place::Place;
use super::rule_url;
use crate::finding::Evidence;
use crate::finding::Label;
use crate::select::Entry;
use crate::select::Report;

/// Writes the report.
///
/// # Errors
/// What `out` reports.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let summary = &report.summary;
    let document = Document {
        schema_version: 1,
        tool: Tool::THIS,
        summary: Summary {
            policies: summary.policies,
            routes: summary.routes,
            shared_scopes: summary.shared_scopes,
            errors: summary.errors,
            warnings: summary.warnings,
            notes: summary.notes,
            skipped_files: summary.skipped_files,
            undecided: summary.undecided,
        },
        findings: report.entries.iter().map(|entry| finding(report, entry)).collect(),
    };
    pretty(&document, out)
}

/// Writes one JSON document that ends in a line feed.
pub(super) fn pretty(document: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, document)?;
    out.write_all(b"\n")
}

/// How many refused requests a finding lists; `refused_total` counts them all.
const MOST_REFUSED: usize = 50;

#[derive(Serialize)]
struct Document<'r> {
    schema_version: u32,
    tool: Tool,
    summary: Summary,
    findings: Vec<FindingJson<'r>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

impl Tool {
    const THIS: Self = Self { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };
}

#[derive(Serialize)]
struct Summary {
    policies: usize,
    routes: usize,
    shared_scopes: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    skipped_files: usize,
    undecided: usize,
}

#[derive(Serialize)]
struct FindingJson<'r> {
    rule: &'r str,
    severity: &'r str,
    confidence: &'r str,
    message: &'r str,
    help: &'r str,
    fingerprint: &'r str,
    location: Location<'r>,
    related: Vec<RelatedJson<'r>>,
    evidence: Option<EvidenceJson<'r>>,
    url: Option<String>,
}

#[derive(Serialize)]
struct RelatedJson<'r> {
    #[serde(flatten)]
    place: Place<'r>,
    text: &'r str,
}

#[derive(Serialize)]
struct EvidenceJson<'r> {
    authorizer: &'r str,
    cache_key: &'r [String],
    ttl: Option<u32>,
    routes_in_scope: usize,
    routes_allowed: usize,
    routes_partly: usize,
    refused_total: usize,
    refused: Vec<RefusedJson<'r>>,
}

#[derive(Serialize)]
struct RefusedJson<'r> {
    route: &'r str,
    request: String,
    outcome: &'r str,
}

fn finding<'r>(report: &'r Report<'_>, entry: &'r Entry) -> FindingJson<'r> {
    let finding = &entry.finding;
    let related = |label: &'r Label| RelatedJson { place: Place::new(report.sources, label.span), text: &label.text };
    FindingJson {
        rule: finding.rule,
        severity: finding.severity.name(),
        confidence: finding.confidence.name(),
        message: &finding.message,
        help: &finding.help,
        fingerprint: &entry.fingerprint,
        location: Location::new(report.project, report.sources, finding.primary.span),
        related: finding.related.iter().map(related).collect(),
        evidence: finding.evidence.as_ref().map(evidence),
        url: rule_url(finding.rule),
    }
}

fn evidence(evidence: &Evidence) -> EvidenceJson<'_> {
    let refused = evidence.refused.iter().take(MOST_REFUSED).map(|refused| RefusedJson {
        route: &refused.route,
        request: refused.request.to_string(),
        outcome: refused.outcome.name(),
    });
    EvidenceJson {
        authorizer: &evidence.authorizer,
        cache_key: &evidence.cache_key,
        ttl: evidence.ttl,
        routes_in_scope: evidence.routes_in_scope,
        routes_allowed: evidence.routes_allowed,
        routes_partly: evidence.routes_partly,
        refused_total: evidence.refused.len(),
        refused: refused.collect(),
    }
}
