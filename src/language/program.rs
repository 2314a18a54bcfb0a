//! Many patterns side by side, and positions in them.

use std::sync::Arc;

use super::Alphabet;
use super::Pattern;
use super::Step;

/// How far a match has come: everything before it is matched. Positions are only meaningful in the [`Program`] that made them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position(pub(super) u32);

/// One step, bytes replaced by their ranks. A rank of a byte that is no symbol is kept: it can stand in a prefix that is stepped over as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Op {
    Byte(u8),
    One(Option<u8>),
    Run(Option<u8>),
    End,
}

/// A position from which no word can be matched any more.
const DEAD: u32 = u32::MAX;

/// Compiled patterns. Cloning a program keeps its positions valid in the clone, so that a common part is compiled once.
#[derive(Clone, Debug)]
pub struct Program {
    alphabet: Arc<Alphabet>,
    ops: Vec<Op>,
    /// For each op, the fewest symbols that lead from it to the end.
    needs: Vec<u32>,
    /// For each op, where the end of its pattern is.
    ends: Vec<u32>,
}

impl Program {
    /// A program without patterns.
    #[must_use]
    pub const fn new(alphabet: Arc<Alphabet>) -> Self {
        Self { alphabet, ops: Vec::new(), needs: Vec::new(), ends: Vec::new() }
    }

    /// The alphabet of its words.
    #[must_use]
    pub fn alphabet(&self) -> &Alphabet {
        &self.alphabet
    }

    /// Adds a pattern and returns the position before its first step.
    pub fn add(&mut self, pattern: &Pattern) -> Position {
        let start = self.ops.len();
        let rank = |byte| self.alphabet.rank(byte);
        self.ops.extend(pattern.steps().iter().map(|step| match *step {
            Step::Byte(byte) => Op::Byte(rank(byte)),
            Step::One(except) => Op::One(except.map(rank)),
            Step::Run(except) => Op::Run(except.map(rank)),
        }));
        self.ops.push(Op::End);
        self.needs.resize(self.ops.len(), 0);
        self.ends.resize(self.ops.len(), u32::try_from(self.ops.len() - 1).unwrap_or(DEAD));
        let mut need = 0_u32;
        for (op, slot) in self.ops.iter().zip(&mut self.needs).skip(start).rev() {
            need = match *op {
                Op::End => 0,
                Op::Byte(rank) if rank >= self.alphabet.size() => DEAD,
                Op::Byte(_) | Op::One(_) => need.saturating_add(1),
                Op::Run(_) => need,
            };
            *slot = need;
        }
        Position(u32::try_from(start).unwrap_or(DEAD))
    }

    /// Takes in all patterns of another program of the same alphabet. Its positions are valid here [`Position::behind`] what is returned.
    pub fn adopt(&mut self, other: &Self) -> u32 {
        let offset = u32::try_from(self.ops.len()).unwrap_or(DEAD);
        self.ops.extend_from_slice(&other.ops);
        self.needs.extend_from_slice(&other.needs);
        self.ends.extend(other.ends.iter().map(|end| end + offset));
        offset
    }

    /// Whether a text matches from a position on.
    #[must_use]
    pub fn matches(&self, from: Position, text: &[u8]) -> bool {
        self.advance(&[from], text).into_iter().any(|position| self.accepts(position))
    }

    /// Where a set of positions stands after a text; sorted, each once. The text may hold bytes that are no symbols.
    #[must_use]
    pub fn advance(&self, from: &[Position], text: &[u8]) -> Vec<Position> {
        let symbols: Vec<u8> = text.iter().map(|&byte| self.alphabet.rank(byte)).collect();
        let mut reached = Vec::new();
        // Positions that have met a run, by how much of the text is behind them: they go on together, as a set.
        let mut running = Vec::new();
        for &position in from {
            match self.advance_to_run(position, &symbols) {
                Some((at, passed)) if passed == symbols.len() => reached.push(at),
                Some((at, passed)) => running.push((passed, at)),
                None => {}
            }
        }
        running.sort_unstable();
        self.advance_running(&running, &symbols, &mut reached);
        reached.sort_unstable();
        reached.dedup();
        reached
    }

