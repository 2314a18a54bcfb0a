//! Which model comes out of an OpenAPI document?
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads its files"
)]

mod loading;

#[test]
fn documents() {
    loading::compare_models("openapi");
}
