//! `coverage`: what every policy does to every route behind its authorizer. [`crate::analysis::Facts`] enter, bytes leave.

pub mod csv;
mod data;
mod grid;
pub mod html;
pub mod json;
mod policy;
mod sign;
pub mod text;
