//! What the script of the page knows: enough to tell about every cell what a report would tell, each fact once however many cells share it.

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::analysis::Facts;
use crate::analysis::RouteView;
use crate::analysis::ScopeView;
use crate::analysis::status::Status;
use crate::finding::OutcomeName;
use crate::model::deployment::Origin;
use crate::model::route::Route;
use crate::report::harmless;
use crate::report::matrix::grid::Cell;
use crate::report::matrix::grid::Column;
use crate::report::matrix::grid::Grid;
use crate::report::matrix::policy::deployment;
use crate::report::matrix::policy::place;
use crate::report::matrix::sign::sign;
use crate::report::place::Place;
use crate::report::routes::text::describe;

#[derive(Serialize)]
pub(super) struct Data {
    statuses: Vec<StatusJson>,
    pub(super) policies: Vec<PolicyJson>,
    routes: Vec<RouteJson>,
    facts: Vec<FactJson>,
    /// For each route, for each policy: an index into `facts`.
    cells: Vec<Vec<Option<usize>>>,
}

#[derive(Serialize)]
struct StatusJson {
    name: &'static str,
    letter: char,
    word: &'static str,
    meaning: &'static str,
}

#[derive(Serialize)]
pub(super) struct PolicyJson {
    /// The file, and what tells several policies of one file apart.
    pub(super) name: String,
    /// The same without the directories that all policies have in common.
    #[serde(skip)]
    pub(super) short: String,
    pub(super) place: String,
    /// The authorizer with what makes its cache key.
    pub(super) authorizer: String,
    pub(super) deployment: String,
}

#[derive(Serialize)]
struct RouteJson {
    name: String,
    place: String,
}

#[derive(Clone, Serialize, PartialEq, Eq, Hash)]
struct FactJson {
    /// An index into `statuses`.
    status: usize,
    /// The request that shows it.
    example: Option<String>,
    parts: Vec<PartJson>,
}

#[derive(Clone, Serialize, PartialEq, Eq, Hash)]
struct PartJson {
    scope: String,
    status: usize,
    conditional: bool,
    outcomes: Vec<(&'static str, String)>,
}

impl Data {
    pub(super) fn new(facts: &Facts<'_>, grid: &Grid<'_, '_>) -> Self {
        let mut known: FxHashMap<FactJson, usize> = FxHashMap::default();
        let mut listed = Vec::new();
        let mut cells = Vec::with_capacity(grid.rows.len());
        for row in &grid.rows {
            let numbers = row.cells.iter().map(|cell| {
                let fact = fact(cell)?;
                Some(*known.entry(fact).or_insert_with_key(|fact| {
                    listed.push(fact.clone());
                    listed.len() - 1
                }))
            });
            cells.push(numbers.collect());
        }
        let mut policies: Vec<PolicyJson> = grid.columns.iter().map(|column| policy(facts, *column)).collect();
        shorten(&mut policies);
        Self {
            statuses: Status::ALL.into_iter().map(status).collect(),
            policies,
            routes: grid.rows.iter().map(|row| route(facts, row.route)).collect(),
            facts: listed,
            cells,
        }
    }

    /// As JSON that can stand inside a `script` element: without `<` nothing can end it.
    pub(super) fn embedded(&self) -> serde_json::Result<String> {
        Ok(serde_json::to_string(self)?.replace('<', "\\u003c"))
    }
}

fn status(status: Status) -> StatusJson {
    let sign = sign(status);
    StatusJson { name: status.name(), letter: sign.letter, word: sign.word, meaning: sign.meaning }
}

fn policy(facts: &Facts<'_>, column: Column<'_, '_>) -> PolicyJson {
    let span = column.policy.response.span;
    let mut name = facts.sources.get(span.source).name.clone();
    let pointer = facts.project.pointer(span);
    if !pointer.is_empty() {
        name = format!("{name} {pointer}");
    }
    if column.policy.views.len() > 1 {
        let (authorizer, stage) = (&column.view.authorizer.name.value, &column.view.deployment.stage);
        let stage = if stage.origin == Origin::Fresh { "" } else { &stage.value };
        format!("{name} {authorizer} {stage}").trim_end().clone_into(&mut name);
    }
    PolicyJson {
        name: harmless(&name).into_owned(),
        short: String::new(),
        place: place(facts, column),
        authorizer: harmless(&describe(column.view.authorizer)).into_owned(),
        deployment: deployment(column.view),
    }
}

fn shorten(policies: &mut [PolicyJson]) {
    let first = policies.first().map(|policy| policy.name.clone()).unwrap_or_default();
    let mut directories = first.match_indices('/').map(|(at, _)| at + 1).filter_map(|end| first.get(..end));
    let shared = directories.rfind(|&start| policies.iter().all(|policy| policy.name.starts_with(start)));
    let shared = shared.unwrap_or_default().to_owned();
    for policy in policies {
        policy.short = policy.name.strip_prefix(&shared).unwrap_or(&policy.name).to_owned();
    }
}

fn route(facts: &Facts<'_>, route: &Route) -> RouteJson {
    let Place { file, line, .. } = Place::new(facts.sources, route.key.span);
    RouteJson {
        name: harmless(&route.key.value.to_string()).into_owned(),
        place: harmless(&format!("{file}:{line}")).into_owned(),
    }
}

fn fact(cell: &Cell<'_, '_>) -> Option<FactJson> {
    let status = cell.status()?;
    let example = cell.parts.iter().find_map(|(_, view)| example(view, status));
    let parts = cell.parts.iter().map(|(scope, view)| part(scope, view)).collect();
    Some(FactJson { status: number(status), example, parts })
}

/// The request that shows a status best.
fn example(view: &RouteView<'_>, status: Status) -> Option<String> {
    let of = |outcome| view.outcomes.iter().find(|(known, _)| *known == outcome).map(|(_, request)| request);
    let request = match status {
        Status::Forgotten | Status::Partly => view.forgotten.as_ref(),
        Status::Allowed => of(OutcomeName::Allow),
        Status::OnPurpose | Status::Exceptions => of(OutcomeName::ExplicitDeny).or(of(OutcomeName::ImplicitDeny)),
        Status::NotShared => of(OutcomeName::ImplicitDeny),
        Status::Conditional => view.outcomes.first().map(|(_, request)| request),
        Status::Undecided | Status::NoAnswer | Status::NeverReached => None,
    };
    request.map(ToString::to_string)
}

fn part(scope: &ScopeView<'_>, view: &RouteView<'_>) -> PartJson {
    let outcomes = view.outcomes.iter().map(|(outcome, request)| (outcome.name(), request.to_string()));
    PartJson {
        scope: harmless(&scope.key).into_owned(),
        status: number(view.status),
        conditional: view.conditional,
        outcomes: outcomes.collect(),
    }
}

/// Where a status stands in the list.
fn number(status: Status) -> usize {
    Status::ALL.iter().position(|known| *known == status).unwrap_or_default()
}
