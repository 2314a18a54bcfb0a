//! What a team has written down, and what of it describes nothing any more.

pub(super) mod expired_ignore;
pub(super) mod removable_baseline_entry;
pub(super) mod unused_expected_denial;
pub(super) mod unused_ignore;
