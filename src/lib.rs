//! Decides what one cached Lambda authorizer response does to every route of an API Gateway API.
//!
//! Six steps, one type between each pair: paths become [`source::Sources`], these a [`model::project::Project`], this
//! facts, these [`finding::Finding`]s, these a report. The library is pure: it reads no file and prints nothing.

pub mod analysis;
pub mod config;
pub mod finding;
pub mod language;
pub mod load;
pub mod masking;
pub mod model;
pub mod near;
pub mod report;
pub mod rules;
pub mod select;
pub mod source;
pub mod syntax;
