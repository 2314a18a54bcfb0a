//! What would become of responses if an authorizer that doesn't cache did.

use std::rc::Rc;

use crate::model::authorizer::Authorizer;
use crate::model::authorizer::Setting;
use crate::model::authorizer::Ttl;
use crate::model::response::Response;
use crate::model::response::Verdict;
use crate::source::Spanned;

use crate::analysis::case::Case;
use crate::analysis::case::Cases;
use crate::analysis::case::owner;
use crate::analysis::case::recorded_request;
use crate::analysis::coverage::judgements;
use crate::analysis::coverage::shortfall;
use crate::analysis::dispatch::Routing;
use crate::analysis::scope::scopes;

/// One policy in the cache of an authorizer whose TTL is 0 today.
#[derive(Clone, Debug)]
pub struct IfCached<'p> {
    /// The authorizer.
    pub authorizer: &'p Authorizer,
    /// The Resources that the policy would need; nothing where it already allows all that would share it.
    pub needed: Option<Rc<[String]>>,
}

/// Judges a response as the cached one of every authorizer with TTL 0 whose it can be.
#[must_use]
pub fn if_cached<'p>(routings: &[Routing<'p>], response: &'p Response, mut cases: Cases<'_, 'p>) -> Vec<IfCached<'p>> {
    if !matches!(response.verdict, Verdict::Policy(_)) {
        return Vec::new();
    }
    let recorded = recorded_request(response).and_then(|request| owner(routings, &request));
    let mut judged = Vec::new();
    while let Some(first) = cases.list.first() {
        let (routing, index) = (first.routing, first.authorizer);
        let is_own = |case: &Case<'_, '_>| std::ptr::eq(case.routing, routing) && case.authorizer == index;
        let (own, others): (Vec<_>, Vec<_>) = cases.list.into_iter().partition(is_own);
        cases.list = others;
        let Some(authorizer) = routing.api.authorizers.get(index).filter(|found| *found.ttl.get() == Ttl::Seconds(0))
        else {
            continue;
        };
        let list = own.into_iter().map(|case| cached(case, authorizer)).collect();
        let mut own = Cases { list, ..Cases::default() };
        match recorded {
            Some((_, _, unit)) => own.answer_scope_of(unit),
            None => own.answer_where_allowed(),
        }
        let needed = shortfall(response, &own, &judgements(response, &own))
            .map(|shortfall| shortfall.suggestion.resources.into());
        judged.push(IfCached { authorizer, needed });
    }
    judged
}

/// The case, with the scopes that requests would have.
fn cached<'r, 'p>(case: Case<'r, 'p>, authorizer: &Authorizer) -> Case<'r, 'p> {
    let ttl = Setting::Given { value: Ttl::Unknown, by: String::new() };
    let mut authorizer = Authorizer { ttl, ..authorizer.clone() };
    if authorizer.identity_sources.get().is_empty() {
        // A cache needs a key; that of the caller splits nothing.
        let [header, ..] = case.routing.api.kind.identity_source_forms();
        let value = vec![Spanned::new(header, authorizer.name.span)];
        authorizer.identity_sources = Setting::Given { value, by: String::new() };
    }
    Case { scopes: scopes(case.routing, case.authorizer, &authorizer), ..case }
}
