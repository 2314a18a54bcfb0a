//! A finding as JSON: an item of `check --format json`, a line of `--format jsonl`. The shape only grows within a schema version.

use serde::Serialize;

use super::place::Location;
use super::place::Place;
use super::rule_url;
use crate::finding::Evidence;
use crate::finding::Label;
use crate::select::Entry;
use crate::select::Report;

/// How many refused requests a finding lists; `refused_total` counts them all.
const MOST_REFUSED: usize = 50;

/// A finding and all that is known about it.
#[derive(Serialize)]
pub(super) struct Listed<'r> {
    rule: &'r str,
    severity: &'r str,
    confidence: &'r str,
    message: &'r str,
    help: &'r str,
    fingerprint: &'r str,
    location: Location<'r>,
    related: Vec<Related<'r>>,
    evidence: Option<Requests<'r>>,
    url: Option<String>,
}

impl<'r> Listed<'r> {
    pub(super) fn new(report: &'r Report<'_>, entry: &'r Entry) -> Self {
        let finding = &entry.finding;
        let related = |label: &'r Label| Related { place: Place::new(report.sources, label.span), text: &label.text };
        Self {
            rule: finding.rule,
            severity: finding.severity.name(),
            confidence: finding.confidence.name(),
            message: &finding.message,
            help: &finding.help,
            fingerprint: &entry.fingerprint,
            location: Location::new(report.project, report.sources, finding.primary.span),
            related: finding.related.iter().map(related).collect(),
            evidence: finding.evidence.as_ref().map(Requests::new),
            url: rule_url(finding.rule),
        }
    }
}

#[derive(Serialize)]
struct Related<'r> {
    #[serde(flatten)]
    place: Place<'r>,
    text: &'r str,
}

/// The requests that show it.
#[derive(Serialize)]
pub(super) struct Requests<'r> {
    authorizer: &'r str,
    cache_key: &'r [String],
    ttl: Option<u32>,
    routes_in_scope: usize,
    routes_allowed: usize,
    routes_partly: usize,
    refused_total: usize,
    refused: Vec<Refused<'r>>,
}

#[derive(Serialize)]
struct Refused<'r> {
    route: &'r str,
    request: String,
    outcome: &'r str,
}

impl<'r> Requests<'r> {
    pub(super) fn new(evidence: &'r Evidence) -> Self {
        let refused = evidence.refused.iter().take(MOST_REFUSED).map(|refused| Refused {
            route: &refused.route,
            request: refused.request.to_string(),
            outcome: refused.outcome.name(),
        });
        Self {
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
}
