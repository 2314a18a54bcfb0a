//! Rows and columns of the matrix as people see it: routes down, policies across, one status where they meet.

use rustc_hash::FxHashMap;

use crate::analysis::Facts;
use crate::analysis::PolicyFacts;
use crate::analysis::RouteView;
use crate::analysis::ScopeView;
use crate::analysis::View;
use crate::analysis::status::Status;
use crate::model::route::Route;

/// The matrix.
#[derive(Debug)]
pub(super) struct Grid<'f, 'p> {
    pub(super) columns: Vec<Column<'f, 'p>>,
    /// In the order of their declaration.
    pub(super) rows: Vec<Row<'f, 'p>>,
}

/// A response as the answer of one authorizer in one deployment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column<'f, 'p> {
    pub(super) policy: &'f PolicyFacts<'p>,
    pub(super) view: &'f View<'p>,
}

/// A route, with one cell for each column.
#[derive(Debug)]
pub(super) struct Row<'f, 'p> {
    pub(super) route: &'p Route,
    pub(super) cells: Vec<Cell<'f, 'p>>,
}

/// The route in each scope that it is part of: where the key tells methods apart, an `ANY` route is part of several. Empty where the authorizer
/// does not guard it.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell<'f, 'p> {
    pub(super) parts: Vec<(&'f ScopeView<'p>, &'f RouteView<'p>)>,
}

impl<'f, 'p> Grid<'f, 'p> {
    pub(super) fn new(facts: &'f Facts<'p>) -> Self {
        let views = |policy: &'f PolicyFacts<'p>| policy.views.iter().map(move |view| Column { policy, view });
        let columns: Vec<Column<'f, 'p>> = facts.policies.iter().flat_map(views).collect();
        let mut grid = Self { rows: Vec::new(), columns };
        // Routes that a loop makes are declared at one place: the place does not tell them apart.
        let mut known: FxHashMap<*const Route, usize> = FxHashMap::default();
        for (index, column) in grid.columns.iter().enumerate() {
            for (scope, found) in column.parts() {
                let at = *known.entry(std::ptr::from_ref(found.route)).or_insert(grid.rows.len());
                if at == grid.rows.len() {
                    grid.rows.push(Row { route: found.route, cells: vec![Cell::default(); grid.columns.len()] });
                }
                if let Some(cell) = grid.rows.get_mut(at).and_then(|row| row.cells.get_mut(index)) {
                    cell.parts.push((scope, found));
                }
            }
        }
        grid.rows.sort_by_key(|row| row.route.key.span);
        grid
    }

    /// How many cells of a column have each status, in the order of concern.
    pub(super) fn counts(&self, columns: &[usize]) -> Vec<(Status, usize)> {
        let cells = self.rows.iter().flat_map(|row| columns.iter().filter_map(|&column| row.cells.get(column)));
        let statuses: Vec<Status> = cells.filter_map(Cell::status).collect();
        let counted = Status::ALL.map(|status| (status, statuses.iter().filter(|found| **found == status).count()));
        counted.into_iter().filter(|(_, number)| *number > 0).collect()
    }

    /// Whether some route is not behind the authorizer of some response.
    pub(super) fn has_blanks(&self) -> bool {
        self.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.parts.is_empty())
    }
}

impl<'f, 'p> Column<'f, 'p> {
    fn parts(self) -> impl Iterator<Item = (&'f ScopeView<'p>, &'f RouteView<'p>)> {
        self.view.scopes.iter().flat_map(|scope| scope.routes.iter().map(move |route| (scope, route)))
    }
}

impl Cell<'_, '_> {
    /// One word for all parts: what some refuse and others allow is so partly.
    pub(super) fn status(&self) -> Option<Status> {
        let statuses = || self.parts.iter().map(|(_, view)| view.status);
        let allows = statuses().any(|status| matches!(status, Status::Allowed | Status::Exceptions));
        match statuses().min()? {
            Status::Forgotten if allows => Some(Status::Partly),
            Status::OnPurpose if allows => Some(Status::Exceptions),
            worst => Some(worst),
        }
    }
}
