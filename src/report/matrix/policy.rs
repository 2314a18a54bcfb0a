//! A column in words: which response it is, whose answer, in which deployment.

use std::fmt::Write as _;

use crate::analysis::Facts;
use crate::analysis::View;
use crate::analysis::status::Status;
use crate::model::deployment::Origin;
use crate::report::harmless;
use crate::report::matrix::grid::Column;
use crate::report::matrix::sign::sign;
use crate::report::place::Place;

/// `policy.json:1`
pub(super) fn place(facts: &Facts<'_>, column: Column<'_, '_>) -> String {
    let Place { file, line, .. } = Place::new(facts.sources, column.policy.response.span);
    format!("{}:{line}", harmless(file))
}

/// `partition aws (inferred), stage prod`: what is known of the deployment; empty where nothing is.
pub(super) fn deployment(view: &View<'_>) -> String {
    let mut text = String::new();
    for (name, component) in view.deployment.components() {
        let origin = match component.origin {
            Origin::Stated => "",
            Origin::Inferred => " (inferred)",
            Origin::Fresh => continue,
        };
        let comma = if text.is_empty() { "" } else { ", " };
        // Writing to a string does not fail.
        let _ = write!(text, "{comma}{name} {}{origin}", harmless(&component.value));
    }
    text
}

/// `4 forgotten, 1 allowed`
pub(super) fn counted(counts: &[(Status, usize)]) -> String {
    let shown = |(status, number): &(Status, usize)| format!("{number} {}", sign(*status).word);
    counts.iter().map(shown).collect::<Vec<_>>().join(", ")
}
