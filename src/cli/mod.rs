//! The command line: what can be typed, and what of the environment counts. Turns words into the library's types and does nothing else.

mod decisions;
mod events;
mod examples;
mod inputs;
mod near;
mod offers;
mod output;
mod shell;

use clap::Args;
use clap::Parser;
use clap::Subcommand;

use self::offers::Offers;
use self::offers::any;
use self::offers::rules;
use self::offers::target;

pub(crate) use self::decisions::Decisions;
pub(crate) use self::events::Events;
pub(crate) use self::events::PayloadVersion;
pub(crate) use self::inputs::Inputs;
pub(crate) use self::near::nearest;
pub(crate) use self::output::ApiFormat;
pub(crate) use self::output::CheckFormat;
pub(crate) use self::output::EventFormat;
pub(crate) use self::output::Manners;
pub(crate) use self::output::MatrixFormat;
pub(crate) use self::output::Stream;
pub(crate) use self::output::Target;
pub(crate) use self::shell::Completions;
pub(crate) use self::shell::Man;

/// Finds cached API Gateway Lambda authorizer policies that refuse the next request.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, after_help = examples::ALL)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) manners: Manners,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Find problems in saved authorizer responses
    #[command(after_help = examples::CHECK)]
    Check(Check),
    /// Show what each policy does to each route
    #[command(after_help = examples::COVERAGE)]
    Coverage(Coverage),
    /// Show what was loaded: routes, authorizers, TTL, identity sources, cache scopes
    #[command(after_help = examples::ROUTES)]
    Routes(Routes),
    /// Print authorizer events to invoke a function with, one for each route
    #[command(after_help = examples::EVENTS)]
    Events(Events),
    /// Write a starter configuration for what this folder holds
    #[command(after_help = examples::INIT)]
    Init,
    /// Explain a rule, or list all of them
    #[command(after_help = examples::EXPLAIN)]
    Explain(Explain),
    /// Print a script that completes commands, options and values in a shell
    #[command(after_help = examples::COMPLETIONS)]
    Completions(Completions),
    /// Print the manual page, or write a page for each command
    #[command(after_help = examples::MAN)]
    Man(Man),
}

/// The heading of the options that choose formats.
const OUTPUT: &str = "Output";

#[derive(Args, Debug)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) policies: Policies,
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    #[command(flatten)]
    pub(crate) decisions: Decisions,
    /// Go on without routes: only the rules that need none
    #[arg(long, conflicts_with = "routes", help_heading = "Routes")]
    pub(crate) no_routes: bool,
    /// text, concise, json, jsonl, sarif, github, gitlab or junit; to standard output, or to FILE. Repeatable
    #[arg(long, value_name = "FORMAT[=FILE]", help_heading = OUTPUT, hide_possible_values = true, value_parser = target::<CheckFormat>())]
    pub(crate) format: Vec<Target<CheckFormat>>,
}

#[derive(Args, Debug)]
pub(crate) struct Coverage {
    #[command(flatten)]
    pub(crate) policies: Policies,
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    /// text, json, csv or html; to standard output, or to FILE. Repeatable
    #[arg(long, value_name = "FORMAT[=FILE]", help_heading = OUTPUT, hide_possible_values = true, value_parser = target::<MatrixFormat>())]
    pub(crate) format: Vec<Target<MatrixFormat>>,
}

#[derive(Args, Debug)]
pub(crate) struct Routes {
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    /// text or json; to standard output, or to FILE. Repeatable
    #[arg(long, value_name = "FORMAT[=FILE]", help_heading = OUTPUT, hide_possible_values = true, value_parser = target::<ApiFormat>())]
    pub(crate) format: Vec<Target<ApiFormat>>,
}

#[derive(Args, Debug)]
pub(crate) struct Explain {
    /// The rule; without it, the list
    #[arg(hide_possible_values = true, value_parser = Offers::new(any, rules))]
    pub(crate) rule: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Policies {
    /// Saved responses: files, directories, glob patterns, `-` for standard input
    #[arg(value_name = "POLICY")]
    pub(crate) paths: Vec<String>,
    /// Finding no policy is no mistake
    #[arg(long, help_heading = "Policies")]
    pub(crate) allow_no_inputs: bool,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_arguments_are_sound() {
        Cli::command().debug_assert();
    }
}
