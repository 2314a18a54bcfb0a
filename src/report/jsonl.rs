//! `check --format jsonl`: one finding a line, each as `json` has it among its findings.

use std::io;
use std::io::Write;

use super::listed::Listed;
use crate::select::Report;

/// Writes the report.
///
/// # Errors
/// What `out` reports.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for entry in &report.entries {
        serde_json::to_writer(&mut *out, &Listed::new(report, entry))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
