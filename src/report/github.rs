//! Annotations of a GitHub workflow: one command a line, which the runner reads from standard output.
//!
//! See [workflow commands](https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands); the escapes are those of
//! [`command.ts`](https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts) in `actions/toolkit`.

use std::io;
use std::io::Write;

use super::harmless;
use super::place::Place;
use super::prose::lines;
use super::uri::Base;
use crate::finding::Severity;
use crate::select::Entry;
use crate::select::Report;

/// Writes the report.
///
/// # Errors
/// What `out` reports.
pub fn write(report: &Report<'_>, base: &Base, out: &mut dyn Write) -> io::Result<()> {
    for entry in &report.entries {
        writeln!(out, "{}", command(report, base, entry))?;
    }
    Ok(())
}

fn command(report: &Report<'_>, base: &Base, entry: &Entry) -> String {
    let finding = &entry.finding;
    let name = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let Place { file, line, column, end_line, end_column } = Place::new(report.sources, finding.primary.span);
    let file = base.path(file);
    let file = in_property(&harmless(&file));
    // Columns of different lines are refused.
    let place = if line == end_line {
        format!("line={line},col={column},endLine={end_line},endColumn={end_column}")
    } else {
        format!("line={line},endLine={end_line}")
    };
    let message = in_message(&harmless(&lines(finding)));
    format!("::{name} file={file},{place},title={}::{message}", in_property(finding.rule))
}

fn in_message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn in_property(text: &str) -> String {
    in_message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_property_or_begins_a_command() {
        assert_eq!(in_message("100% a:b,c\r\n::error::x"), "100%25 a:b,c%0D%0A::error::x");
        assert_eq!(in_property("C:/50%,\n.json"), "C%3A/50%25%2C%0A.json");
    }
}
