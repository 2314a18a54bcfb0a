//! The commands: each calls the six steps as far as it needs them. Exit codes are decided here, in one function.

pub(crate) mod check;
pub(crate) mod coverage;
pub(crate) mod events;
mod exceptions;
pub(crate) mod explain;
mod file;
mod gather;
pub(crate) mod init;
mod interrupt;
mod output;
mod progress;
pub(crate) mod routes;
mod settings;
mod shell;
mod targets;
mod workspace;

use authorizer_lint::select::Conclusion;

pub(crate) use self::output::Console;
use crate::cli::Cli;
use crate::cli::Command;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The job is done, and there is nothing to complain about.
    Clean,
    /// Findings at or above the threshold.
    Findings,
    /// The job could not be done: usage, configuration, input, output.
    NotDone,
    /// Ctrl-C, or what else asks a program to stop, while a file was being written.
    Interrupted,
}

/// The only place that knows exit codes.
pub(crate) const fn exit_code(ending: Ending) -> u8 {
    match ending {
        Ending::Clean => 0,
        Ending::Findings => 1,
        Ending::NotDone => 2,
        // What shells report of a program that an interrupt ended: 128 and the number of the signal.
        Ending::Interrupted => 130,
    }
}

/// Runs the command that was typed.
pub(crate) fn run(cli: &Cli, console: &Console) -> anyhow::Result<Ending> {
    match &cli.command {
        Command::Check(arguments) => check::run(arguments, console),
        Command::Coverage(arguments) => coverage::run(arguments, console),
        Command::Routes(arguments) => routes::run(arguments, console),
        Command::Events(arguments) => events::run(arguments, console),
        Command::Init => init::run(console),
        Command::Explain(arguments) => explain::run(arguments, console),
        Command::Completions(arguments) => shell::completions(arguments, console),
        Command::Man(arguments) => shell::man(arguments, console),
    }
}

impl From<&Conclusion> for Ending {
    fn from(conclusion: &Conclusion) -> Self {
        match conclusion {
            Conclusion::Clean => Self::Clean,
            Conclusion::Findings => Self::Findings,
            Conclusion::NotDone(_) => Self::NotDone,
        }
    }
}

#[cfg(test)]
mod tests {
    use authorizer_lint::select::Shortfall;

    use super::*;

    #[test]
    fn every_way_to_end_has_its_code() {
        for (ending, code) in [
            (Ending::from(&Conclusion::Clean), 0),
            (Ending::from(&Conclusion::Findings), 1),
            (Ending::from(&Conclusion::NotDone(vec![Shortfall::NoPolicies])), 2),
            (Ending::from(&Conclusion::NotDone(vec![Shortfall::NoRoutes])), 2),
            (Ending::from(&Conclusion::NotDone(vec![Shortfall::Unreadable])), 2),
        ] {
            assert_eq!(exit_code(ending), code);
        }
        assert_eq!(exit_code(Ending::Interrupted), 130);
    }
}