    /// The text that must come next from a position, up to the first wildcard or the end, and the position behind it.
    #[must_use]
    pub fn literal_run(&self, from: Position) -> (Vec<u8>, Position) {
        let mut text = Vec::new();
        let mut at = from;
        while let Op::Byte(rank) = self.op(at) {
            text.push(self.alphabet.byte(rank));
            at = at.next();
        }
        (text, at)
    }

    /// The best example among all texts that complete a match: the shortest, and the most readable of these. Nothing where it is no word.
    #[must_use]
    pub fn least(&self, from: Position) -> Option<Vec<u8>> {
        let mut text = Vec::new();
        let mut at = from;
        loop {
            match self.op(at) {
                Op::Byte(rank) => text.push(self.alphabet.byte(rank)),
                Op::One(except) => text.push(self.alphabet.byte(u8::from(except == Some(0)))),
                Op::Run(_) => {}
                Op::End => return self.alphabet.is_word(&text).then_some(text),
            }
            at = at.next();
        }
    }

    /// Whether the match is complete here.
    #[must_use]
    pub fn accepts(&self, at: Position) -> bool {
        self.needs(at) == 0
    }

    /// Whether the match is complete here and stays so, whatever follows.
    #[must_use]
    pub fn is_settled(&self, at: Position) -> bool {
        self.op(at) == Op::Run(None) && self.op(at.next()) == Op::End
    }

    /// Whether a wildcard stands between a position and the end.
    #[must_use]
    pub fn has_wildcard(&self, at: Position) -> bool {
        self.op(self.literal_run(at).1) != Op::End
    }

    /// Names the pattern that a position belongs to.
    #[must_use]
    pub fn pattern_of(&self, at: Position) -> usize {
        self.ends.get(at.0 as usize).map_or(0, |&end| end as usize)
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "positions are made by `add`, and only steps over ops other than the end go on"
    )]
    pub(super) fn op(&self, at: Position) -> Op {
        self.ops[at.0 as usize]
    }

    /// The fewest symbols that complete the match, or more than any word has.
    #[expect(clippy::indexing_slicing, reason = "as long as `ops`")]
    pub(super) fn needs(&self, at: Position) -> u32 {
        self.needs[at.0 as usize]
    }

    /// Whether the texts with which two matches must end contradict each other, so that no word completes both.
    pub(super) fn ends_apart(&self, left: Position, right: Position) -> bool {
        let ending = |from: Position| {
            self.ops.get(from.0 as usize..self.pattern_of(from)).unwrap_or_default().iter().rev().map_while(|op| {
                match op {
                    Op::Byte(rank) => Some(*rank),
                    _ => None,
                }
            })
        };
        ending(left).zip(ending(right)).any(|(left, right)| left != right)
    }

    /// Adds to `out` where one position stands after one symbol.
    pub(super) fn step(&self, mut at: Position, symbol: u8, out: &mut Vec<Position>) {
        loop {
            match self.op(at) {
                Op::Run(except) => {
                    if except != Some(symbol) {
                        out.push(at);
                    }
                    at = at.next();
                    continue;
                }
                Op::Byte(wanted) if wanted == symbol => out.push(at.next()),
                Op::One(except) if except != Some(symbol) => out.push(at.next()),
                Op::Byte(_) | Op::One(_) | Op::End => {}
            }
            return;
        }
    }

    /// The symbols that the step at a position, and those behind runs, tell apart from others.
    pub(super) fn told_apart(&self, mut at: Position) -> u128 {
        let bit = |rank: u8| if rank < self.alphabet.size() { 1_u128 << rank } else { 0 };
        let mut symbols = 0;
        loop {
            match self.op(at) {
                Op::Run(except) => symbols |= except.map_or(0, bit),
                Op::Byte(rank) => return symbols | bit(rank),
                Op::One(except) => return symbols | except.map_or(0, bit),
                Op::End => return symbols,
            }
            at = at.next();
        }
    }

    /// Follows the one way that a position has up to a run or the end of the text; says how much of the text is behind it then.
    fn advance_to_run(&self, mut at: Position, symbols: &[u8]) -> Option<(Position, usize)> {
        for (passed, &symbol) in symbols.iter().enumerate() {
            match self.op(at) {
                Op::Byte(wanted) if wanted == symbol => at = at.next(),
                Op::One(except) if except != Some(symbol) => at = at.next(),
                Op::Run(_) => return Some((at, passed)),
                _ => return None,
            }
        }
        Some((at, symbols.len()))
    }

    fn advance_running(&self, running: &[(usize, Position)], symbols: &[u8], reached: &mut Vec<Position>) {
        let Some(&(first, _)) = running.first() else { return };
        let mut entering = running.iter().peekable();
        let (mut set, mut next) = (Vec::new(), Vec::new());
        for (passed, &symbol) in symbols.iter().enumerate().skip(first) {
            while let Some((_, at)) = entering.next_if(|(entered, _)| *entered == passed) {
                set.push(*at);
            }
            next.clear();
            for &position in &set {
                self.step(position, symbol, &mut next);
            }
            next.sort_unstable();
            next.dedup();
            std::mem::swap(&mut set, &mut next);
        }
        reached.append(&mut set);
    }
}

