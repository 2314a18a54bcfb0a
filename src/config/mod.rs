//! What a team has written down: where things are, levels, expected denials, ignores. The text of `authorizer-lint.toml` enters, a [`Config`]
//! leaves, or everything that is wrong with it.
//!
//! The types of `file` are what may be written, and `schemas/config.schema.json` is derived from them; what a value means is decided in
//! `read`. Nothing here knows of the command line, which beats every setting.

mod error;
mod file;
mod file_pattern;
mod ignore;
mod inline;
mod read;
#[cfg(test)]
mod tests;
mod unknown;

use std::collections::BTreeMap;

pub use self::error::ConfigError;
pub use self::error::ConfigProblem;
pub use self::error::RouteProblem;
pub use self::file_pattern::FilePattern;
pub use self::ignore::Ignore;
pub use self::ignore::Place;
pub use self::inline::inline;
pub use self::read::parse;
use crate::finding::Severity;
use crate::load::RoutesFormat;
use crate::model::authorizer::ApiKind;
use crate::model::intent::ExpectedDenial;
use crate::model::intent::Extent;
use crate::model::intent::Intent;
use crate::model::intent::Policies;
use crate::model::project::AuthorizerSettings;
use crate::model::route::RouteKey;
use crate::rules::Chosen;
use crate::source::SourceId;
use crate::source::Sources;
use crate::source::Spanned;

/// The name of the file that is looked for.
pub const FILE_NAME: &str = "authorizer-lint.toml";

/// A configuration, every value with its place.
#[derive(Clone, Debug)]
pub struct Config {
    /// The file.
    pub source: SourceId,
    /// Where routes come from.
    pub routes: Vec<Spanned<String>>,
    /// The format of all of them.
    pub routes_format: Option<Spanned<RoutesFormat>>,
    /// Saved responses, those of single authorizers included.
    pub policies: Vec<Spanned<String>>,
    /// The resource policy of the API.
    pub resource_policy: Option<Spanned<String>>,
    /// The kind of API.
    pub api: Option<Spanned<ApiKind>>,
    /// Where the API is deployed.
    pub deployment: Deployment,
    /// Values of policy variables.
    pub variables: Vec<(String, Spanned<String>)>,
    /// What is said of single authorizers.
    pub authorizers: Vec<Authorizer>,
    /// Levels of rules.
    pub levels: BTreeMap<&'static str, Spanned<Chosen>>,
    /// Whether rules that are off by default run as well.
    pub pedantic: Option<Spanned<bool>>,
    /// The least severity that fails a run; nothing inside for `never`.
    pub fail_on: Option<Spanned<Option<Severity>>>,
    /// The file of the baseline.
    pub baseline: Option<Spanned<String>>,
    /// Requests that are refused on purpose.
    pub expected_denials: Vec<Denial>,
    /// Findings that are not to be reported.
    pub ignores: Vec<Ignore>,
}

/// The parts of an ARN before the method, as far as they are stated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deployment {
    /// `aws`, `aws-cn`, `aws-us-gov`.
    pub partition: Option<Spanned<String>>,
    /// The region.
    pub region: Option<Spanned<String>>,
    /// The account.
    pub account: Option<Spanned<String>>,
    /// The id of the API.
    pub api_id: Option<Spanned<String>>,
    /// The stage.
    pub stage: Option<Spanned<String>>,
}

/// What is said of one authorizer.
#[derive(Clone, Debug)]
pub struct Authorizer {
    /// Its settings; files are not known yet.
    pub settings: AuthorizerSettings,
    /// Whose responses are its own.
    pub policies: Vec<FilePattern>,
}

/// Requests that are refused on purpose.
#[derive(Clone, Debug)]
pub struct Denial {
    /// Whose policies refuse them; nothing for every policy.
    pub policies: Option<Vec<FilePattern>>,
    /// The routes.
    pub routes: Vec<Spanned<RouteKey>>,
    /// Why.
    pub reason: String,
}

impl Config {
    /// Says where its patterns are from the root, so that `../here/a.json`, an absolute path or one through a link mean the file that they name.
    pub fn locate(&mut self, from_root: &dyn Fn(&str) -> String) {
        let of_denials = self.expected_denials.iter_mut().filter_map(|denial| denial.policies.as_mut()).flatten();
        let of_authorizers = self.authorizers.iter_mut().flat_map(|authorizer| &mut authorizer.policies);
        let of_ignores = self.ignores.iter_mut().filter_map(|ignore| match &mut ignore.place {
            Place::File { file, .. } => file.as_mut(),
            Place::Line(_) => None,
        });
        for pattern in of_denials.chain(of_authorizers).chain(of_ignores) {
            pattern.locate(from_root);
        }
    }

    /// What the team means to deny, for the policy files of a run.
    #[must_use]
    pub fn intent(&self, sources: &Sources, policies: &[SourceId], extent: Extent) -> Intent {
        let denial = |denial: &Denial| {
            let policies = match &denial.policies {
                None => Policies::All,
                Some(patterns) => Policies::Of(matching(sources, policies, patterns)),
            };
            ExpectedDenial { policies, routes: denial.routes.clone(), reason: denial.reason.clone() }
        };
        Intent { expected_denials: self.expected_denials.iter().map(denial).collect(), extent }
    }

    /// What is said of single authorizers, with those files of a run that are theirs.
    #[must_use]
    pub fn authorizers(&self, sources: &Sources, policies: &[SourceId]) -> Vec<AuthorizerSettings> {
        let own = |authorizer: &Authorizer| AuthorizerSettings {
            policies: matching(sources, policies, &authorizer.policies),
            ..authorizer.settings.clone()
        };
        self.authorizers.iter().map(own).collect()
    }
}

fn matching(sources: &Sources, files: &[SourceId], patterns: &[FilePattern]) -> Vec<SourceId> {
    let is_meant = |id: &SourceId| patterns.iter().any(|pattern| pattern.matches(&sources.get(*id).key));
    files.iter().copied().filter(is_meant).collect()
}
