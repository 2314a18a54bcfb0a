//! Does the linter decide as its definition says? One row for each sentence: routes, saved responses and options in; what each
//! route meets with its examples, and every finding with its severity, its confidence and the requests it names, out.
//!
//! Rows are texts, so that they can be read beside the definition. Whatever a row shows is replayed as well: a dispatcher and a
//! matcher of a few lines, which share no code with the linter, must come to the same outcome for every example request.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

mod deployments;
mod intent;
mod intent_of_recordings;
mod policies;
mod replay;
mod requests;
mod row;
mod scopes;
mod showcase;
mod whose;
mod written;

#[test]
fn requests_and_routes() {
    row::check(requests::ROWS);
}

#[test]
fn patterns_statements_and_outcomes() {
    row::check(policies::ROWS);
}

#[test]
fn deployments_stated_and_inferred() {
    row::check(deployments::ROWS);
}

#[test]
fn requests_that_share_a_response() {
    row::check(scopes::ROWS);
}

#[test]
fn whose_response_it_is() {
    row::check(whose::ROWS);
}

#[test]
fn what_is_said_about_a_response() {
    row::check(intent::ROWS);
}

#[test]
fn what_recorded_responses_add() {
    row::check(intent_of_recordings::ROWS);
}

#[test]
fn the_cases_that_people_meet() {
    row::check(showcase::ROWS);
}
