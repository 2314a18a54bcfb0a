//! The configuration as it is written: the types that read `authorizer-lint.toml`, and from which its JSON Schema is derived.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

/// What may stand in `authorizer-lint.toml`. Paths and patterns start from the folder of the file.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(title = "authorizer-lint.toml"))]
pub(super) struct File {
    /// Where routes, authorizers and cache settings come from: files, folders and glob patterns.
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    pub(super) routes: Vec<Spanned<String>>,
    /// Read the files of `routes` as this format instead of detecting it.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub(super) routes_format: Option<Spanned<String>>,
    /// Saved authorizer responses: files, folders and glob patterns.
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    pub(super) policies: Vec<Spanned<String>>,
    /// The resource policy of the API.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub(super) resource_policy: Option<Spanned<String>>,
    /// The kind of API, where the definition leaves it open.
    #[cfg_attr(test, schemars(with = "Option<Api>"))]
    pub(super) api: Option<Spanned<Api>>,
    /// Where the API is deployed.
    pub(super) deployment: Deployment,
    /// Values of policy variables, such as `"aws:PrincipalTag/team" = "blue"`.
    #[cfg_attr(test, schemars(with = "BTreeMap<String, String>"))]
    pub(super) variables: BTreeMap<String, Spanned<String>>,
    /// What the definition leaves open about an authorizer, by its name, and which responses are its own.
    #[cfg_attr(test, schemars(with = "BTreeMap<String, Authorizer>"))]
    pub(super) authorizers: BTreeMap<Spanned<String>, Authorizer>,
    /// Levels of rules, by id.
    #[cfg_attr(test, schemars(with = "BTreeMap<String, Level>"))]
    pub(super) rules: BTreeMap<Spanned<String>, Level>,
    /// Run the rules that are off by default as well.
    #[cfg_attr(test, schemars(with = "Option<bool>"))]
    pub(super) pedantic: Option<Spanned<bool>>,
    /// The least severity that makes the exit code 1.
    #[cfg_attr(test, schemars(with = "Option<Threshold>"))]
    pub(super) fail_on: Option<Spanned<Threshold>>,
    /// The file of the baseline.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub(super) baseline: Option<Spanned<String>>,
    /// Requests that are refused on purpose.
    pub(super) expected_denials: Vec<ExpectedDenial>,
    /// Findings that are not to be reported.
    #[cfg_attr(test, schemars(with = "Vec<Ignore>"))]
    pub(super) ignore: Vec<Spanned<Ignore>>,
}

/// Where an API is deployed: the parts of an ARN before the method.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Deployment {
    /// `aws`, `aws-cn` or `aws-us-gov`.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub(super) partition: Option<Spanned<String>>,
    /// The region, such as `eu-west-1`.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub(super) region: Option<Spanned<String>>,
    /// The account id: twelve digits, in quotes.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub(super) account: Option<Spanned<String>>,
    /// The id of the API.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub(super) api_id: Option<Spanned<String>>,
    /// The stage.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub(super) stage: Option<Spanned<String>>,
}

/// What the definition leaves open about an authorizer, and which responses are its own.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Authorizer {
    /// Whether it is given a token or the whole request.
    #[serde(rename = "type")]
    #[cfg_attr(test, schemars(with = "Option<AuthorizerKind>"))]
    pub(super) kind: Option<Spanned<AuthorizerKind>>,
    /// How long its responses are cached, in seconds; 0 is no caching.
    #[cfg_attr(test, schemars(with = "Option<u32>", range(max = 3600)))]
    pub(super) ttl: Option<Spanned<i64>>,
    /// The mapping expressions that make up the cache key.
    #[cfg_attr(test, schemars(with = "Option<Vec<String>>"))]
    pub(super) identity_sources: Option<Spanned<Vec<Spanned<String>>>>,
    /// The version of the payload of an HTTP API.
    #[cfg_attr(test, schemars(with = "Option<Payload>"))]
    pub(super) payload: Option<Spanned<Payload>>,
    /// Whether it answers with simple responses (HTTP API, payload 2.0).
    #[cfg_attr(test, schemars(with = "Option<bool>"))]
    pub(super) simple_responses: Option<Spanned<bool>>,
    /// Its saved responses: files, folders and glob patterns.
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    pub(super) policies: Vec<Spanned<String>>,
}

/// Requests that are refused on purpose.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct ExpectedDenial {
    /// Whose policies refuse them: files, folders and glob patterns. Without it, every policy.
    #[cfg_attr(test, schemars(with = "Option<Vec<String>>"))]
    pub(super) policies: Option<Vec<Spanned<String>>>,
    /// The routes, as in a route list: `DELETE /v1/{proxy+}`, `ANY /admin`.
    #[cfg_attr(test, schemars(with = "Vec<String>", length(min = 1)))]
    pub(super) routes: Spanned<Vec<Spanned<String>>>,
    /// Why they are refused.
    #[cfg_attr(test, schemars(with = "String"))]
    pub(super) reason: Spanned<String>,
}

/// Findings that are not to be reported: those that meet all that is said here.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Ignore {
    /// The rule.
    #[cfg_attr(test, schemars(with = "String"))]
    pub(super) rule: Spanned<String>,
    /// The file in which the finding is: a path, a folder or a glob pattern.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub(super) file: Option<Spanned<String>>,
    /// The JSON Pointer of the finding, or of a value around it.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub(super) pointer: Option<Spanned<String>>,
    /// The route that the finding is about, as the definition declares it or wider: `GET /v1/{proxy+}`.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub(super) route: Option<Spanned<String>>,
    /// Why it is no mistake.
    #[cfg_attr(test, schemars(with = "String"))]
    pub(super) reason: Spanned<String>,
    /// The last day on which this holds, a TOML date.
    #[cfg_attr(test, schemars(with = "Option<String>", extend("format" = "date")))]
    pub(super) until: Option<Spanned<toml::value::Datetime>>,
}

/// The kind of an API.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) enum Api {
    Rest,
    Http,
    Websocket,
}

/// How a Lambda authorizer is called.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) enum AuthorizerKind {
    Token,
    Request,
}

/// The version of a payload.
#[derive(Clone, Copy, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) enum Payload {
    #[serde(rename = "1.0")]
    One,
    #[serde(rename = "2.0")]
    Two,
}

/// What becomes of a rule's findings.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) enum Level {
    Off,
    Note,
    Warning,
    Error,
}

/// What fails a run.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) enum Threshold {
    Never,
    Note,
    Warning,
    Error,
}
