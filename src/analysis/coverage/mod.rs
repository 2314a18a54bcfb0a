//! Shortfalls: responses that, once cached, refuse requests that share them.
//!
//! A response may be the answer of several authorizers, or of several scopes. What is said must hold for all of them, and is said once.

pub mod echo;
pub mod judge;
pub mod paths;
pub mod place;
pub mod shape;
pub mod suggest;

use crate::finding::Confidence;
use crate::finding::Evidence;
use crate::finding::Severity;
use crate::model::authorizer::ApiKind;
use crate::model::authorizer::Authorizer;
use crate::model::authorizer::Split;
use crate::model::project::Api;
use crate::model::response::Response;
use crate::model::response::Verdict;
use crate::source::Span;

use crate::analysis::case::Case;
use crate::analysis::case::Cases;
use crate::analysis::coverage::judge::judge;
use crate::analysis::coverage::place::grants;
use crate::analysis::coverage::place::place;
use crate::analysis::coverage::shape::Allows;
use crate::analysis::coverage::shape::Echo;
use crate::analysis::coverage::shape::Judgement;
use crate::analysis::coverage::shape::Proof;
use crate::analysis::coverage::shape::Shape;
use crate::analysis::coverage::suggest::Suggestion;
use crate::analysis::coverage::suggest::suggest;
use crate::analysis::scope::Scope;
use crate::analysis::scope::Sharing;
use crate::analysis::scope::splits;

/// A response that refuses requests which share it.
#[derive(Clone, Debug)]
pub struct Shortfall<'p> {
    /// What is wrong.
    pub shape: Shape,
    /// The API.
    pub api: &'p Api,
    /// The authorizer whose cache it is.
    pub authorizer: &'p Authorizer,
    /// What the requests of the scope have in common.
    pub scope: String,
    /// The stage that it is about.
    pub stage: String,
    /// The Resource, clause or document at fault.
    pub at: Span,
    /// What is meant to allow something: where all of these places have findings of their own, nothing is left to say about a response that
    /// allows nothing.
    pub grants: Vec<Span>,
    /// The requests.
    pub evidence: Evidence,
    /// The most that can be said: a note where the TTL is not known.
    pub severity: Severity,
    /// How sure it is.
    pub confidence: Confidence,
    /// How sure other responses can make it.
    pub at_best: Confidence,
    /// Other authorizers and scopes whose response it can be; it falls short of them too.
    pub others: Vec<String>,
    /// What would work.
    pub suggestion: Suggestion,
    /// How often the same file holds the same policy again.
    pub repeats: usize,
}

/// What is wrong with a response in each scope of a case; nothing where it is clean, or not shared, or no answer.
pub type Judgements = Vec<Option<Judgement>>;

struct Candidate<'c, 'r, 'p> {
    cases: Vec<(&'c Case<'r, 'p>, &'c Judgements)>,
    scope: usize,
}

struct Judged<'c, 'r, 'p> {
    case: &'c Case<'r, 'p>,
    scope: &'c Scope,
    judgement: &'c Judgement,
}

/// Judges a response in every scope whose answer it can be, case by case.
#[must_use]
pub fn judgements(response: &Response, cases: &Cases<'_, '_>) -> Vec<Judgements> {
    let of_case = |case: &Case<'_, '_>| -> Judgements {
        let is_shared = case.scopes.sharing != Sharing::Nothing;
        let judge = |(scope, &answers)| if is_shared && answers { judge(case, scope, response) } else { None };
        case.scopes.scopes.iter().zip(&case.answers).map(judge).collect()
    };
    cases.list.iter().map(of_case).collect()
}

/// The shortfall of a response; nothing where it is clean, or where it is in some authorizer whose response it can be.
#[must_use]
pub fn shortfall<'p>(
    response: &'p Response,
    cases: &Cases<'_, 'p>,
    judgements: &[Judgements],
) -> Option<Shortfall<'p>> {
    let candidates = candidates(cases, judgements);
    let mut judged = Vec::with_capacity(candidates.len());
    for candidate in &candidates {
        judged.push(strongest(candidate)?);
    }
    // The first of those that allow the most: `max_by_key` would take the last.
    let best = judged.iter().rev().max_by_key(|judged| (judged.judgement.allowed, judged.judgement.partly))?;
    let others = judged
        .iter()
        .filter(|other| !std::ptr::eq(*other, best))
        .filter_map(|other| Some(format!("`{}` ({})", authorizer(other.case)?.name.value, other.scope.key)))
        .collect();
    report(response, cases, best, others)
}

/// The authorizers and scopes whose response it can be, each with all deployments.
fn candidates<'c, 'r, 'p>(cases: &'c Cases<'r, 'p>, judgements: &'c [Judgements]) -> Vec<Candidate<'c, 'r, 'p>> {
    let mut candidates: Vec<Candidate<'c, 'r, 'p>> = Vec::new();
    for (case, judged) in cases.list.iter().zip(judgements) {
        for (scope, &answers) in (0..).zip(&case.answers) {
            let known = candidates.iter_mut().find(|candidate| {
                candidate.scope == scope && candidate.cases.iter().any(|(other, _)| case.has_same_authorizer(other))
            });
            match known {
                _ if !answers => {}
                Some(candidate) => candidate.cases.push((case, judged)),
                None => candidates.push(Candidate { cases: vec![(case, judged)], scope }),
            }
        }
    }
    candidates
}

