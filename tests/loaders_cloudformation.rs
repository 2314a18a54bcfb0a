//! Which model comes out of a template of CloudFormation?
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads its files"
)]

mod loading;

#[test]
fn templates() {
    loading::compare_models("cloudformation");
}
