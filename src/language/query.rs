//! Questions, and the work that answers may take.

use std::cell::Cell;

use super::Position;
use super::Program;
use super::search::Search;

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

/// A question: which is the shortest word that every required group matches and no avoided pattern does?
#[derive(Clone, Debug)]
pub struct Query<'q> {
    /// Where the patterns stand.
    pub program: &'q Program,
    /// Groups of alternatives: of each group, at least one pattern must match. At most [`Query::GROUPS`] groups.
    pub required: Vec<Vec<Position>>,
    /// Patterns that must not match.
    pub avoided: Vec<Position>,
    /// The most bytes that a word may have.
    pub longest: usize,
}

impl Query<'_> {
    /// How many required groups a search can follow; a question with more is over every budget.
    pub const GROUPS: usize = 8;

    /// The shortest word, the most readable among equally short ones; `None` proves that there is no such word.
    ///
    /// # Errors
    /// [`OverBudget`] where the search used up its budget.
    pub fn shortest(&self, budget: &Budget) -> Result<Option<Vec<u8>>, OverBudget> {
        if let Some(word) = self.least() {
            return Ok(Some(word));
        }
        let query = self.without_hopeless();
        if query.required.iter().any(Vec::is_empty) || self.avoided.iter().any(|&at| self.program.is_settled(at)) {
            return Ok(None);
        }
        if self.required.len() > Self::GROUPS {
            return Err(OverBudget);
        }
        for longest in query.horizons() {
            let mut search = Search::new(&query, longest, budget);
            if let Some(found) = search.run()? {
                return Ok(Some(search.word(found)));
            }
        }
        Ok(None)
    }

    /// Bounds on the length, each tried where the one before gave nothing. Within a near bound most positions are out of the race at once, and a
    /// word found there is the shortest of all.
    fn horizons(&self) -> impl Iterator<Item = u32> {
        let farthest = u32::try_from(self.longest).unwrap_or(u32::MAX - 1);
        let needs = |group: &Vec<Position>| group.iter().map(|&at| self.program.needs(at)).min().unwrap_or(0);
        let nearest = self.required.iter().map(needs).max().unwrap_or(0);
        let near = [nearest, nearest.saturating_add(NEAR)].into_iter().filter(move |&bound| bound < farthest);
        near.chain(std::iter::once(farthest))
    }

    /// The best example of the first pattern that must match, where it is an answer: then no search can find a better one.
    fn least(&self) -> Option<Vec<u8>> {
        let [only] = self.required.first()?.as_slice() else { return None };
        let word = self.program.least(*only).filter(|word| word.len() <= self.longest)?;
        let matches =
            |positions: &[Position]| self.program.advance(positions, &word).iter().any(|&at| self.program.accepts(at));
        let is_answer = self.required.iter().skip(1).all(|group| matches(group)) && !matches(&self.avoided);
        is_answer.then_some(word)
    }

    /// The same question without the patterns whose last bytes contradict those of a pattern that must match.
    fn without_hopeless(&self) -> Query<'_> {
        let mut query = self.clone();
        for group in &self.required {
            if let [only] = group.as_slice() {
                for positions in query.required.iter_mut().chain([&mut query.avoided]) {
                    positions.retain(|&at| !self.program.ends_apart(*only, at));
                }
            }
        }
        query
    }

    /// Whether no word answers the question.
    ///
    /// # Errors
    /// [`OverBudget`] where the search used up its budget.
    pub fn is_empty(&self, budget: &Budget) -> Result<bool, OverBudget> {
        Ok(self.shortest(budget)?.is_none())
    }
}

/// How many bytes more than the fewest possible are tried before words of any length.
const NEAR: u32 = 6;
