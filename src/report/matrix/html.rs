//! The matrix as one page that needs nothing else: no network, no other file. It can be read without its script, which adds the filters, the keyboard
//! and the details.
//!
//! `page.html` is the frame, `page.css` and `page.js` go into it as they are. What comes from inputs is text everywhere: it is escaped here, the script
//! writes text nodes only, and the page's policy runs no other script.

use std::io;
use std::io::Write;

use crate::analysis::Facts;
use crate::analysis::status::Status;
use crate::report::count;
use crate::report::harmless;
use crate::report::matrix::data::Data;
use crate::report::matrix::data::PolicyJson;
use crate::report::matrix::grid::Cell;
use crate::report::matrix::grid::Grid;
use crate::report::matrix::grid::Row;
use crate::report::matrix::sign::BLANK;
use crate::report::matrix::sign::sign;
use crate::report::table;

const FRAME: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The SHA-256 of `page.js`, in base64: the one script that a browser runs in the page. After a change the browser test tells the new one; so does
/// `openssl dgst -sha256 -binary src/report/matrix/page.js | base64`.
const SCRIPT_HASH: &str = "sha256-aX84BOSeyIQtQ/uhircfy/Rh0hxCXc66TzMKJ7skHt4=";

/// Up to so many policies, there is room for words beside the letters.
const FEW: usize = 6;

/// What a cell has room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Room {
    Words,
    Letters,
}

impl Room {
    /// The class of the table.
    const fn name(self) -> &'static str {
        match self {
            Self::Words => "few",
            Self::Letters => "many",
        }
    }
}

/// Writes the page.
///
/// # Errors
/// What `out` reports.
pub fn write(facts: &Facts<'_>, out: &mut dyn Write) -> io::Result<()> {
    let grid = Grid::new(facts);
    let data = Data::new(facts, &grid);
    let all: Vec<usize> = (0..grid.columns.len()).collect();
    let counts = grid.counts(&all);
    let room = if grid.columns.len() <= FEW { Room::Words } else { Room::Letters };
    let size = format!("{} × {}", count(grid.rows.len(), "route"), count(grid.columns.len(), "policy"));
    fill(out, |name| {
        Ok(match name {
            "script-hash" => SCRIPT_HASH.to_owned(),
            "version" => env!("CARGO_PKG_VERSION").to_owned(),
            "style" => STYLE.to_owned(),
            "script" => SCRIPT.to_owned(),
            "size" => size.clone(),
            "chips" => counts.iter().map(|(status, number)| chip(*status, *number)).collect(),
            "legend" => legend(&counts, grid.has_blanks()),
            "names" => names(&grid).to_string(),
            "headings" => headings(&data).to_string(),
            "room" => room.name().to_owned(),
            "columns" => data.policies.iter().zip(1..).map(|(policy, number)| column(policy, number)).collect(),
            "rows" => grid.rows.iter().map(|found| row(found, room)).collect(),
            "policies" => data.policies.iter().map(described).collect(),
            "data" => data.embedded()?,
            _ => String::new(),
        })
    })
}

/// Writes the frame with its gaps, `{{name}}`, filled. What fills a gap is not looked at again.
fn fill(out: &mut dyn Write, piece: impl Fn(&str) -> io::Result<String>) -> io::Result<()> {
    for (index, part) in FRAME.split("{{").enumerate() {
        match part.split_once("}}") {
            Some((name, rest)) if index > 0 => write!(out, "{}{rest}", piece(name)?)?,
            _ => out.write_all(part.as_bytes())?,
        }
    }
    Ok(())
}

/// Text that stands for itself in an element and in a quoted attribute.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for symbol in text.chars() {
        match symbol {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(symbol),
        }
    }
    safe
}

