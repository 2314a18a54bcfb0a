//! `check --show-settings`: every setting of a run, and where it comes from.

use std::io;
use std::io::Write;

use super::harmless;
use super::place::Place;
use super::table;
use crate::source::Sources;
use crate::source::Span;

/// One setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its name in the configuration.
    pub name: String,
    /// Its value, for people; empty where there is none.
    pub value: String,
    /// On whose word it holds.
    pub origin: Origin,
}

/// On whose word a setting holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// An option of the command line.
    Option(&'static str),
    /// The configuration.
    Configuration(Span),
    /// Nobody's.
    Default,
}

/// Writes one line a setting.
///
/// # Errors
/// What `out` reports.
pub fn write(rows: &[Row], sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let row = |row: &Row| {
        let value = if row.value.is_empty() { "-" } else { &row.value };
        vec![harmless(&row.name).into_owned(), harmless(value).into_owned(), origin(row.origin, sources)]
    };
    let rows: Vec<Vec<String>> = rows.iter().map(row).collect();
    table::write(&rows, "", out)
}

fn origin(origin: Origin, sources: &Sources) -> String {
    match origin {
        Origin::Option(name) => name.to_owned(),
        Origin::Configuration(span) => {
            let Place { file, line, .. } = Place::new(sources, span);
            format!("{}:{line}", harmless(file))
        }
        Origin::Default => "default".to_owned(),
    }
}
