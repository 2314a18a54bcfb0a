//! The work that answers may take.

use std::cell::Cell;

/// The work that searches may do, counted in visited positions. Shared by as many searches as the caller likes.
#[derive(Debug)]
pub struct Budget {
    left: Cell<u64>,
}

/// The budget was used up: the question is not decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OverBudget;

impl Budget {
    /// A budget of this many visited positions.
    #[must_use]
    pub const fn new(positions: u64) -> Self {
        Self { left: Cell::new(positions) }
    }

    /// What is left of it.
    #[must_use]
    pub const fn left(&self) -> u64 {
        self.left.get()
    }

    /// Takes work out of the budget.
    ///
    /// # Errors
    /// [`OverBudget`] where less is left.
    pub fn spend(&self, positions: u64) -> Result<(), OverBudget> {
        let left = self.left.get().checked_sub(positions);
        self.left.set(left.unwrap_or(0));
        left.map(|_| ()).ok_or(OverBudget)
    }
}
