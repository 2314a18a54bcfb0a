//! The options that say where routes come from and what the files leave open.

use authorizer_lint::load::RoutesFormat;
use authorizer_lint::model::authorizer::ApiKind;
use authorizer_lint::model::project::Settings;
use clap::Args;
use clap::ValueEnum;
use clap::builder::PossibleValue;

use super::offers::Offers;
use super::output::no_such_format;

#[derive(Args, Debug)]
pub(crate) struct Inputs {
    /// Where routes, authorizers and cache settings come from: a file, folder or glob. Repeatable
    #[arg(short, long, value_name = "FILE", help_heading = "Routes")]
    pub(crate) routes: Vec<String>,
    /// Read the files of --routes as this format instead of detecting it
    #[arg(long, value_name = "FORMAT", help_heading = "Routes", hide_possible_values = true, value_parser = Offers::new(routes_format, routes_formats))]
    pub(crate) routes_format: Option<RoutesFormat>,
    /// The resource policy of the API
    #[arg(long, value_name = "FILE", help_heading = "Routes")]
    pub(crate) resource_policy: Option<String>,
    /// The configuration; without it, the `authorizer-lint.toml` of this folder, or of one above it in the repository
    #[arg(short, long, value_name = "FILE", env = "AUTHORIZER_LINT_CONFIG", help_heading = "Settings")]
    pub(crate) config: Option<String>,
    /// Read no configuration file
    #[arg(long, help_heading = "Settings")]
    pub(crate) no_config: bool,
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
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(0..=3600))]
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
            authorizers: Vec::new(),
        }
    }
}

fn routes_formats() -> Vec<PossibleValue> {
    RoutesFormat::all().map(|format| PossibleValue::new(format.name())).collect()
}

fn routes_format(name: &str) -> Result<RoutesFormat, String> {
    RoutesFormat::all()
        .find(|format| format.name() == name)
        .ok_or_else(|| no_such_format(name, RoutesFormat::all().map(RoutesFormat::name)))
}

fn variable(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key.to_owned(), value.to_owned())),
        _ => Err("expected KEY=VALUE".to_owned()),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Api {
    Rest,
    Http,
    Websocket,
}
