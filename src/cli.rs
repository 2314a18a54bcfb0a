//! The command line: what can be typed, and what of the environment counts. Turns words into the library's types and does nothing else.

use std::ffi::OsStr;
use std::path::PathBuf;

use authorizer_lint::finding::Severity;
use authorizer_lint::load::RoutesFormat;
use authorizer_lint::model::authorizer::ApiKind;
use authorizer_lint::model::project::Settings;
use authorizer_lint::report::Detail;
use authorizer_lint::report::Paint;
use authorizer_lint::rules::Level;
use authorizer_lint::select::Need;
use authorizer_lint::select::Selection;
use clap::Args;
use clap::Parser;
use clap::Subcommand;
use clap::ValueEnum;

/// Finds cached API Gateway Lambda authorizer policies that refuse the next request.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) manners: Manners,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Find problems in saved authorizer responses
    #[command(after_help = "Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 the job could not be done")]
    Check(Check),
    /// Show what each policy does to each route
    Coverage(Coverage),
    /// Show what was loaded: routes, authorizers, TTL, identity sources, cache scopes
    Routes(Routes),
    /// Explain a rule, or list all of them
    Explain(Explain),
}

#[derive(Args, Debug)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) policies: Policies,
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    /// The least severity that makes the exit code 1
    #[arg(long, value_name = "SEVERITY", default_value = "warning")]
    pub(crate) fail_on: Threshold,
    /// The least severity that is shown; never hides what fails the run
    #[arg(long, value_name = "SEVERITY", default_value = "note")]
    pub(crate) min_severity: Least,
    /// Run the rules that are off by default as well
    #[arg(long)]
    pub(crate) pedantic: bool,
    /// Go on without routes: only the rules that need none
    #[arg(long, conflicts_with = "routes")]
    pub(crate) no_routes: bool,
    /// text, concise or json; to standard output, or to FILE. Repeatable
    #[arg(long, value_name = "FORMAT[=FILE]", value_parser = Target::<CheckFormat>::parse)]
    pub(crate) format: Vec<Target<CheckFormat>>,
}

#[derive(Args, Debug)]
pub(crate) struct Coverage {
    #[command(flatten)]
    pub(crate) policies: Policies,
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    /// text, json or csv; to standard output, or to FILE. Repeatable
    #[arg(long, value_name = "FORMAT[=FILE]", value_parser = Target::<MatrixFormat>::parse)]
    pub(crate) format: Vec<Target<MatrixFormat>>,
}

#[derive(Args, Debug)]
pub(crate) struct Routes {
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    /// text or json; to standard output, or to FILE. Repeatable
    #[arg(long, value_name = "FORMAT[=FILE]", value_parser = Target::<ApiFormat>::parse)]
    pub(crate) format: Vec<Target<ApiFormat>>,
}

#[derive(Args, Debug)]
pub(crate) struct Explain {
    /// The rule; without it, the list
    pub(crate) rule: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Policies {
    /// Saved responses: files, directories, glob patterns, `-` for standard input
    #[arg(value_name = "POLICY")]
    pub(crate) paths: Vec<String>,
    /// Finding no policy is no mistake
    #[arg(long)]
    pub(crate) allow_no_inputs: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Inputs {
    /// Where routes, authorizers and cache settings come from. Repeatable
    #[arg(short, long, value_name = "FILE", help_heading = "Routes")]
    pub(crate) routes: Vec<String>,
    /// Read the files of --routes as this format instead of detecting it
    #[arg(long, value_name = "FORMAT", help_heading = "Routes", value_parser = routes_format)]
    pub(crate) routes_format: Option<RoutesFormat>,
    /// The resource policy of the API
    #[arg(long, value_name = "FILE", help_heading = "Routes")]
    pub(crate) resource_policy: Option<String>,
    #[command(flatten)]
    stated: Stated,
}

/// What the options state, in the place of a definition.
#[derive(Args, Debug)]
#[command(next_help_heading = "Settings")]
struct Stated {
    /// Whose responses these are
    #[arg(long, value_name = "NAME")]
    authorizer: Option<String>,
    /// The kind of API
    #[arg(long, value_name = "KIND")]
    api: Option<Api>,
    /// How long responses are cached
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(0..=3600))]
    ttl: Option<u32>,
    /// A mapping expression of the cache key; replaces the defined ones. Repeatable
    #[arg(long, value_name = "EXPR")]
    identity_source: Vec<String>,
    /// The partition of the deployment: aws, aws-cn, aws-us-gov
    #[arg(long)]
    partition: Option<String>,
    /// The region of the deployment
    #[arg(long)]
    region: Option<String>,
    /// The account of the deployment
    #[arg(long)]
    account: Option<String>,
    /// The API id of the deployment
    #[arg(long, value_name = "ID")]
    api_id: Option<String>,
    /// The stage of the deployment
    #[arg(long)]
    stage: Option<String>,
    /// The value of a policy variable. Repeatable
    #[arg(long, value_name = "KEY=VALUE", value_parser = variable)]
    variable: Vec<(String, String)>,
}

