//! The binary: arguments in, a report and an exit code out.

mod input;

use std::process::ExitCode;

use authorizer_lint::source::Sources;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (_, errors) = input::read_policies(&mut Sources::default(), &arguments);
    ExitCode::from(if errors.is_empty() { 0 } else { 2 })
}
