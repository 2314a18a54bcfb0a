//! The matrix for people: routes down, policies across, and a legend.

use std::iter::repeat_n;

use std::io;
use std::io::Write;

use colored::ColoredString;
use colored::Colorize as _;

use crate::analysis::Facts;
use crate::analysis::RouteView;
use crate::analysis::status::Status;
use crate::report::Detail;
use crate::report::Lines;
use crate::report::Look;
use crate::report::fill;
use crate::report::harmless;
use crate::report::matrix::grid::Cell;
use crate::report::matrix::grid::Column;
use crate::report::matrix::grid::Grid;
use crate::report::matrix::policy::counted;
use crate::report::matrix::policy::deployment;
use crate::report::matrix::policy::place;
use crate::report::matrix::sign::BLANK;
use crate::report::matrix::sign::sign;
use crate::report::table;
use crate::report::words;
use crate::report::wrap;

/// Writes the matrix, as many policies side by side as fit.
///
/// # Errors
/// What `out` reports.
pub fn write(facts: &Facts<'_>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let grid = Grid::new(facts);
    if grid.rows.is_empty() {
        return writeln!(out, "no policy meets a route: there is nothing to show");
    }
    let layout = Layout::new(&grid, look);
    let columns: Vec<usize> = (0..grid.columns.len()).collect();
    for block in columns.chunks(layout.columns) {
        layout.write(&grid, block, out)?;
        writeln!(out)?;
    }
    for (index, column) in grid.columns.iter().enumerate() {
        describe(facts, &grid, (index, *column), look, out)?;
    }
    writeln!(out)?;
    legend(&grid, look, out)
}

/// How the matrix fits into the terminal.
struct Layout<'l> {
    look: &'l Look,
    /// One name for each row, all of one width; where one is too long for that, it stands on a line of its own and a blank one follows.
    names: Vec<String>,
    /// How wide that is.
    indent: usize,
    /// How wide a column is, with the blanks before it.
    column: usize,
    /// How many fit.
    columns: usize,
}

/// Names of routes are cut to no less than this.
const NARROWEST_NAME: usize = 24;

impl<'l> Layout<'l> {
    fn new(grid: &Grid<'_, '_>, look: &'l Look) -> Self {
        let column = heading(grid.columns.len()).len() + 2;
        let most = look.width.saturating_sub(column).max(NARROWEST_NAME);
        let name = |route: String| table::shortened(&harmless(&route), most);
        let mut names: Vec<String> = grid.rows.iter().map(|row| name(row.route.key.value.to_string())).collect();
        // One long name shall not leave room for few policies only.
        let is_crowded = widest(&names, most) + column * grid.columns.len() > look.width;
        let room = if is_crowded { (look.width / 2).max(NARROWEST_NAME) } else { most };
        let indent = widest(&names, room);
        for name in &mut names {
            let width = table::width(name);
            if width > indent {
                name.push('\n');
            }
            name.extend(repeat_n(' ', if width > indent { indent } else { indent - width }));
        }
        Self { look, names, indent, column, columns: (look.width.saturating_sub(indent) / column).max(1) }
    }

