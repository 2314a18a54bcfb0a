//! What a team means to deny.

/// Requests that a team denies on purpose, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpectedDenial {
    /// Globs of policy files that it speaks of; none means all.
    pub policies: Vec<String>,
    /// Routes as in a route list, `DELETE /v1/{proxy+}` or `ANY /admin`.
    pub routes: Vec<crate::model::route::RouteKey>,
    /// The reason that the configuration gives.
    pub reason: String,
}

/// All that a team has said about its intentions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Intent {
    /// What is denied on purpose.
    pub expected_denials: Vec<ExpectedDenial>,
}
