//! Sets of words as regular languages, exactly, with a shortest example for every answer.
//!
//! A [`Pattern`] is a row of steps: a byte, one byte, a run of bytes. A [`Program`] holds many patterns side by side, and a set of [`Position`]s in
//! it says how far each of them has come. A [`Query`] asks for a word that some patterns must match and others must not; [`Query::shortest`] finds
//! the shortest one, or proves that there is none, or says that its [`Budget`] is used up.
//!
//! Every question of the linter is such a query: inclusion is "matched by this, by none of those", overlap is "matched by both", emptiness is
//! "matched by this". Nothing here knows what the words mean.
//!
//! The search is a breadth-first walk over the product of all patterns. What must match is followed one position at a time, as in a
//! nondeterministic automaton; what must not match is followed as a set, as in a determinized one. A state whose forbidden set includes that of a
//! state seen before can only do worse, and is dropped. So a hundred hostile patterns that must match cost the sum of their lengths, and patterns
//! that must not match cost an antichain instead of all subsets. Symbols that no pattern at hand tells apart are tried once, for the one that
//! people would rather read.

mod alphabet;
mod pattern;
mod program;
mod query;
mod search;

pub use alphabet::Alphabet;
pub use pattern::Pattern;
pub use pattern::Step;
pub use program::Position;
pub use program::Program;
pub use query::Budget;
pub use query::OverBudget;
pub use query::Query;
