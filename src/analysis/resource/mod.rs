//! The Resources of a policy, each by itself: which routes it reaches, why it reaches none, what it adds to the others.

pub mod inclusion;
pub mod mismatch;
pub mod reach;
