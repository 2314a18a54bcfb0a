//! What one policy does to each method of each route of an API, decided exactly.

use crate::language::Budget;
use crate::language::OverBudget;
use crate::language::Position;
use crate::language::Program;
use crate::language::Query;
use crate::model::deployment::Deployment;
use crate::model::policy::Policy;
use crate::model::project::Project;
use crate::model::route::Method;
use crate::model::route::Methods;
use crate::model::route::Request;
use crate::model::route::RouteKey;

use super::decision::Compilation;
use super::decision::Constraint;
use super::decision::GroupId;
use super::decision::Listed;
use super::pattern::Certainty;
use super::pattern::Reading;
use super::pattern::Variables;
use super::routing::LONGEST_ARN;
use super::routing::Routing;
use super::routing::Unit;
use super::routing::template_pattern;

/// The work for one question about one route, in visited positions.
const QUESTION: u64 = 8_000_000;

/// The work for all questions about one policy in one deployment, in visited positions.
const POLICY: u64 = 150_000_000;

/// What can happen to the requests of one method of a route. Each path is the shortest that shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitOutcome {
    /// A path that is, or may be, allowed.
    pub allow: Option<String>,
    /// A path that is, or may be, denied by a Deny.
    pub explicit_deny: Option<String>,
    /// A path that is, or may be, refused because nothing matches.
    pub implicit_deny: Option<String>,
    /// A path that is surely refused because nothing matches, and that nobody means to refuse.
    pub refused: Option<String>,
    /// Whether some outcome depends on a condition or a variable.
    pub conditional: bool,
    /// Whether a question went over its budget.
    pub undecided: bool,
}

/// The questions that are asked about every unit, written down once.
#[derive(Debug)]
struct Questions {
    allowed: Vec<Constraint>,
    denied: Vec<Constraint>,
    left_out: Vec<Constraint>,
    refused: Vec<Constraint>,
    conditional: Vec<Constraint>,
}

impl Questions {
    fn new(compiled: &Compilation<'_>) -> Self {
        let sides = &compiled.sides;
        Self {
            allowed: sides.allowed(),
            denied: sides.explicitly_denied(),
            left_out: sides.implicitly_denied(),
            refused: sides.surely_refused(),
            conditional: sides.conditional(),
        }
    }
}

/// The positions of each group behind what all requests at hand share.
pub type Front = Vec<Vec<Position>>;

/// A policy, ready to be asked about the routes of an API in one deployment.
#[derive(Debug)]
pub struct Decider<'r, 'p> {
    /// The routes.
    pub routing: &'r Routing<'p>,
    /// The statements.
    pub compiled: Compilation<'p>,
    questions: Questions,
    leaves_out_by_name: bool,
    fronts: Vec<(Option<Method>, Front)>,
    expected: Vec<(Methods, Position)>,
    prefix: usize,
    budget: Budget,
}

impl<'r, 'p> Decider<'r, 'p> {
    /// Compiles a policy for a deployment.
    #[must_use]
    pub fn new(routing: &'r Routing<'p>, project: &'p Project, policy: &'p Policy, deployment: &Deployment) -> Self {
        let read = |policy: &Policy| Reading {
            variables: if policy.has_variables() {
                Variables::Substituted(&project.settings.variables)
            } else {
                Variables::Literal
            },
            deployment: Some(deployment),
        };
        let mut compiled = Compilation::new(routing.program.clone(), policy, read(policy));
        let leaves_out_by_name = compiled.sides.allow_wide.has_complement();
        if let Some(resource_policy) = &routing.api.resource_policy {
            compiled.add(resource_policy, read(resource_policy));
        }
        let prefix = deployment.arn_prefix();
        compiled.advance(&prefix);
        let expected = expected_denials(project, &mut compiled);
        let mut decider = Self {
            routing,
            questions: Questions::new(&compiled),
            compiled,
            leaves_out_by_name,
            fronts: Vec::new(),
            expected,
            prefix: prefix.len(),
            budget: Budget::new(POLICY),
        };
        for unit in &routing.units {
            if !decider.fronts.iter().any(|(method, _)| *method == unit.method) {
                let front = decider.advance(&decider.compiled.groups, &method_text(unit.method));
                decider.fronts.push((unit.method, front));
            }
        }
        decider
    }

