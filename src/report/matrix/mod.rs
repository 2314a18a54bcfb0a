//! `coverage`: what every policy does to every route behind its authorizer. [`crate::analysis::Facts`] enter, bytes leave.

pub mod csv;
pub mod json;
pub mod text;
