//! The shape in which a problem travels from a rule to a report.

use crate::model::route::Request;
use crate::source::Span;

/// How bad a finding is if it is true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Likely a mistake.
    Warning,
    /// Requests fail, or are let through, against the author's will.
    Error,
}

/// How sure the linter is that a finding is true: as sure as the weakest fact that it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Confidence {
    /// Inferred; never an error.
    Low,
    /// Observed, or inferred but strong.
    Medium,
    /// Documented or said by AWS.
    High,
}

impl Severity {
    /// `note`, `warning` or `error`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl Confidence {
    /// `low`, `medium` or `high`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// A place and what is to be said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// A fragment: "in this statement".
    pub text: String,
}

/// What will happen to which request, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The authorizer's name.
    pub authorizer: String,
    /// The identity sources that make up the cache key.
    pub cache_key: Vec<String>,
    /// Seconds, where known.
    pub ttl: Option<u32>,
    /// Whose word the TTL is: `stated`, `API Gateway's default`, `--ttl`.
    pub ttl_origin: String,
    /// Routes that share the cached response.
    pub routes_in_scope: usize,
    /// Of these, allowed for all of their requests.
    pub routes_allowed: usize,
    /// Of these, allowed for some of their requests.
    pub routes_partly: usize,
    /// Every request that shows a refusal, one a route (method and template).
    pub refused: Vec<Refused>,
}

/// One route that refuses, and the shortest request that shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The route as declared.
    pub route: String,
    /// The request.
    pub request: Request,
    /// What it meets.
    pub outcome: OutcomeName,
    /// Where the route was declared.
    pub declared: Span,
}

/// The outcomes of one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OutcomeName {
    /// Some Allow matches and no Deny does.
    Allow,
    /// A Deny matches.
    ExplicitDeny,
    /// Nothing matches.
    ImplicitDeny,
}

impl OutcomeName {
    /// `allow`, `explicit-deny` or `implicit-deny`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::ExplicitDeny => "explicit-deny",
            Self::ImplicitDeny => "implicit-deny",
        }
    }
}

/// One problem, at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The id of the rule.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// How sure we are.
    pub confidence: Confidence,
    /// One fact, lower case, no full stop, one line, user text in backticks.
    pub message: String,
    /// Where it is.
    pub primary: Label,
    /// Other places that matter.
    pub related: Vec<Label>,
    /// What to do.
    pub help: String,
    /// The requests that show it.
    pub evidence: Option<Evidence>,
    /// Where other rules, if they speak at all of these places, have said all there is: then this finding is dropped. None means that it stays.
    pub yields_to: Vec<Span>,
}

impl Finding {
    /// Lowers the confidence; nothing raises it. A finding of low confidence is at most a warning.
    #[must_use]
    pub fn at_most(mut self, confidence: Confidence) -> Self {
        self.confidence = self.confidence.min(confidence);
        if self.confidence == Confidence::Low {
            self.severity = self.severity.min(Severity::Warning);
        }
        self
    }

    /// Lowers the severity.
    #[must_use]
    pub fn no_worse_than(mut self, severity: Severity) -> Self {
        self.severity = self.severity.min(severity);
        self
    }

    /// Adds another place that matters.
    #[must_use]
    pub fn with_related(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push(Label { span, text: text.into() });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// Says where other findings, if there is one at each of these places, make this one needless.
    #[must_use]
    pub fn yielding_to(mut self, places: Vec<Span>) -> Self {
        self.yields_to = places;
        self
    }

    /// Shows the requests.
    #[must_use]
    pub fn with_evidence(mut self, evidence: Evidence) -> Self {
        self.evidence = Some(evidence);
        self
    }
}
