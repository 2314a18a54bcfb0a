//! The shape of a response and of its policy: rules that need nothing but the JSON.

pub(in crate::rules) mod action_without_invoke;
pub(in crate::rules) mod duplicate_element;
pub(in crate::rules) mod empty_resource;
pub(in crate::rules) mod invalid_effect;
pub(in crate::rules) mod invalid_input;
pub(in crate::rules) mod invalid_version;
pub(in crate::rules) mod missing_element;
pub(in crate::rules) mod nested_context;
pub(in crate::rules) mod null_condition;
pub(in crate::rules) mod principal_in_policy;
pub(in crate::rules) mod recovered_syntax;
pub(in crate::rules) mod response_kind_mismatch;
pub(in crate::rules) mod response_too_large;
pub(in crate::rules) mod stringified_policy;
pub(in crate::rules) mod unknown_element;
pub(in crate::rules) mod wrong_type;

use crate::analysis::Facts;
use crate::model::response::Defect;

/// The defects of all responses, in the order the loader met them.
fn defects<'f>(facts: &Facts<'f>) -> impl Iterator<Item = &'f Defect> {
    facts.project.responses.iter().flat_map(|response| &response.defects)
}