#[derive(Args, Debug)]
#[command(next_help_heading = "Output")]
pub(crate) struct Manners {
    /// When to colour text
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
    /// Findings only, no summary
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Every example
    #[arg(short, long, global = true)]
    verbose: bool,
}

/// One `--format`: what to write, and the file if it isn't standard output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target<F> {
    pub(crate) format: F,
    pub(crate) file: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    #[default]
    Text,
    Concise,
    Json,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum MatrixFormat {
    #[default]
    Text,
    Json,
    Csv,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ApiFormat {
    #[default]
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Threshold {
    Error,
    Warning,
    Note,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Least {
    Error,
    Warning,
    Note,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Api {
    Rest,
    Http,
    Websocket,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ColorChoice {
    Auto,
    Always,
    Never,
}

impl<F: ValueEnum> Target<F> {
    fn parse(text: &str) -> Result<Self, String> {
        let (name, file) = match text.split_once('=') {
            Some((_, "")) => return Err("there is no file after `=`".to_owned()),
            Some((name, "-")) => (name, None),
            Some((name, file)) => (name, Some(PathBuf::from(file))),
            None => (text, None),
        };
        let no_such = |_| {
            let known = F::value_variants().iter().filter_map(ValueEnum::to_possible_value);
            let known: Vec<String> = known.map(|value| value.get_name().to_owned()).collect();
            format!("no such format; there are {}", known.join(", "))
        };
        let format = F::from_str(name, false).map_err(no_such)?;
        Ok(Self { format, file })
    }
}

fn routes_format(name: &str) -> Result<RoutesFormat, String> {
    let known = || RoutesFormat::all().map(RoutesFormat::name).collect::<Vec<_>>().join(", ");
    RoutesFormat::all()
        .find(|format| format.name() == name)
        .ok_or_else(|| format!("no such format; there are {}", known()))
}

fn variable(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key.to_owned(), value.to_owned())),
        _ => Err("expected KEY=VALUE".to_owned()),
    }
}

impl Inputs {
    pub(crate) fn settings(&self) -> Settings {
        let stated = &self.stated;
        Settings {
            authorizer: stated.authorizer.clone(),
            api: stated.api.map(|api| match api {
                Api::Rest => ApiKind::Rest,
                Api::Http => ApiKind::Http,
                Api::Websocket => ApiKind::WebSocket,
            }),
            ttl: stated.ttl,
            identity_sources: stated.identity_source.clone(),
            partition: stated.partition.clone(),
            region: stated.region.clone(),
            account: stated.account.clone(),
            api_id: stated.api_id.clone(),
            stage: stated.stage.clone(),
            variables: stated.variable.clone(),
        }
    }
}

impl Check {
    pub(crate) fn selection(&self) -> Selection {
        let need = |optional| if optional { Need::Optional } else { Need::Required };
        Selection {
            fail_on: match self.fail_on {
                Threshold::Error => Some(Severity::Error),
                Threshold::Warning => Some(Severity::Warning),
                Threshold::Note => Some(Severity::Note),
                Threshold::Never => None,
            },
            min_severity: match self.min_severity {
                Least::Error => Severity::Error,
                Least::Warning => Severity::Warning,
                Least::Note => Severity::Note,
            },
            level: if self.pedantic { Level::Pedantic } else { Level::Default },
            policies: need(self.policies.allow_no_inputs),
            routes: need(self.no_routes),
        }
    }
}

impl Manners {
    pub(crate) fn detail(&self) -> Detail {
        match (self.quiet, self.verbose) {
            (true, _) => Detail::Brief,
            (_, true) => Detail::Full,
            _ => Detail::Normal,
        }
    }

    /// Whether one stream is coloured: `--color` beats `NO_COLOR`, that beats `CLICOLOR_FORCE`, that beats what the stream is.
    pub(crate) fn paint(&self, stream: Stream) -> Paint {
        let variable = |name| std::env::var_os(name);
        let is_set = |name| variable(name).is_some_and(|value| !value.is_empty());
        let is_forced = variable("CLICOLOR_FORCE").is_some_and(|value| !value.is_empty() && value != "0");
        let is_dumb = variable("TERM").as_deref() == Some(OsStr::new("dumb"));
        match self.color {
            ColorChoice::Always => Paint::Ansi,
            ColorChoice::Auto if is_set("NO_COLOR") => Paint::Plain,
            ColorChoice::Auto if is_forced || stream == Stream::Terminal && !is_dumb => Paint::Ansi,
            ColorChoice::Auto | ColorChoice::Never => Paint::Plain,
        }
    }
}

/// What is at the other end of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stream {
    Terminal,
    Other,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_arguments_are_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn formats_may_name_a_file() {
        let parse = Target::<CheckFormat>::parse;
        assert_eq!(parse("json=a=b.json").unwrap().file, Some(PathBuf::from("a=b.json")));
        assert_eq!(parse("json=-").unwrap().file, None);
        assert!(parse("json=").is_err());
        assert_eq!(parse("xml").unwrap_err(), "no such format; there are text, concise, json");
    }
}
