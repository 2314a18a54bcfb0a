//! Reads the command line, runs one command, and turns its ending into the exit code.

mod cli;
mod commands;
mod input;

use std::process::ExitCode;

use clap::Parser as _;

use crate::cli::Cli;
use crate::commands::Console;
use crate::commands::Ending;

fn main() -> ExitCode {
    let ending = match Cli::try_parse() {
        Ok(cli) => run(&cli),
        Err(error) => {
            // Help for `| head` may find its pipe closed.
            let _ = error.print();
            if error.use_stderr() { Ending::NotDone } else { Ending::Clean }
        }
    };
    ExitCode::from(commands::exit_code(ending))
}

fn run(cli: &Cli) -> Ending {
    let console = Console::new(&cli.manners);
    commands::run(cli, &console).unwrap_or_else(|error| {
        console.complain(&format!("{error:#}"));
        Ending::NotDone
    })
}
