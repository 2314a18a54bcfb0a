//! A JUnit report: a test suite for each file, a test case for each finding, which fails where the finding fails the run.
//!
//! Nobody owns this format; the attributes are those that Jenkins, GitLab and others read. They tell test cases apart by their name, so
//! that the second finding of a rule in one file is `rule (2)`; lines are no part of it, because they move.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::io::Write;

use quick_xml::Writer;
use quick_xml::events::BytesDecl;
use quick_xml::events::BytesText;
use quick_xml::events::Event;

use super::harmless;
use super::place::Place;
use super::prose::lines;
use super::uri::Base;
use crate::finding::Severity;
use crate::select::Conclusion;
use crate::select::Entry;
use crate::select::Report;
use crate::select::Shortfall;

/// Writes the report. Findings below `fail_on` are test cases that pass and say what was found.
///
/// # Errors
/// What `out` reports.
pub fn write(report: &Report<'_>, base: &Base, fail_on: Option<Severity>, out: &mut dyn Write) -> io::Result<()> {
    let suites = suites(report, base, fail_on);
    let cases = || suites.iter().flat_map(|suite| &suite.cases);
    let mut writer = Writer::new_with_indent(&mut *out, b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let numbers = numbers(cases());
    let root = writer.create_element("testsuites").with_attribute(("name", NAME));
    root.with_attributes(attributes(&numbers))
        .write_inner_content(|writer| suites.iter().try_for_each(|suite| write_suite(suite, writer)))?;
    out.write_all(b"\n")
}

const NAME: &str = env!("CARGO_PKG_NAME");

struct Suite {
    name: String,
    cases: Vec<Case>,
}

struct Case {
    name: String,
    line: Option<u32>,
    verdict: Verdict,
}

enum Verdict {
    Passed,
    /// Passed, with something to say.
    Remarked(String),
    Failed {
        kind: &'static str,
        message: String,
        text: String,
    },
    /// The job was not done.
    Error(&'static str),
}

fn suites(report: &Report<'_>, base: &Base, fail_on: Option<Severity>) -> Vec<Suite> {
    let mut suites = Vec::new();
    if let Conclusion::NotDone(shortfalls) = &report.conclusion {
        let error = |(shortfall, number): (&Shortfall, usize)| Case {
            name: numbered("not-done", number),
            line: None,
            verdict: Verdict::Error(shortfall.reason()),
        };
        suites.push(Suite { name: NAME.to_owned(), cases: shortfalls.iter().zip(1..).map(error).collect() });
    }
    let mut of_files: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for entry in &report.entries {
        of_files.entry(Place::new(report.sources, entry.finding.primary.span).file).or_default().push(entry);
    }
    for (file, entries) in of_files {
        suites.push(Suite { name: base.path(file), cases: cases(report, &entries, fail_on) });
    }
    if suites.is_empty() {
        // Some readers take a report without test cases for a broken one.
        let passed = Case { name: "nothing-found".to_owned(), line: None, verdict: Verdict::Passed };
        suites.push(Suite { name: NAME.to_owned(), cases: vec![passed] });
    }
    suites
}

fn cases(report: &Report<'_>, entries: &[&Entry], fail_on: Option<Severity>) -> Vec<Case> {
    let mut met: BTreeMap<&str, usize> = BTreeMap::new();
    let mut cases = Vec::new();
    for entry in entries {
        let finding = &entry.finding;
        let number = met.entry(finding.rule).or_default();
        *number += 1;
        let Place { file, line, column, .. } = Place::new(report.sources, finding.primary.span);
        let kind = finding.severity.name();
        let text = format!("{file}:{line}:{column}: {kind}[{}] {}", finding.rule, lines(finding));
        let verdict = if fail_on.is_some_and(|least| finding.severity >= least) {
            Verdict::Failed { kind, message: finding.message.clone(), text }
        } else {
            Verdict::Remarked(text)
        };
        cases.push(Case { name: numbered(finding.rule, *number), line: Some(line), verdict });
    }
    cases
}

fn numbered(name: &str, number: usize) -> String {
    if number == 1 { name.to_owned() } else { format!("{name} ({number})") }
}

type Numbers = [(&'static str, String); 3];

fn numbers<'c>(cases: impl Iterator<Item = &'c Case>) -> Numbers {
    let (mut tests, mut failures, mut errors) = (0, 0, 0);
    for case in cases {
        tests += 1;
        failures += usize::from(matches!(case.verdict, Verdict::Failed { .. }));
        errors += usize::from(matches!(case.verdict, Verdict::Error(_)));
    }
    [("tests", tests.to_string()), ("failures", failures.to_string()), ("errors", errors.to_string())]
}

fn attributes(numbers: &Numbers) -> impl Iterator<Item = (&str, &str)> {
    numbers.iter().map(|(name, number)| (*name, number.as_str()))
}

fn write_suite<W: Write>(suite: &Suite, writer: &mut Writer<W>) -> io::Result<()> {
    let name = legal(&suite.name);
    let numbers = numbers(suite.cases.iter());
    let element = writer.create_element("testsuite").with_attribute(("name", name.as_ref()));
    element
        .with_attributes(attributes(&numbers))
        .write_inner_content(|writer| suite.cases.iter().try_for_each(|case| write_case(&name, case, writer)))?;
    Ok(())
}

fn write_case<W: Write>(file: &str, case: &Case, writer: &mut Writer<W>) -> io::Result<()> {
    let line = case.line.map(|line| line.to_string());
    let mut element = writer.create_element("testcase");
    element = element.with_attributes([("name", case.name.as_str()), ("classname", file)]);
    if let Some(line) = &line {
        element = element.with_attributes([("file", file), ("line", line)]);
    }
    match &case.verdict {
        Verdict::Passed => element.write_empty()?,
        Verdict::Remarked(text) => element.write_inner_content(|writer| {
            writer.create_element("system-out").write_text_content(BytesText::new(&legal(text)))?;
            Ok(())
        })?,
        Verdict::Failed { kind, message, text } => element.write_inner_content(|writer| {
            let message = legal(message);
            let failure = writer.create_element("failure").with_attributes([("message", &*message), ("type", kind)]);
            failure.write_text_content(BytesText::new(&legal(text)))?;
            Ok(())
        })?,
        Verdict::Error(reason) => element.write_inner_content(|writer| {
            writer
                .create_element("error")
                .with_attributes([("message", *reason), ("type", "not-done")])
                .write_empty()?;
            Ok(())
        })?,
    };
    Ok(())
}

/// XML 1.0 has no way to write most control characters, escaped or not; [`harmless`] spells those, and two more are left out.
fn legal(text: &str) -> Cow<'_, str> {
    let text = harmless(text);
    if text.contains(['\u{fffe}', '\u{ffff}']) { Cow::Owned(text.replace(['\u{fffe}', '\u{ffff}'], "")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_legal_in_xml() {
        assert_eq!(legal("a\0b\u{b}c\u{ffff}\nd\t"), "a\\u{0}b\\u{b}c\nd\\u{9}");
        assert_eq!(legal("größe 🦀"), "größe 🦀");
    }

    #[test]
    fn equal_names_are_numbered() {
        assert_eq!([numbered("a", 1), numbered("a", 2)], ["a", "a (2)"]);
    }
}
