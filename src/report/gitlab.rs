//! A Code Quality report of GitLab: one JSON array, empty where nothing was found.
//!
//! See [the format](https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format). GitLab shows one finding of each
//! fingerprint, and doesn't show the name of the rule, so that the description begins with it.

use std::io;
use std::io::Write;

use serde::Serialize;

use super::json::pretty;
use super::place::Place;
use super::uri::Base;
use crate::finding::Severity;
use crate::select::Entry;
use crate::select::Report;

/// Writes the report.
///
/// # Errors
/// What `out` reports.
pub fn write(report: &Report<'_>, base: &Base, out: &mut dyn Write) -> io::Result<()> {
    let all: Vec<Degradation<'_>> = report.entries.iter().map(|entry| degradation(report, base, entry)).collect();
    pretty(&all, out)
}

#[derive(Serialize)]
struct Degradation<'r> {
    description: String,
    check_name: &'r str,
    fingerprint: &'r str,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    positions: Positions,
}

#[derive(Serialize)]
struct Positions {
    begin: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

fn degradation<'r>(report: &'r Report<'_>, base: &Base, entry: &'r Entry) -> Degradation<'r> {
    let finding = &entry.finding;
    let Place { file, line, column, end_line, end_column } = Place::new(report.sources, finding.primary.span);
    Degradation {
        description: format!("{}: {}", finding.rule, finding.message),
        check_name: finding.rule,
        fingerprint: &entry.fingerprint,
        severity: severity(finding.severity),
        location: Location {
            path: base.path(file),
            positions: Positions {
                begin: Position { line, column },
                end: Position { line: end_line, column: end_column },
            },
        },
    }
}

/// Of `info`, `minor`, `major`, `critical` and `blocker`.
const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Note => "info",
    }
}
