//! One rule, or the list of rules: the same text that stands in the documentation.

use std::io;
use std::io::Write;

use colored::Colorize as _;

use super::Look;
use super::rule_url;
use super::table;
use super::wrap;
use crate::rules::Level;
use crate::rules::RULES;
use crate::rules::Rule;

/// Writes the page of a rule.
///
/// # Errors
/// What `out` reports.
pub fn write(rule: &Rule, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}: {}", look.paint.on(&rule.id.bold()), rule.summary)?;
    let (severity, confidence) = (rule.severity.name(), rule.confidence.name());
    writeln!(out, "{severity}, {confidence} confidence, since {}{}", rule.since, level(rule))?;
    for line in rule.page().lines() {
        match line.strip_prefix("## ") {
            Some(heading) => writeln!(out, "{}", look.paint.on(&heading.bold()))?,
            None if line.is_empty() => writeln!(out)?,
            None => writeln!(out, "{}", wrap(line, look.width))?,
        }
    }
    match rule_url(rule.id) {
        Some(url) => writeln!(out, "\n{url}"),
        None => Ok(()),
    }
}

/// Writes one line a rule.
///
/// # Errors
/// What `out` reports.
pub fn list(look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<Vec<String>> =
        RULES.iter().map(|rule| vec![rule.id.to_owned(), badge(rule), rule.summary.to_owned()]).collect();
    table::write(&rows, "", out)?;
    let hint = "`explain RULE` shows the page of a rule; `off` is shown with `--pedantic` only";
    writeln!(out, "\n{}", look.paint.on(&hint.dimmed()))
}

fn level(rule: &Rule) -> &'static str {
    match rule.level {
        Level::Default => "",
        Level::Pedantic => ", with `--pedantic` only",
    }
}

fn badge(rule: &Rule) -> String {
    match rule.level {
        Level::Default => rule.severity.name().to_owned(),
        Level::Pedantic => format!("{} (off)", rule.severity.name()),
    }
}
