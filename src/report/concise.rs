//! One line a finding, for editors and `grep`: `path:line:col: severity[rule] message`.

use std::io;
use std::io::Write;

use super::file_name;
use super::harmless;
use super::place::Place;
use crate::select::Report;

/// Writes the report.
///
/// # Errors
/// What `out` reports.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for entry in &report.entries {
        let finding = &entry.finding;
        let Place { file, line, column, .. } = Place::new(report.sources, finding.primary.span);
        let (severity, rule) = (finding.severity.name(), finding.rule);
        let message = finding.message.replace('\n', " ");
        // At the beginning of a line GitHub would take such a name for a command.
        let here = if file.trim_start().starts_with("::") { "./" } else { "" };
        writeln!(out, "{here}{}:{line}:{column}: {severity}[{rule}] {}", file_name(file), harmless(&message))?;
    }
    Ok(())
}
