//! A question about a policy, put to the positions of its patterns.

use crate::language::Position;

use super::decision::Compilation;
use super::decision::Constraint;
use super::decision::GroupId;

/// A question in positions: what must match, group by group, and what must not.
#[derive(Debug, Default)]
pub struct Asked {
    /// Groups of which one pattern must match.
    pub required: Vec<Vec<Position>>,
    /// Patterns that must not match.
    pub avoided: Vec<Position>,
}

impl Asked {
    /// Adds a constraint; `None` where it can't be met whatever follows. What is settled already is left out.
    #[must_use]
    pub fn with(self, compiled: &Compilation<'_>, constraint: &Constraint, front: &[Vec<Position>]) -> Option<Self> {
        let program = &compiled.program;
        let mut asked = self.with_all(constraint, front)?;
        asked.required.retain(|group| !group.iter().any(|&at| program.is_settled(at)));
        let hopeless = asked.avoided.iter().any(|&at| program.is_settled(at));
        (!hopeless).then_some(asked)
    }

    /// Adds a constraint; `None` where nothing is left that could meet it.
    pub fn with_all(mut self, constraint: &Constraint, front: &[Vec<Position>]) -> Option<Self> {
        let gather = |groups: &[GroupId]| -> Vec<Position> {
            groups.iter().filter_map(|&group| front.get(group)).flatten().copied().collect()
        };
        self.required.extend(constraint.hits.iter().map(|groups| gather(groups)));
        self.avoided.extend(gather(&constraint.avoid));
        (!self.required.iter().any(Vec::is_empty)).then_some(self)
    }
}