    /// Everything that can happen to the requests of a unit.
    pub fn decide(&self, unit: &Unit) -> UnitOutcome {
        let mut outcome = UnitOutcome::default();
        if unit.example.as_ref().is_none_or(|example| example.len() > self.longest(unit)) {
            return outcome;
        }
        let front = self.advance(self.front(unit.method), &unit.literal);
        let Questions { allowed, denied, left_out, refused: surely_refused, conditional } = &self.questions;
        let mut ask = |questions: &[Constraint], unexpected: bool| {
            self.best(unit, &front, questions, unexpected).unwrap_or_else(|OverBudget| {
                outcome.undecided = true;
                None
            })
        };
        let allow = ask(allowed, false);
        let explicit_deny = ask(denied, false);
        let implicit_deny = ask(left_out, false);
        let sure = self.compiled.certainty == Certainty::Sure;
        let refused = match &implicit_deny {
            // What the NotResource of an Allow leaves out by name is meant to be refused; that of the API speaks of no caller.
            _ if self.leaves_out_by_name => None,
            None => None,
            Some(path) if sure && self.expected.is_empty() => Some(path.clone()),
            Some(_) => ask(surely_refused, true),
        };
        let conditional = !sure && ask(conditional, false).is_some();
        UnitOutcome { allow, explicit_deny, implicit_deny, refused, conditional, undecided: outcome.undecided }
    }

    /// The best answer to any of several questions.
    fn best(
        &self,
        unit: &Unit,
        front: &[Vec<Position>],
        questions: &[Constraint],
        unexpected: bool,
    ) -> Result<Option<String>, OverBudget> {
        let alphabet = self.compiled.program.alphabet();
        let mut best: Option<String> = None;
        for question in questions {
            let asked = Asked { required: Vec::new(), avoided: self.expected_positions(unit, unexpected) };
            let Some(asked) = asked.with(&self.compiled, question, front) else {
                continue;
            };
            if let Some(path) = self.answer(unit, asked)?
                && best.as_ref().is_none_or(|best| alphabet.compare(path.as_bytes(), best.as_bytes()).is_lt())
            {
                best = Some(path);
            }
        }
        Ok(best)
    }

    fn answer(&self, unit: &Unit, asked: Asked) -> Result<Option<String>, OverBudget> {
        let program = &self.compiled.program;
        if asked.required.is_empty() && asked.avoided.is_empty() {
            return Ok(unit.example.clone());
        }
        if unit.is_static(program) {
            let hit = asked.required.iter().all(|group| group.iter().any(|&at| program.accepts(at)));
            let avoided = !asked.avoided.iter().any(|&at| program.accepts(at));
            return Ok((hit && avoided).then(|| unit.literal.clone()));
        }
        let mut required = vec![vec![unit.rest]];
        required.extend(asked.required);
        let avoided = [unit.taken.as_slice(), &asked.avoided].concat();
        let longest = self.longest(unit).saturating_sub(unit.literal.len());
        let found = self.ask(&Query { program, required, avoided, longest })?;
        Ok(found.map(|rest| format!("{}{rest}", unit.literal)))
    }

    /// Asks within the budget of one question and of the whole policy.
    ///
    /// # Errors
    /// [`OverBudget`]
    pub fn ask(&self, query: &Query<'_>) -> Result<Option<String>, OverBudget> {
        let budget = Budget::new(QUESTION.min(self.budget.left()));
        let granted = budget.left();
        let found = query.shortest(&budget);
        self.budget.spend(granted - budget.left())?;
        Ok(found?.map(|path| String::from_utf8_lossy(&path).into_owned()))
    }