    fn write(&self, grid: &Grid<'_, '_>, block: &[usize], out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{:1$}", "", self.indent)?;
        for index in block {
            write!(out, "{:>1$}", heading(index + 1), self.column)?;
        }
        writeln!(out)?;
        for (row, name) in grid.rows.iter().zip(&self.names) {
            let last = block.iter().rposition(|&index| row.cells.get(index).is_some_and(|cell| !cell.parts.is_empty()));
            let shown = last.map_or(0, |last| last + 1);
            let cells = block.iter().take(shown).filter_map(|&index| row.cells.get(index));
            let cells: String = cells.map(|cell| self.cell(cell)).collect();
            let line = format!("{name}{cells}");
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }

    /// A letter below the last digit of its heading.
    fn cell(&self, cell: &Cell<'_, '_>) -> String {
        let before = self.column.saturating_sub(2);
        match cell.status() {
            Some(status) => format!("{:before$}{} ", "", letter(status, self.look)),
            None => format!("{:1$}", "", self.column),
        }
    }
}

/// Of the names that take no more than `most`.
fn widest(names: &[String], most: usize) -> usize {
    names.iter().map(|name| table::width(name)).filter(|width| *width <= most).max().unwrap_or_default()
}

fn heading(number: usize) -> String {
    format!("[{number}]")
}

fn letter(status: Status, look: &Look) -> String {
    look.paint.on(&coloured(status, &sign(status).letter.to_string()))
}

/// The colours repeat what the letters say.
fn coloured(status: Status, text: &str) -> ColoredString {
    match status {
        Status::Forgotten => text.red().bold().reversed(),
        Status::Partly => text.yellow().bold(),
        Status::Undecided | Status::Conditional => text.magenta(),
        Status::OnPurpose => text.blue(),
        Status::Exceptions => text.cyan(),
        Status::Allowed => text.green(),
        Status::NotShared | Status::NoAnswer | Status::NeverReached => text.dimmed(),
    }
}

/// A column: which policy, what it does, and the requests that tell routes with several outcomes apart.
fn describe(
    facts: &Facts<'_>,
    grid: &Grid<'_, '_>,
    (index, column): (usize, Column<'_, '_>),
    look: &Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    let number = heading(index + 1);
    let painted = look.paint.on(&number.bold());
    let authorizer = harmless(&column.view.authorizer.name.value);
    let place = place(facts, column);
    let deployment = deployment(column.view);
    let comma = if deployment.is_empty() { "" } else { ", " };
    let mut pieces = vec![(number, painted)];
    pieces.extend(words(&format!("{place} as the answer of `{authorizer}`{comma}{deployment}")));
    writeln!(out, "{}", fill(&pieces, look))?;
    writeln!(out, "{}", broken(format!("    {}", counted(&grid.counts(&[index]))), look))?;
    let views = grid.rows.iter().filter_map(|row| row.cells.get(index)).flat_map(|cell| &cell.parts);
    let torn: Vec<&RouteView<'_>> = views.map(|(_, view)| *view).filter(|view| view.outcomes.len() > 1).collect();
    let most = if look.detail == Detail::Full { torn.len() } else { MOST_EXAMPLES };
    for view in torn.iter().take(most) {
        let shown = format!("    {}: {}", harmless(&view.route.key.value.to_string()), examples(view));
        writeln!(out, "{}", broken(shown, look))?;
    }
    match torn.len().saturating_sub(most) {
        0 => Ok(()),
        more => writeln!(out, "    … and {more} more (-v shows all)"),
    }
}

fn broken(text: String, look: &Look) -> String {
    match look.lines {
        Lines::Whole => text,
        Lines::Wrapped => wrap(&text, look.width),
    }
}

/// How many routes with several outcomes are shown for each policy.
const MOST_EXAMPLES: usize = 5;

fn examples(view: &RouteView<'_>) -> String {
    let shown = |(outcome, request): &(crate::finding::OutcomeName, _)| format!("{} {request}", outcome.name());
    view.outcomes.iter().map(shown).collect::<Vec<_>>().join(", ")
}

/// The letters that occur.
fn legend(grid: &Grid<'_, '_>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let all: Vec<usize> = (0..grid.columns.len()).collect();
    for (status, _) in grid.counts(&all) {
        let meaning = format!("{}: {}", sign(status).word, sign(status).meaning);
        let dimmed = words(&meaning).into_iter().map(|(word, _)| (word.clone(), look.paint.on(&word.dimmed())));
        let pieces: Vec<_> =
            [(sign(status).letter.to_string(), letter(status, look))].into_iter().chain(dimmed).collect();
        writeln!(out, "{}", fill(&pieces, look))?;
    }
    if grid.has_blanks() {
        writeln!(out, "  {}", look.paint.on(&format!("no letter: {BLANK}").dimmed()))?;
    }
    Ok(())
}
