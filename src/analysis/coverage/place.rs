//! Where in a policy a shortfall is.

use crate::analysis::case::Case;
use crate::analysis::coverage::shape::Shape;
use crate::model::policy::Effect;
use crate::model::policy::Polarity;
use crate::model::policy::Policy;
use crate::source::Span;

/// The clauses of Allows: the key, and each Resource.
fn allows(policy: &Policy) -> impl Iterator<Item = (Span, Vec<Span>)> {
    let statements = policy.statements.iter().filter(|statement| {
        statement.effect == Effect::Allow
            && statement.resources.polarity == Polarity::Listed
            && statement.is_about_invoke()
    });
    statements.map(|statement| {
        let clause = &statement.resources;
        (clause.key, clause.patterns.iter().map(|text| text.span).collect())
    })
}

/// Each Resource of an Allow; the whole Allow where it has none, or is about something else; the whole policy where it has no Allow.
#[must_use]
pub fn grants(policy: &Policy) -> Vec<Span> {
    let allows = policy.statements.iter().filter(|statement| statement.effect == Effect::Allow);
    let grants: Vec<Span> = allows
        .flat_map(|statement| {
            let resources: Vec<Span> = statement.resources.patterns.iter().map(|text| text.span).collect();
            if resources.is_empty() || !statement.is_about_invoke() { vec![statement.span] } else { resources }
        })
        .collect();
    if grants.is_empty() { vec![policy.span] } else { grants }
}

/// The Resource that says too little; the clause where several do, the document where none does.
#[must_use]
pub fn place(policy: &Policy, case: &Case<'_, '_>, shape: &Shape) -> Span {
    let request = match shape {
        Shape::Echo(echo) => echo.allowed.as_ref(),
        Shape::SomeRequests(partly) | Shape::SomePattern(partly) => Some(&partly.allowed),
        Shape::WholeRoutes(_) | Shape::OnlyDenies => None,
    };
    let matching = request.zip(case.decider.as_ref()).and_then(|(request, decider)| {
        let narrow = |effect, polarity| {
            decider
                .matching(request)
                .filter(move |listed| listed.is(effect, polarity))
                .find_map(|listed| listed.statement.resources.patterns.get(listed.index).map(|text| text.span))
        };
        // What a Deny spares is the narrower one where both match.
        narrow(Effect::Deny, Polarity::Others).or_else(|| narrow(Effect::Allow, Polarity::Listed))
    });
    matching.unwrap_or_else(|| clause(policy))
}

/// The Resource of the first Allow, or its clause where there are several; the first clause, or the whole policy, where nothing is allowed.
#[must_use]
pub fn clause(policy: &Policy) -> Span {
    let allow = allows(policy).next().map(|(key, patterns)| match patterns.as_slice() {
        [only] => *only,
        _ => key,
    });
    allow.or_else(|| policy.statements.first().map(|statement| statement.resources.key)).unwrap_or(policy.span)
}
