//! The Resources of a policy, read as texts. The rules of this folder look at every Resource and NotResource of a statement
//! about invoking an API.
//!
//! The form of a WebSocket `$connect` is left out: it has a stage and a route key where the others have a method and a path.

pub(in crate::rules) mod greedy_wildcard;
pub(in crate::rules) mod incomplete_arn;
pub(in crate::rules) mod literal_route_template;
pub(in crate::rules) mod malformed_arn;
pub(in crate::rules) mod policy_variable_without_version;
pub(in crate::rules) mod redundant_resource;
pub(in crate::rules) mod resource_too_long;
pub(in crate::rules) mod shadowed_allow;
pub(in crate::rules) mod undecided_route;
pub(in crate::rules) mod unguarded_route_granted;
pub(in crate::rules) mod unknown_method;
pub(in crate::rules) mod unmatched_resource;
pub(in crate::rules) mod unsubstituted_value;
pub(in crate::rules) mod wildcard_from_request;

use crate::analysis::Facts;
use crate::model::arn::ArnPattern;
use crate::model::placeholder::Dollar;
use crate::model::placeholder::dollars;
use crate::model::placeholder::unset_values;
use crate::model::policy::Policy;
use crate::model::policy::Statement;
use crate::model::response::Response;
use crate::model::response::Verdict;
use crate::model::route::RouteKey;
use crate::model::route::Segment;
use crate::source::Span;
use crate::source::Spanned;

/// One Resource with what stands around it.
pub(in crate::rules) struct Resource<'f> {
    /// The text, and where it stands, quotes included.
    written: &'f Spanned<String>,
    /// The text, split.
    arn: ArnPattern<'f>,
    /// The policy that holds it.
    pub(in crate::rules) policy: &'f Policy,
    /// The response that holds the policy.
    response: &'f Response,
}

/// The policies of all responses.
fn policies<'f>(facts: &Facts<'f>) -> impl Iterator<Item = &'f Policy> {
    facts.project.responses.iter().filter_map(|response| match &response.verdict {
        Verdict::Policy(policy) => Some(policy),
        _ => None,
    })
}

/// Every Resource that these rules look at.
fn resources<'f>(facts: &Facts<'f>) -> impl Iterator<Item = Resource<'f>> {
    facts.project.responses.iter().flat_map(resources_of)
}

/// The Resources of one response.
pub(in crate::rules) fn resources_of(response: &Response) -> impl Iterator<Item = Resource<'_>> {
    let policy = match &response.verdict {
        Verdict::Policy(policy) => Some(policy),
        _ => None,
    };
    policy.into_iter().flat_map(move |policy| {
        policy
            .statements
            .iter()
            .filter(|statement| statement.is_about_invoke())
            .flat_map(|statement: &Statement| &statement.resources.patterns)
            .map(move |written| Resource { written, arn: ArnPattern::new(&written.value), policy, response })
            .filter(|resource| !resource.is_connect())
    })
}

impl<'f> Resource<'f> {
    /// The pattern as written.
    fn text(&self) -> &'f str {
        &self.written.value
    }

    /// Where a piece of [`Self::text`] stands; the whole Resource where escapes make the file differ from the value.
    fn span_of(&self, facts: &Facts<'_>, piece: &str) -> Span {
        let whole = self.written.span;
        let quoted = facts.sources.slice(whole);
        let verbatim = quoted.get(1..=self.text().len()) == Some(self.text());
        let offset = piece.as_ptr().addr().checked_sub(self.text().as_ptr().addr());
        match offset.and_then(|offset| u32::try_from(offset + 1).ok()) {
            Some(offset) if verbatim && !piece.is_empty() => {
                let start = whole.start + offset;
                let length = u32::try_from(piece.len()).unwrap_or(0);
                let part = Span { start, end: start + length, ..whole };
                if whole.contains(part) { part } else { whole }
            }
            _ => whole,
        }
    }

    /// Whether it names the `$connect` of a WebSocket API, which has no method:
    /// <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html>.
    fn is_connect(&self) -> bool {
        self.text().ends_with("/$connect")
    }

    /// What a program should have replaced, from left to right; with that, the rest of the ARN says nothing reliable.
    fn placeholders(&self, facts: &Facts<'_>) -> Vec<&'f str> {
        let dollars = dollars(self.text(), &facts.project.settings.variables);
        let placeholders = dollars.into_iter().filter_map(|dollar| match dollar {
            Dollar::Placeholder(written) => Some(written),
            Dollar::Variable(_) => None,
        });
        let unset = unset_values(&self.arn);
        placeholders.chain(unset.into_iter().filter(|piece| !is_literal_segment(facts, piece))).collect()
    }

    /// The first policy variable or escape.
    pub(in crate::rules) fn variable(&self, facts: &Facts<'_>) -> Option<&'f str> {
        let dollars = dollars(self.text(), &facts.project.settings.variables);
        dollars.into_iter().find_map(|dollar| match dollar {
            Dollar::Variable(written) => Some(written),
            Dollar::Placeholder(_) => None,
        })
    }
}

/// Whether some route of the project has this text as a segment of its own.
fn is_literal_segment(facts: &Facts<'_>, text: &str) -> bool {
    let mut routes = facts.project.apis.iter().flat_map(|api| &api.routes);
    routes.any(|route| match &route.key.value {
        RouteKey::Path { template, .. } => {
            template.segments.iter().any(|segment| matches!(segment, Segment::Literal(literal) if literal == text))
        }
        _ => false,
    })
}