/// The entry of a status in the legend, which is a filter too.
fn chip(status: Status, number: usize) -> String {
    let (name, sign) = (status.name(), sign(status));
    format!(
        "<li><button type=\"button\" aria-pressed=\"false\" data-status=\"{name}\" title=\"{}\">\
         <b class=\"{name}\" aria-hidden=\"true\">{}</b> {} <span>{number}</span></button></li>\n",
        sign.meaning, sign.letter, sign.word
    )
}

fn legend(counts: &[(Status, usize)], has_blanks: bool) -> String {
    let entry = |(status, _): &(Status, usize)| {
        let sign = sign(*status);
        format!("<dt><b class=\"{}\">{}</b> {}</dt><dd>{}</dd>\n", status.name(), sign.letter, sign.word, sign.meaning)
    };
    let mut entries: String = counts.iter().map(entry).collect();
    if has_blanks {
        entries.extend(["<dt><b></b> no letter</dt><dd>", BLANK, "</dd>\n"]);
    }
    entries
}

fn column(policy: &PolicyJson, number: usize) -> String {
    let name = escaped(&policy.short);
    format!(
        "<th scope=\"col\" role=\"columnheader\"><span class=\"name\"><bdi>{name}</bdi></span> <span class=\"number\">{number}</span></th>\n"
    )
}

/// How many characters the names of the routes take, methods aligned; longer ones are cut.
fn names(grid: &Grid<'_, '_>) -> usize {
    let paths = grid.rows.iter().map(|row| table::width(&row.route.key.value.path()));
    paths.max().unwrap_or_default().min(LONGEST_PATH) + METHOD
}

const LONGEST_PATH: usize = 60;

/// The room of a method and the blank behind it.
const METHOD: usize = 8;

/// How many characters the headings take where they stand upright: room for any status, at least.
fn headings(data: &Data) -> usize {
    let names = data.policies.iter().map(|policy| table::width(&policy.short));
    names.max().unwrap_or_default().clamp(SHORTEST_HEADING, LONGEST_HEADING)
}

const SHORTEST_HEADING: usize = 20;
const LONGEST_HEADING: usize = 36;

/// The end tags of cells are left out: there may be tens of thousands.
fn row(row: &Row<'_, '_>, room: Room) -> String {
    let key = &row.route.key.value;
    let method = key.method_name().unwrap_or_default();
    let path = escaped(&harmless(&key.path()));
    let cells: String = row.cells.iter().map(|found| cell(found, room)).collect();
    format!(
        "<tr role=\"row\"><th scope=\"row\" role=\"rowheader\"><b>{method}</b> <bdi>{path}</bdi></th>{cells}</tr>\n"
    )
}

fn cell(cell: &Cell<'_, '_>, room: Room) -> String {
    let Some(status) = cell.status() else { return "<td>".to_owned() };
    let (name, sign) = (status.name(), sign(status));
    match room {
        Room::Words => format!("<td class={name} data-letter=\"{}\">{}", sign.letter, sign.word),
        Room::Letters => format!("<td class={name}>{}", sign.letter),
    }
}

fn described(policy: &PolicyJson) -> String {
    let PolicyJson { name, place, authorizer, deployment, .. } = policy;
    let [name, place, authorizer, deployment] = [name, place, authorizer, deployment].map(|text| escaped(text));
    format!(
        "<li><strong><bdi>{name}</bdi></strong> ({place})<br>as the answer of {authorizer}<br><small>{deployment}</small></li>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_inputs_cannot_leave_its_element() {
        assert_eq!(escaped("</b>\"'&"), "&lt;/b&gt;&quot;&#39;&amp;");
    }

    #[test]
    fn every_gap_of_the_frame_is_filled_once_and_never_looked_at_again() {
        let mut out = Vec::new();
        fill(&mut out, |name| Ok(format!("[{name} {{{{data}}}}]"))).unwrap();
        let page = String::from_utf8(out).unwrap();
        for name in ["script-hash", "style", "chips", "columns", "rows", "policies", "data", "script"] {
            assert_eq!(page.matches(&format!("[{name} {{{{data}}}}]")).count(), 1, "{name}");
        }
    }
}
