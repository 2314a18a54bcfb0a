//! Recorded pairs of event and response: which share a cache key, and what becomes of that.

pub mod disagreement;
pub mod keyed;