    /// The Resources, and what Denies spare, that match a request.
    pub fn matching<'d>(&'d self, request: &Request) -> impl Iterator<Item = &'d Listed<'d>> {
        let tail = request.arn_tail();
        let program = &self.compiled.program;
        let hit = move |listed: &&Listed<'_>| {
            program.advance(&listed.at, tail.as_bytes()).iter().any(|&at| program.accepts(at))
        };
        self.compiled.listed.iter().filter(hit)
    }

    /// A path of a unit that is or may be allowed, after a change to the question.
    ///
    /// # Errors
    /// [`OverBudget`]
    pub fn allowed_where(
        &self,
        unit: &Unit,
        change: impl Fn(&mut Asked),
        program: &Program,
    ) -> Result<Option<String>, OverBudget> {
        let front = self.front(unit.method);
        for question in &self.questions.allowed {
            let Some(mut asked) = Asked::default().with_all(question, front) else { continue };
            change(&mut asked);
            let mut required = asked.required;
            required.push(vec![unit.start]);
            let avoided = [unit.rivals.as_slice(), &asked.avoided].concat();
            let found = self.ask(&Query { program, required, avoided, longest: self.longest(unit) })?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// Where every group stands behind `METHOD/`.
    pub fn front(&self, method: Option<Method>) -> &[Vec<Position>] {
        self.fronts.iter().find(|(known, _)| *known == method).map_or(&[], |(_, front)| front)
    }

    /// The most bytes that a path of a unit has in this deployment.
    pub fn longest(&self, unit: &Unit) -> usize {
        LONGEST_ARN.saturating_sub(self.prefix + method_text(unit.method).len())
    }

    /// Steps groups over a text.
    pub fn advance(&self, front: &[Vec<Position>], text: &str) -> Front {
        front.iter().map(|group| self.compiled.program.advance(group, text.as_bytes())).collect()
    }

    /// Where the expected denials of a unit stand behind its literal text.
    fn expected_positions(&self, unit: &Unit, unexpected: bool) -> Vec<Position> {
        let starts = if unexpected { self.expected_of(unit) } else { Vec::new() };
        self.compiled.program.advance(&starts, unit.literal.as_bytes())
    }

    /// The expected denials of the unit's method, before their first step.
    pub fn expected_of(&self, unit: &Unit) -> Vec<Position> {
        let of_method = |methods: &Methods| unit.method.is_none_or(|method| methods.contains(method));
        self.expected.iter().filter(|(methods, _)| of_method(methods)).map(|(_, at)| *at).collect()
    }

    /// Of some positions behind `METHOD/`, those of patterns with a wildcard in `METHOD/path`.
    pub fn behind_wildcards(&self, positions: &[Position], method: Option<Method>) -> Vec<Position> {
        let program = &self.compiled.program;
        let before = self.compiled.groups.iter().flatten().copied();
        let wild: Vec<Position> = before.filter(|&at| program.has_wildcard(at)).collect();
        let wild = program.advance(&wild, method_text(method).as_bytes());
        positions.iter().copied().filter(|at| wild.contains(at)).collect()
    }
}

/// A question in positions: what must match, group by group, and what must not.
#[derive(Debug, Default)]
pub struct Asked {
    /// Groups of which one pattern must match.
    pub required: Vec<Vec<Position>>,
    /// Patterns that must not match.
    pub avoided: Vec<Position>,
}

impl Asked {
    /// Adds a constraint; `None` where it can't be met whatever follows. What is settled already is left out.
    #[must_use]
    pub fn with(self, compiled: &Compilation<'_>, constraint: &Constraint, front: &[Vec<Position>]) -> Option<Self> {
        let program = &compiled.program;
        let mut asked = self.with_all(constraint, front)?;
        asked.required.retain(|group| !group.iter().any(|&at| program.is_settled(at)));
        let hopeless = asked.avoided.iter().any(|&at| program.is_settled(at));
        (!hopeless).then_some(asked)
    }

    /// Adds a constraint; `None` where nothing is left that could meet it.
    pub fn with_all(mut self, constraint: &Constraint, front: &[Vec<Position>]) -> Option<Self> {
        let gather = |groups: &[GroupId]| -> Vec<Position> {
            groups.iter().filter_map(|&group| front.get(group)).flatten().copied().collect()
        };
        self.required.extend(constraint.hits.iter().map(|groups| gather(groups)));
        self.avoided.extend(gather(&constraint.avoid));
        (!self.required.iter().any(Vec::is_empty)).then_some(self)
    }
}

/// `METHOD/`, as it stands between the stage and the path.
#[must_use]
pub fn method_text(method: Option<Method>) -> String {
    method.map(|method| format!("{}/", method.name())).unwrap_or_default()
}

/// A path of a unit as a request.
#[must_use]
pub fn request(unit: &Unit, path: &str) -> Request {
    Request { method: unit.method, path: path.to_owned() }
}

fn expected_denials(project: &Project, compiled: &mut Compilation<'_>) -> Vec<(Methods, Position)> {
    let routes = project.intent.expected_denials.iter().flat_map(|denial| &denial.routes);
    routes
        .filter_map(|key| match key {
            RouteKey::Path { methods, template } => Some((*methods, compiled.program.add(&template_pattern(template)))),
            _ => None,
        })
        .collect()
}
