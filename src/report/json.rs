//! `check --format json`: the whole report for other programs. The shape only grows within a schema version.

use std::io;
use std::io::Write;

use serde::Serialize;

use super::listed::Listed;
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
            ignored: summary.ignored,
            baselined: summary.baselined,
        },
        findings: report.entries.iter().map(|entry| Listed::new(report, entry)).collect(),
    };
    pretty(&document, out)
}

/// Writes one JSON document that ends in a line feed.
pub(super) fn pretty(document: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, document)?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct Document<'r> {
    schema_version: u32,
    tool: Tool,
    summary: Summary,
    findings: Vec<Listed<'r>>,
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
    ignored: usize,
    baselined: usize,
}
