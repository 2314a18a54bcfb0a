//! What one policy does to the routes of an API: its patterns, the algebra of its statements, the questions that are asked about every route.

pub mod asked;
pub mod decider;
pub mod decision;
pub mod expected;
pub mod outcome;
pub mod pattern;
