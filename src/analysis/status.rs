//! What a policy does to a route, in one word: what the cells of the matrix say.

use crate::finding::OutcomeName;

use crate::analysis::RouteView;
use crate::analysis::scope::Sharing;

/// What happens to the requests of one route while a response is kept.
///
/// The order is that of concern: where one word has to stand for several, the earliest does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// Requests that share the response are refused, and nobody means them to be; none is allowed.
    Forgotten,
    /// Some requests are allowed; others are refused, and nobody means them to be.
    Partly,
    /// It took more work than the budget allows.
    Undecided,
    /// It depends on a condition or a policy variable.
    Conditional,
    /// Every request is refused, and somebody means it: a Deny, the `NotResource` of an Allow, or an expected denial.
    OnPurpose,
    /// All requests are allowed but those that somebody means to refuse.
    Exceptions,
    /// Every request is allowed.
    Allowed,
    /// Something is refused that does not share the response: API Gateway asks the function again.
    NotShared,
    /// The response is the answer to requests that share nothing with those of this route.
    NoAnswer,
    /// No request gets to the route: others take them all, or its path holds what no path of a request does.
    NeverReached,
}

/// What a status takes from the scope that the route is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What its requests share.
    pub sharing: Sharing,
    /// Whether the response can be the answer to one of its requests.
    pub answers: bool,
}

impl Status {
    /// All of them, in the order of concern.
    pub const ALL: [Self; 10] = [
        Self::Forgotten,
        Self::Partly,
        Self::Undecided,
        Self::Conditional,
        Self::OnPurpose,
        Self::Exceptions,
        Self::Allowed,
        Self::NotShared,
        Self::NoAnswer,
        Self::NeverReached,
    ];

    /// The word that stands in reports for programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Forgotten => "forgotten",
            Self::Partly => "partly",
            Self::Undecided => "undecided",
            Self::Conditional => "conditional",
            Self::OnPurpose => "refused-on-purpose",
            Self::Exceptions => "allowed-with-exceptions",
            Self::Allowed => "allowed",
            Self::NotShared => "not-shared",
            Self::NoAnswer => "no-answer",
            Self::NeverReached => "never-reached",
        }
    }

    /// The status of a route whose outcomes are known.
    pub(super) fn of(view: &RouteView<'_>, standing: Standing) -> Self {
        let can_be = |outcome| view.outcomes.iter().any(|(known, _)| *known == outcome);
        let allows = can_be(OutcomeName::Allow);
        let is_refused_by_itself = view.left_out && standing.sharing != Sharing::Scope;
        match () {
            () if view.undecided => Self::Undecided,
            () if view.outcomes.is_empty() => Self::NeverReached,
            () if !standing.answers => Self::NoAnswer,
            () if view.forgotten.is_some() && allows => Self::Partly,
            () if view.forgotten.is_some() => Self::Forgotten,
            () if is_refused_by_itself => Self::NotShared,
            () if view.conditional => Self::Conditional,
            () if allows && view.outcomes.len() > 1 => Self::Exceptions,
            () if allows => Self::Allowed,
            () => Self::OnPurpose,
        }
    }
}
