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
    example(rule, look, out)?;
    match rule_url(rule.id) {
        Some(url) => writeln!(out, "\n{url}"),
        None => Ok(()),
    }
}

/// The pages of all rules, each with an example that the tests run, and what came of it.
const PAGES: &str = include_str!("../../docs/rules.md");

/// The example of a rule, and its real output.
fn example(rule: &Rule, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let page = PAGES.split("\n## ").find(|page| page.lines().next() == Some(rule.id)).unwrap_or_default();
    let Some((_, example)) = page.split_once("\n### Example\n") else { return Ok(()) };
    writeln!(out, "\n{}", look.paint.on(&"Example".bold()))?;
    let mut in_code = false;
    for line in example.trim_end().lines() {
        match line.strip_prefix("### ") {
            _ if line.starts_with("```") => in_code = !in_code,
            _ if in_code => writeln!(out, "{}", format!("    {line}").trim_end())?,
            Some(heading) => writeln!(out, "{}", look.paint.on(&heading.bold()))?,
            None => writeln!(out, "{line}")?,
        }
    }
    Ok(())
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
