//! Whether a response is of the kind that the authorizer has to return.

use crate::model::authorizer::ApiKind;
use crate::model::authorizer::Authorizer;
use crate::model::project::Api;
use crate::model::response::Response;
use crate::model::response::Verdict;

use crate::analysis::case::Case;
use crate::analysis::case::Cases;

/// A response that its authorizer can't return.
#[derive(Clone, Copy, Debug)]
pub struct Mismatch<'p> {
    /// The API.
    pub api: &'p Api,
    /// The authorizer; the first of those whose response it can be.
    pub authorizer: &'p Authorizer,
}

/// Whether none of the authorizers whose response it can be may return it: a simple response is for an HTTP API with
/// `enableSimpleResponses`, and there a policy is none.
///
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html#http-api-lambda-authorizer.payload-format-response>
#[must_use]
pub fn mismatch<'p>(response: &Response, cases: &Cases<'_, 'p>) -> Option<Mismatch<'p>> {
    let is_wrong = |case: &Case<'_, 'p>| -> Option<Mismatch<'p>> {
        let api = case.routing.api;
        let authorizer = api.authorizers.get(case.authorizer)?;
        let is_wrong = match &response.verdict {
            Verdict::Policy(_) => api.kind == ApiKind::Http && authorizer.simple_responses == Some(true),
            Verdict::Simple(_) => authorizer.simple_responses == Some(false),
            Verdict::Thrown(_) | Verdict::Unreadable => false,
        };
        is_wrong.then_some(Mismatch { api, authorizer })
    };
    let wrong: Option<Vec<Mismatch<'p>>> = cases.list.iter().map(is_wrong).collect();
    wrong?.first().copied()
}