/// The strongest shortfall of a candidate. Stages have a cache each: one that fails is enough. API ids are alternatives: all must fail.
fn strongest<'c, 'r, 'p>(candidate: &Candidate<'c, 'r, 'p>) -> Option<Judged<'c, 'r, 'p>> {
    let mut by_api: Vec<(&str, Option<Judged<'c, 'r, 'p>>)> = Vec::new();
    for &(case, judgements) in &candidate.cases {
        let scope = case.scopes.scopes.get(candidate.scope)?;
        let judgement = judgements.get(candidate.scope)?.as_ref();
        let judged = judgement.map(|judgement| Judged { case, scope, judgement });
        let id = case.deployment.api.value.as_str();
        match by_api.iter_mut().find(|(known, _)| *known == id) {
            None => by_api.push((id, judged)),
            Some((_, strongest)) => {
                if judged
                    .as_ref()
                    .is_some_and(|judged| strongest.as_ref().is_none_or(|known| judged.rank() < known.rank()))
                {
                    *strongest = judged;
                }
            }
        }
    }
    let all: Option<Vec<_>> = by_api.into_iter().map(|(_, judged)| judged).collect();
    all?.into_iter().min_by_key(Judged::rank)
}

impl Judged<'_, '_, '_> {
    const fn rank(&self) -> u8 {
        self.judgement.shape.rank()
    }
}

fn authorizer<'p>(case: &Case<'_, 'p>) -> Option<&'p Authorizer> {
    case.routing.api.authorizers.get(case.authorizer)
}

fn report<'p>(
    response: &'p Response,
    cases: &Cases<'_, 'p>,
    judged: &Judged<'_, '_, 'p>,
    others: Vec<String>,
) -> Option<Shortfall<'p>> {
    let Verdict::Policy(policy) = &response.verdict else { return None };
    let Judged { case, scope, judgement } = judged;
    let authorizer = authorizer(case)?;
    let ttl = authorizer.ttl.get().seconds();
    let evidence = Evidence {
        authorizer: authorizer.name.value.clone(),
        cache_key: authorizer.identity_sources.get().iter().map(|source| source.value.clone()).collect(),
        ttl,
        ttl_origin: authorizer.ttl.origin().to_owned(),
        routes_in_scope: judgement.routes,
        routes_allowed: judgement.allowed,
        routes_partly: judgement.partly,
        refused: judgement.refused.clone(),
    };
    let (confidence, at_best) = confidence(cases, judged, authorizer);
    Some(Shortfall {
        api: case.routing.api,
        authorizer,
        scope: scope.key.clone(),
        stage: case.deployment.stage.value.clone(),
        at: place(policy, case, &judgement.shape),
        grants: grants(policy),
        evidence,
        severity: if ttl.is_none() { Severity::Note } else { Severity::Error },
        confidence,
        at_best,
        others,
        suggestion: suggest(case, scope),
        repeats: 0,
        shape: judgement.shape.clone(),
    })
}

/// How sure it is, and how sure it can become.
fn confidence(cases: &Cases<'_, '_>, judged: &Judged<'_, '_, '_>, authorizer: &Authorizer) -> (Confidence, Confidence) {
    let case = judged.case;
    let splits = splits(case.routing.api.kind, authorizer);
    // Each stage has a cache of its own; API ids are alternatives, and what holds in all of them is no less sure.
    let is_another = |other: &&Case<'_, '_>| {
        case.has_same_authorizer(other)
            && case.deployment.api.value == other.deployment.api.value
            && case.deployment != other.deployment
    };
    let several_stages = cases.list.iter().any(|other| is_another(&other));
    // That routeKey leaves the requests of a route together is inferred from its definition; so is what the REST variables split.
    let inferred_key =
        splits.contains(&Split::Route) || (case.routing.api.kind == ApiKind::Rest && case.scopes.scopes.len() > 1);
    let shape = match &judged.judgement.shape {
        Shape::Echo(Echo { proof: Proof::Event, .. }) | Shape::SomeRequests(_) | Shape::WholeRoutes(_) => {
            Confidence::High
        }
        _ => Confidence::Medium,
    };
    let doubtful = cases.is_doubtful() || several_stages || inferred_key;
    if doubtful { (shape.min(Confidence::Medium), Confidence::Medium) } else { (shape, Confidence::High) }
}

/// Two responses that each allow one different request show that the Resource follows the request: the echo is sure.
pub fn confirm_echoes<'s, 'p: 's>(shortfalls: impl Iterator<Item = &'s mut Shortfall<'p>>) {
    let mut echoes: Vec<&mut Shortfall<'p>> = shortfalls.filter(|shortfall| shortfall.echoed().is_some()).collect();
    let seen: Vec<(String, String)> = echoes.iter().filter_map(|shortfall| shortfall.echoed()).collect();
    for shortfall in &mut echoes {
        let Some((authorizer, request)) = shortfall.echoed() else { continue };
        if seen.iter().any(|(of, other)| *of == authorizer && *other != request) {
            shortfall.confidence = shortfall.at_best;
        }
    }
}

impl Shortfall<'_> {
    /// The authorizer and the one request that is allowed.
    fn echoed(&self) -> Option<(String, String)> {
        match &self.shape {
            Shape::Echo(Echo { allowed: Some(request), .. }) => Some((self.authorizer.id.clone(), request.to_string())),
            _ => None,
        }
    }

    /// Whether the response allows no request of the scope at all.
    #[must_use]
    pub const fn allows_nothing(&self) -> bool {
        matches!(self.shape, Shape::WholeRoutes(Allows::Nothing))
    }
}
