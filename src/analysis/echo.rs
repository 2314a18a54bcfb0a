//! Responses that repeat the ARN of one request.

use crate::finding::OutcomeName;
use crate::finding::Refused;
use crate::language::OverBudget;
use crate::language::Pattern;
use crate::language::Position;
use crate::language::Query;
use crate::model::arn::ArnPattern;
use crate::model::arn::TEST_STAGES;
use crate::model::policy::Effect;
use crate::model::policy::Polarity;
use crate::model::response::Response;
use crate::model::route::Request;

use super::asked::Asked;
use super::case::Case;
use super::decider::Decider;
use super::decision::Listed;
use super::judge::Echo;
use super::judge::Judgement;
use super::judge::Proof;
use super::judge::Shape;
use super::judge::reached;
use super::outcome::request;
use super::routing::Unit;
use super::scope::Scope;

/// Whether the response repeats one request.
pub fn echo(case: &Case<'_, '_>, decider: &Decider<'_, '_>, scope: &Scope, response: &Response) -> Option<Echo> {
    let allowed = only_request(case, decider, scope);
    let allows: Vec<&Listed<'_>> = decider
        .compiled
        .listed
        .iter()
        .filter(|listed| listed.is(Effect::Allow, Polarity::Listed) && listed.text().is_some())
        .collect();
    let event = response.event.as_ref().and_then(|event| event.arn.as_ref());
    if event.is_some_and(|arn| allows.iter().any(|listed| listed.text() == Some(arn.value.as_str()))) {
        return Some(Echo { allowed, proof: Proof::Event });
    }
    if allowed.is_some() {
        return Some(Echo { allowed, proof: Proof::OnlyRequest });
    }
    match allows.as_slice() {
        [only] => {
            let arn = ArnPattern::new(only.text()?);
            let is_test = arn.tail().stage.is_some_and(|stage| TEST_STAGES.contains(&stage));
            (is_test && !arn.has_wildcard()).then_some(Echo { allowed: None, proof: Proof::TestStage })
        }
        _ => None,
    }
}

/// The one request of a scope that is allowed, where a Resource without wildcards in `METHOD/path` names it.
fn only_request(case: &Case<'_, '_>, decider: &Decider<'_, '_>, scope: &Scope) -> Option<Request> {
    let mut allowing = reached(case, scope).filter(|(_, outcome)| outcome.allow.is_some());
    let (unit, outcome) = allowing.next()?;
    let path = outcome.allow.as_ref()?;
    let request = request(unit, path);
    if allowing.next().is_some() || !decider.names(&request) {
        return None;
    }
    let another = decider.another_allowed(unit, path);
    matches!(another, Ok(None)).then_some(request)
}

/// A Deny with NotResource that spares one request of the scope: nothing is refused implicitly, and still it is an echo.
pub fn spared_by_deny(
    case: &Case<'_, '_>,
    decider: &Decider<'_, '_>,
    scope: &Scope,
    judged: &Judgement,
) -> Option<Judgement> {
    let denies = |listed: &Listed<'_>| listed.is(Effect::Deny, Polarity::Others);
    if !decider.compiled.listed.iter().any(denies) {
        return None;
    }
    let allowed = only_request(case, decider, scope)?;
    let refused: Vec<Refused> = reached(case, scope)
        .filter_map(|(unit, outcome)| {
            let route = case.routing.api.routes.get(unit.route)?;
            outcome.explicit_deny.as_ref()?;
            let path = decider.denied_unexpectedly(unit)?;
            Some(Refused {
                route: route.key.value.to_string(),
                request: request(unit, &path),
                outcome: OutcomeName::ExplicitDeny,
                declared: route.key.span,
            })
        })
        .collect();
    let shape = Shape::Echo(Echo { allowed: Some(allowed), proof: Proof::SparedByDeny });
    (!refused.is_empty()).then_some(Judgement { shape, refused, ..judged.clone() })
}

impl Decider<'_, '_> {
    /// Whether some Resource, or what a Deny spares, names a request without a wildcard in `METHOD/path`.
    fn names(&self, request: &Request) -> bool {
        let tail = request.arn_tail();
        let program = &self.compiled.program;
        let literal = |at: &Position| !program.has_wildcard(*at) && program.matches(*at, tail.as_bytes());
        self.compiled.listed.iter().any(|listed| {
            (listed.is(Effect::Allow, Polarity::Listed) || listed.is(Effect::Deny, Polarity::Others))
                && listed.at.iter().any(literal)
        })
    }

    /// A path of a unit that a Deny refuses and that nobody means to refuse; undecided is none.
    fn denied_unexpectedly(&self, unit: &Unit) -> Option<String> {
        let program = &self.compiled.program;
        for denied in self.compiled.sides.explicitly_denied() {
            let Some(asked) = Asked::default().with_all(&denied, self.front(unit.method)) else { continue };
            let mut required = asked.required;
            required.push(vec![unit.start]);
            let avoided = [unit.rivals.as_slice(), &asked.avoided, &self.expected_of(unit)].concat();
            let found = self.ask(&Query { program, required, avoided, longest: self.longest(unit) });
            if let Ok(Some(path)) = found {
                return Some(path);
            }
        }
        None
    }

    /// A request of a unit, other than one path, that is or may be allowed.
    fn another_allowed(&self, unit: &Unit, path: &str) -> Result<Option<String>, OverBudget> {
        let mut program = self.compiled.program.clone();
        let known = program.add(&Pattern::literal(path));
        self.allowed_where(unit, |asked| asked.avoided.push(known), &program)
    }
}
