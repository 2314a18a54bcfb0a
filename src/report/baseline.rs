//! The baseline: what makes each finding of a run known to later ones. Nothing else is kept of them.

use std::io;
use std::io::Write;

use serde::Serialize;

use super::json::pretty;
use crate::rules;
use crate::select::Entry;
use crate::select::Report;

/// Writes the baseline of a run.
///
/// # Errors
/// What `out` reports.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    // What is wrong with ignores, and with the baseline itself, is to be mended, not to be known.
    let is_of_inputs = |entry: &&Entry| rules::find(entry.finding.rule).is_some_and(|rule| rule.check.is_some());
    let findings = report.entries.iter().filter(is_of_inputs).map(|entry| Known {
        rule: entry.finding.rule,
        file: &report.sources.get(entry.finding.primary.span.source).key,
        fingerprint: &entry.fingerprint,
    });
    let mut findings: Vec<Known<'_>> = findings.collect();
    findings.sort_by_key(|known| (known.file, known.rule, known.fingerprint));
    pretty(&Document { schema_version: 1, findings }, out)
}

#[derive(Serialize)]
struct Document<'r> {
    schema_version: u32,
    findings: Vec<Known<'r>>,
}

#[derive(Serialize)]
struct Known<'r> {
    rule: &'r str,
    file: &'r str,
    fingerprint: &'r str,
}
