//! The options of `events`.

use std::path::PathBuf;

use clap::Args;
use clap::ValueEnum;

use super::Inputs;
use super::OUTPUT;
use super::offers::target;
use super::output::EventFormat;
use super::output::Target;

#[derive(Args, Debug)]
pub(crate) struct Events {
    /// Routes (`GET /v1/users/{id}`) or single requests (`GET /v1/users/7`); without any, all routes behind a Lambda authorizer
    #[arg(value_name = "ROUTE")]
    pub(crate) wanted: Vec<String>,
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    /// The value of every header, query string and stage variable that is an identity source, or EXPR=VALUE for one identity
    /// source; without it a placeholder stands there. Repeatable
    #[arg(long, value_name = "VALUE", help_heading = EVENTS, env = "AUTHORIZER_LINT_IDENTITY", hide_env_values = true)]
    pub(crate) identity: Vec<String>,
    /// The payload format version of an HTTP API, where its definition states none [default: 2.0]
    #[arg(long, value_name = "VERSION", help_heading = EVENTS)]
    pub(crate) payload: Option<PayloadVersion>,
    /// Write each event into a file of this folder, named after its request
    #[arg(long, value_name = "DIR", help_heading = OUTPUT, conflicts_with = "format")]
    pub(crate) output_dir: Option<PathBuf>,
    /// Let --output-dir replace files that exist
    #[arg(long, help_heading = OUTPUT, requires = "output_dir")]
    pub(crate) force: bool,
    /// json or jsonl; to standard output, or to FILE. Repeatable
    #[arg(long, value_name = "FORMAT[=FILE]", help_heading = OUTPUT, hide_possible_values = true, value_parser = target::<EventFormat>())]
    pub(crate) format: Vec<Target<EventFormat>>,
}

/// The heading of the options that say what is in an event.
const EVENTS: &str = "Events";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PayloadVersion {
    #[value(name = "1.0")]
    One,
    #[value(name = "2.0")]
    Two,
}