impl Position {
    /// The same position in a program that has adopted its own.
    #[must_use]
    pub const fn behind(self, offset: u32) -> Self {
        Self(self.0 + offset)
    }

    pub(super) const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_run_stops_before_the_first_wildcard() {
        let mut program = Program::new(Arc::new(Alphabet::new("ab/", '/')));
        let at = program.add(&Pattern::glob("ab/*"));
        let (text, behind) = program.literal_run(at);
        assert_eq!(text, b"ab/");
        assert!(program.is_settled(behind) && !program.is_settled(at) && program.has_wildcard(at));
        assert_eq!(program.needs(at), 3);
    }

    #[test]
    fn the_best_example_of_a_pattern_needs_no_search() {
        let mut program = Program::new(Arc::new(Alphabet::new("ab/", '/')));
        for (glob, expected) in [("b*", Some("b")), ("?b", Some("ab")), ("", Some("")), ("/", None), ("{", None)] {
            let at = program.add(&Pattern::glob(glob));
            assert_eq!(program.least(at).as_deref(), expected.map(str::as_bytes), "{glob}");
        }
        let mut other_than_a = Pattern::new();
        other_than_a.push(Step::One(Some(b'a')));
        let at = program.add(&other_than_a);
        assert_eq!(program.least(at).as_deref(), Some(&b"b"[..]));
    }

    #[test]
    fn what_no_word_holds_needs_more_than_any_word_has() {
        let mut program = Program::new(Arc::new(Alphabet::new("ab/", '/')));
        let at = program.add(&Pattern::glob("a\0b"));
        assert_eq!((program.needs(at), program.needs(at.next().next())), (DEAD, 1));
    }

    #[test]
    fn every_excepted_symbol_is_told_apart() {
        let mut program = Program::new(Arc::new(Alphabet::new("ab:/", '/')));
        let mut pattern = Pattern::new();
        for except in [b':', b'/'] {
            pattern.push(Step::Run(Some(except)));
        }
        pattern.push(Step::One(Some(b':')));
        let at = program.add(&pattern);
        assert_eq!(program.told_apart(at), 0b1100);
    }

    #[test]
    fn patterns_keep_their_ends_where_they_are_adopted() {
        let alphabet = Arc::new(Alphabet::new("ab/", '/'));
        let mut own = Program::new(Arc::clone(&alphabet));
        let [first, second] = ["b*a", "b*ab"].map(|glob| own.add(&Pattern::glob(glob)));
        assert!(own.ends_apart(first, second) && !own.ends_apart(first, first));
        assert_ne!(own.pattern_of(first), own.pattern_of(second));
        let mut common = Program::new(alphabet);
        let before = common.add(&Pattern::glob("*b"));
        let offset = common.adopt(&own);
        let (first, second) = (first.behind(offset), second.behind(offset));
        assert!(common.ends_apart(before, first) && !common.ends_apart(before, second));
        assert_eq!(common.pattern_of(first), common.pattern_of(first.next()));
        assert!(common.matches(first, b"bba") && !common.matches(first, b"bab"));
    }
}
