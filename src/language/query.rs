//! Questions, and what can be said about them without a search.

use super::Position;
use super::Program;

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

    /// Bounds on the length, each tried where the one before gave nothing. Within a near bound most positions are out of the race at once, and a
    /// word found there is the shortest of all.
    pub(super) fn horizons(&self) -> impl Iterator<Item = u32> {
        let farthest = u32::try_from(self.longest).unwrap_or(FARTHEST);
        let needs = |group: &Vec<Position>| group.iter().map(|&at| self.program.needs(at)).min().unwrap_or(0);
        let nearest = self.required.iter().map(needs).max().unwrap_or(0);
        let near = [nearest, nearest.saturating_add(NEAR)].into_iter().filter(move |&bound| bound < farthest);
        near.chain(std::iter::once(farthest))
    }

    /// The best example of the first pattern that must match, where it is an answer: then no search can find a better one.
    pub(super) fn least(&self) -> Option<Vec<u8>> {
        let [only] = self.required.first()?.as_slice() else { return None };
        let word = self.program.least(*only).filter(|word| word.len() <= self.longest)?;
        let matches =
            |positions: &[Position]| self.program.advance(positions, &word).iter().any(|&at| self.program.accepts(at));
        let is_answer = self.required.iter().skip(1).all(|group| matches(group)) && !matches(&self.avoided);
        is_answer.then_some(word)
    }

    /// The same question without the patterns whose last bytes contradict those of a pattern that must match.
    pub(super) fn without_hopeless(&self) -> Query<'_> {
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
}

/// How many bytes more than the fewest possible are tried before words of any length.
const NEAR: u32 = 6;

/// Farther than any word, and nearer than what no word reaches.
const FARTHEST: u32 = 0xFFFF_FFFE;
