//! Requests that a response leaves out and the API's resource policy allows: in one account an Allow of either is enough, as long as neither
//! denies explicitly.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html>

use crate::language::Position;
use crate::model::authorizer::Authorizer;
use crate::model::policy::Effect;
use crate::model::policy::Polarity;
use crate::model::policy::Policy;
use crate::model::project::Project;
use crate::model::response::Response;
use crate::model::response::Verdict;
use crate::model::route::Request;
use crate::source::Span;

use crate::analysis::case::Case;
use crate::analysis::case::Cases;
use crate::analysis::coverage::place::clause;
use crate::analysis::decide::decider::Decider;
use crate::analysis::decide::decider::method_text;
use crate::analysis::decide::decider::reading;
use crate::analysis::decide::decision::Compilation;
use crate::analysis::decide::decision::Constraint;
use crate::analysis::decide::outcome::request;
use crate::analysis::decide::pattern::Certainty;
use crate::analysis::decide::pattern::Owner;
use crate::analysis::dispatch::Unit;
use crate::analysis::scope::Sharing;

/// How the resource policy of an API decides otherwise than a response.
#[derive(Debug)]
pub struct Overruled<'p> {
    /// Where the response says too little.
    pub at: Span,
    /// Whose response it is.
    pub authorizer: &'p Authorizer,
    /// The shortest request that only the resource policy allows.
    pub request: Request,
    /// On how many routes there is such a request.
    pub routes: usize,
    /// The statement that allows it.
    pub by: Span,
    /// Whether it is allowed in any case.
    pub certainty: Certainty,
    /// Whether the response can be that of several authorizers or scopes.
    pub is_doubtful: bool,
}

/// What every case of a response whose answer is looked for has in common; nothing where one of them has nothing overruled.
#[must_use]
pub fn overruled<'p>(project: &'p Project, response: &'p Response, cases: &Cases<'_, 'p>) -> Option<Overruled<'p>> {
    let Verdict::Policy(policy) = &response.verdict else { return None };
    let answering = cases.list.iter().filter(|case| case.answers.contains(&true));
    let found: Option<Vec<Overruled<'p>>> = answering.map(|case| of_case(project, policy, case)).collect();
    let first = found?.into_iter().next()?;
    Some(Overruled { is_doubtful: cases.is_doubtful(), ..first })
}

fn of_case<'p>(project: &'p Project, policy: &'p Policy, case: &Case<'_, 'p>) -> Option<Overruled<'p>> {
    let api = case.routing.api;
    let (Some(resource_policy), Some(decider)) = (&api.resource_policy, &case.decider) else { return None };
    let read = |policy, owner| reading(project, policy, &case.deployment, owner);
    let mut own = Compilation::new(case.routing.program.clone(), policy, read(policy, Owner::Authorizer));
    own.advance(&case.deployment.arn_prefix());
    let (joint, groups) = decider.compiled.joined(&own);
    let question =
        Question { decider, joint, left_out: own.sides.surely_refused(), allowed: own.sides.allowed(), groups };
    let scopes = case.scopes.scopes.iter().zip(&case.answers).filter(|(_, answers)| **answers);
    let units = scopes.flat_map(|(scope, _)| &scope.units).filter_map(|&at| case.routing.units.get(at));
    let units: Vec<&Unit> = units.filter(|unit| unit.example.is_some()).collect();
    // Where other requests get responses of their own, what this one leaves out tells something only if it allows nothing.
    if case.scopes.sharing != Sharing::Scope && units.iter().any(|unit| question.allows(unit)) {
        return None;
    }
    let mut routes: Vec<usize> = Vec::new();
    let mut shortest: Option<(&Unit, String)> = None;
    for unit in units {
        let Some(path) = question.overruled(unit, &decider.compiled.sides.allowed()) else { continue };
        if routes.last() != Some(&unit.route) {
            routes.push(unit.route);
        }
        if shortest.as_ref().is_none_or(|(_, known)| path.len() < known.len()) {
            shortest = Some((unit, path));
        }
    }
    let (unit, path) = shortest?;
    let is_sure = question.overruled(unit, &decider.compiled.sides.surely_allowed()).is_some();
    let request = request(unit, &path);
    let compiled = Compilation::new(case.routing.program.clone(), resource_policy, read(resource_policy, Owner::Api));
    Some(Overruled {
        at: clause(policy),
        authorizer: api.authorizers.get(case.authorizer)?,
        routes: routes.len(),
        by: allowing(compiled, &case.deployment.arn_prefix(), &request).unwrap_or(resource_policy.span),
        request,
        certainty: if is_sure { Certainty::Sure } else { Certainty::Maybe },
        is_doubtful: false,
    })
}

/// The response's own policy beside the joint decision, in one program.
struct Question<'a, 'r, 'p> {
    decider: &'a Decider<'r, 'p>,
    joint: Compilation<'p>,
    /// What the response itself surely leaves out.
    left_out: Vec<Constraint>,
    /// What the response itself allows, or may allow.
    allowed: Vec<Constraint>,
    /// The groups of the response's own policy.
    groups: Vec<Vec<Position>>,
}

impl Question<'_, '_, '_> {
    fn allows(&self, unit: &Unit) -> bool {
        self.ask(unit, &self.allowed, &[Constraint::default()]).is_some()
    }

    /// The shortest path that the response leaves out, and that meets one of the joint constraints.
    fn overruled(&self, unit: &Unit, joint: &[Constraint]) -> Option<String> {
        self.ask(unit, &self.left_out, joint)
    }

    fn ask(&self, unit: &Unit, own: &[Constraint], joint: &[Constraint]) -> Option<String> {
        let method = method_text(unit.method);
        let advance = |group: &Vec<Position>| self.joint.program.advance(group, method.as_bytes());
        let own_front: Vec<_> = self.groups.iter().map(advance).collect();
        let front = self.decider.front(unit.method);
        let pairs = own.iter().flat_map(|own| joint.iter().map(move |joint| (own, joint)));
        let answers = pairs.filter_map(|(own, joint)| {
            let path = self.decider.path_where(unit, &self.joint.program, &[(own, &own_front), (joint, front)]);
            path.ok().flatten()
        });
        answers.min_by_key(String::len)
    }
}

/// The Allow that matches a request: its Resource, or the statement.
fn allowing(mut compiled: Compilation<'_>, prefix: &str, request: &Request) -> Option<Span> {
    compiled.advance(prefix);
    let tail = request.arn_tail();
    let program = &compiled.program;
    let matches = |at: &[Position]| program.advance(at, tail.as_bytes()).iter().any(|&at| program.accepts(at));
    let mut listed = compiled.listed.iter().filter(|listed| listed.is(Effect::Allow, Polarity::Listed));
    let found = listed.find(|listed| matches(&listed.at));
    found.and_then(|listed| listed.statement.resources.patterns.get(listed.index)).map(|text| text.span)
}
