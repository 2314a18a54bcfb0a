//! What a team means to deny.

use crate::model::route::RouteKey;
use crate::source::SourceId;
use crate::source::Spanned;

/// All that a team has said about its intentions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Intent {
    /// What is denied on purpose.
    pub expected_denials: Vec<ExpectedDenial>,
    /// How much of what it speaks of is at hand.
    pub extent: Extent,
}

/// How much of what a team has written about a run looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Whole,
    /// Perhaps not all, so that what describes nothing here may describe something elsewhere.
    #[default]
    Part,
}

/// Requests that a team denies on purpose, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpectedDenial {
    /// The policies that it speaks of.
    pub policies: Policies,
    /// Routes as in a route list, `DELETE /v1/{proxy+}` or `ANY /admin`, each where the configuration names it.
    pub routes: Vec<Spanned<RouteKey>>,
    /// The reason that the configuration gives.
    pub reason: String,
}

/// Policies of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Policies {
    /// Every policy.
    All,
    /// The policies of these files.
    Of(Vec<SourceId>),
}

impl ExpectedDenial {
    /// Whether it speaks of the policies of a file.
    #[must_use]
    pub fn is_about(&self, source: SourceId) -> bool {
        match &self.policies {
            Policies::All => true,
            Policies::Of(files) => files.contains(&source),
        }
    }
}
