//! SARIF 2.1.0 as GitHub code scanning wants it: one bad result makes it refuse the whole file, so every result has a place.
//!
//! See [the standard](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html) and
//! [what GitHub reads of it](https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning).
//! The types are our own: the crates for SARIF are either unmaintained or lack what is needed here.

mod descriptor;
mod message;
mod result;
mod shape;

use std::io;
use std::io::Write;

use self::descriptor::descriptor;
use self::result::results;
use self::shape::Descriptor;
use self::shape::Invocation;
use self::shape::Log;
use self::shape::Notification;
use self::shape::Run;
use self::shape::RunId;
use self::shape::Text;
use self::shape::Tool;
use super::json::pretty;
use super::uri::Base;
use crate::rules::RULES;
use crate::select::Conclusion;
use crate::select::Report;

/// Writes the report.
///
/// # Errors
/// What `out` reports.
pub fn write(report: &Report<'_>, base: &Base, out: &mut dyn Write) -> io::Result<()> {
    let run = Run {
        tool: Tool::with(RULES.iter().map(|rule| descriptor(rule)).collect::<Vec<Descriptor>>()),
        invocations: [invocation(&report.conclusion)],
        automation_details: RunId { id: concat!(env!("CARGO_PKG_NAME"), "/") },
        column_kind: "unicodeCodePoints",
        results: results(report, base),
    };
    pretty(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] }, out)
}

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

fn invocation(conclusion: &Conclusion) -> Invocation {
    let shortfalls = match conclusion {
        Conclusion::NotDone(shortfalls) => shortfalls.as_slice(),
        Conclusion::Clean | Conclusion::Findings => &[],
    };
    let notification = |text: &'static str| Notification { level: "error", message: Text { text: text.to_owned() } };
    Invocation {
        execution_successful: shortfalls.is_empty(),
        tool_execution_notifications: shortfalls.iter().map(|one| notification(one.reason())).collect(),
    }
}
