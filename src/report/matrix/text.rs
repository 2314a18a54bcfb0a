//! The matrix for people: routes down, policies across, and a legend.

use std::fmt::Write as _;
use std::io;
use std::io::Write;

use colored::Colorize as _;

use crate::analysis::Facts;
use crate::analysis::PolicyFacts;
use crate::analysis::RouteView;
use crate::analysis::ScopeView;
use crate::analysis::View;
use crate::finding::OutcomeName;
use crate::model::deployment::Origin;
use crate::model::route::Route;
use crate::report::Look;
use crate::report::harmless;
use crate::report::place::Place;
use crate::report::table;

/// Writes the matrix, as many policies side by side as fit.
///
/// # Errors
/// What `out` reports.
pub fn write(facts: &Facts<'_>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let columns = columns(facts);
    let routes = routes(&columns);
    if routes.is_empty() {
        return writeln!(out, "no policy meets a route: there is nothing to show");
    }
    let names = routes.iter().map(|route| route.key.value.to_string().chars().count());
    let room = look.width.saturating_sub(names.max().unwrap_or_default() + 2);
    for block in columns.chunks((room / COLUMN).max(1)) {
        table::write(&rows(&routes, block), "", out)?;
        writeln!(out)?;
    }
    for column in &columns {
        describe(facts, column, look, out)?;
    }
    writeln!(out, "\n{}", look.paint.on(&LEGEND.dimmed()))
}

/// The width of a cell and the blanks after it.
const COLUMN: usize = 8;

const LEGEND: &str = "A allowed, D explicitly denied, I implicitly denied; more than one: it depends on the request
* depends on a condition or variable, ? undecided, - no request gets here, (…) this response is no answer here
no sign: not behind the authorizer of the response";

struct Column<'f, 'p> {
    number: usize,
    policy: &'f PolicyFacts<'p>,
    view: &'f View<'p>,
}

fn columns<'f, 'p>(facts: &'f Facts<'p>) -> Vec<Column<'f, 'p>> {
    let views = |policy: &'f PolicyFacts<'p>| policy.views.iter().map(move |view| (policy, view));
    let numbered = facts.policies.iter().flat_map(views).zip(1..);
    let column = |((policy, view), number)| Column { number, policy, view };
    numbered.map(column).collect()
}

fn routes<'p>(columns: &[Column<'_, 'p>]) -> Vec<&'p Route> {
    let mut routes: Vec<&Route> = Vec::new();
    let views = columns.iter().map(|column| column.view);
    for view in views.flat_map(|view| view.scopes.iter()).flat_map(|scope| &scope.routes) {
        routes.push(view.route);
    }
    routes.sort_by_key(|route| route.key.span);
    routes.dedup_by_key(|route| route.key.span);
    routes
}

fn rows(routes: &[&Route], columns: &[Column<'_, '_>]) -> Vec<Vec<String>> {
    let mut header = vec![String::new()];
    header.extend(columns.iter().map(|column| format!("[{}]", column.number)));
    let mut rows = vec![header];
    for route in routes {
        let mut row = vec![harmless(&route.key.value.to_string()).into_owned()];
        row.extend(columns.iter().map(|column| cell(column.view, route)));
        rows.push(row);
    }
    rows
}

/// All scopes of the route: with a key that holds the method, an `ANY` route is part of several.
fn cell(view: &View<'_>, route: &Route) -> String {
    let mut cell = String::new();
    for (scope, found) in met(view, route) {
        let sign = sign(found);
        let sign = if scope.answers { sign } else { format!("({sign})") };
        if !cell.contains(&sign) {
            cell.push_str(&sign);
        }
    }
    cell
}

fn met<'f, 'p>(view: &'f View<'p>, route: &'f Route) -> impl Iterator<Item = (&'f ScopeView<'p>, &'f RouteView<'p>)> {
    let of = move |scope: &'f ScopeView<'p>| scope.routes.iter().map(move |found| (scope, found));
    let is_it = move |(_, found): &(&ScopeView<'_>, &RouteView<'_>)| found.route.key.span == route.key.span;
    view.scopes.iter().flat_map(of).filter(is_it)
}

fn sign(view: &RouteView<'_>) -> String {
    let mut sign: String = view.outcomes.iter().map(|(outcome, _)| letter(*outcome)).collect();
    if view.undecided {
        sign.push('?');
    }
    if sign.is_empty() {
        sign.push('-');
    }
    if view.conditional {
        sign.push('*');
    }
    sign
}

const fn letter(outcome: OutcomeName) -> char {
    match outcome {
        OutcomeName::Allow => 'A',
        OutcomeName::ExplicitDeny => 'D',
        OutcomeName::ImplicitDeny => 'I',
    }
}

fn describe(facts: &Facts<'_>, column: &Column<'_, '_>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let Place { file, line, .. } = Place::new(facts.sources, column.policy.response.span);
    let number = format!("[{}]", column.number);
    let authorizer = harmless(&column.view.authorizer.name.value);
    let number = look.paint.on(&number.bold());
    let place = deployment(column.view);
    writeln!(out, "{number} {}:{line} as the answer of `{authorizer}`{place}", harmless(file))?;
    for scope in column.view.scopes.iter() {
        for view in scope.routes.iter().filter(|view| view.outcomes.len() > 1) {
            writeln!(out, "    {}: {}", harmless(&view.route.key.value.to_string()), examples(view))?;
        }
    }
    Ok(())
}

fn deployment(view: &View<'_>) -> String {
    let mut text = String::new();
    for (name, component) in view.deployment.components() {
        let origin = match component.origin {
            Origin::Stated => "",
            Origin::Inferred => " (inferred)",
            Origin::Fresh => continue,
        };
        // Writing to a string does not fail.
        let _ = write!(text, ", {name} {}{origin}", harmless(&component.value));
    }
    text
}

fn examples(view: &RouteView<'_>) -> String {
    let shown = |(outcome, request): &(OutcomeName, _)| format!("{} {request}", outcome.name());
    view.outcomes.iter().map(shown).collect::<Vec<_>>().join(", ")
}
