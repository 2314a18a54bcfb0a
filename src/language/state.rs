//! The states of a search.

use std::ops::Range;

use super::Position;
use super::query::Query;

/// One position for each required group; `DONE` once a group is matched for good, and in unused places.
pub(super) type Pins = [u32; Query::GROUPS];
pub(super) const DONE: u32 = u32::MAX;

/// A state of the product.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) pins: Pins,
    pub(super) avoided: u32,
    pub(super) inside: bool,
}

/// All nodes that one word leads to. Groups are made in the order of their words, so the first that accepts holds the answer.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) parent: usize,
    pub(super) symbol: u8,
    pub(super) depth: u32,
    pub(super) nodes: Range<usize>,
}

/// A set of positions that must not come to an end.
#[derive(Debug)]
pub(super) struct Forbidden {
    pub(super) positions: Box<[Position]>,
    pub(super) told_apart: u128,
    pub(super) accepts: bool,
}

/// Whether a sorted set is part of another.
pub(super) fn is_subset(small: &[Position], large: &[Position]) -> bool {
    let mut rest = large.iter();
    small.len() <= large.len() && small.iter().all(|wanted| rest.any(|other| other == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_compared_as_sets() {
        let set = |positions: &[u32]| positions.iter().copied().map(Position).collect::<Vec<_>>();
        for (small, large, expected) in [
            (&[][..], &[][..], true),
            (&[], &[1], true),
            (&[1], &[1], true),
            (&[1, 3], &[1, 2, 3], true),
            (&[1, 2, 3], &[1, 3], false),
            (&[2], &[1, 3], false),
        ] {
            assert_eq!(is_subset(&set(small), &set(large)), expected, "{small:?} of {large:?}");
        }
    }
}
