//! A policy, ready to be asked about the routes of an API in one deployment.

use crate::language::Budget;
use crate::language::OverBudget;
use crate::language::Position;
use crate::language::Query;
use crate::model::deployment::Deployment;
use crate::model::policy::Policy;
use crate::model::project::Project;
use crate::model::route::Method;
use crate::model::route::Request;

use crate::analysis::decide::decision::Compilation;
use crate::analysis::decide::decision::Listed;
use crate::analysis::decide::decision::Questions;
use crate::analysis::decide::expected::Expected;
use crate::analysis::decide::expected::expected;
use crate::analysis::decide::pattern::Owner;
use crate::analysis::decide::pattern::Reading;
use crate::analysis::decide::pattern::Variables;
use crate::analysis::dispatch::LONGEST_ARN;
use crate::analysis::dispatch::Routing;
use crate::analysis::dispatch::Unit;

/// The work for one question about one route, in visited positions.
const QUESTION: u64 = 8_000_000;

/// The work for all questions about one policy in one deployment, in visited positions.
const POLICY: u64 = 150_000_000;

/// The positions of each group behind what all requests at hand share.
pub type Front = Vec<Vec<Position>>;

/// A policy, ready to be asked about the routes of an API in one deployment.
#[derive(Debug)]
pub struct Decider<'r, 'p> {
    /// The routes.
    pub routing: &'r Routing<'p>,
    /// The statements.
    pub compiled: Compilation<'p>,
    pub(super) questions: Questions,
    pub(super) leaves_out_by_name: bool,
    fronts: Vec<(Option<Method>, Front)>,
    /// What the team expects it to refuse.
    pub expected: Vec<Expected>,
    prefix: usize,
    budget: Budget,
}

impl<'r, 'p> Decider<'r, 'p> {
    /// Compiles a policy for a deployment.
    #[must_use]
    pub fn new(routing: &'r Routing<'p>, project: &'p Project, policy: &'p Policy, deployment: &Deployment) -> Self {
        let read = |policy: &Policy, owner| reading(project, policy, deployment, owner);
        let mut compiled = Compilation::new(routing.program.clone(), policy, read(policy, Owner::Authorizer));
        let leaves_out_by_name = compiled.sides.allow_wide.has_complement();
        if let Some(resource_policy) = &routing.api.resource_policy {
            compiled.add(resource_policy, read(resource_policy, Owner::Api));
        }
        let prefix = deployment.arn_prefix();
        compiled.advance(&prefix);
        let expected = expected(project, policy, &mut compiled);
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
    pub(super) fn expected_positions(&self, unit: &Unit, unexpected: bool) -> Vec<Position> {
        let starts = if unexpected { self.expected_of(unit) } else { Vec::new() };
        self.compiled.program.advance(&starts, unit.literal.as_bytes())
    }

    /// The expected denials of the unit's method, before their first step.
    pub fn expected_of(&self, unit: &Unit) -> Vec<Position> {
        self.expected.iter().filter(|expected| expected.is_about(unit)).map(|expected| expected.start).collect()
    }
}

/// How the texts of a policy are read in a deployment.
#[must_use]
pub fn reading<'a>(project: &'a Project, policy: &Policy, deployment: &'a Deployment, owner: Owner) -> Reading<'a> {
    let variables =
        if policy.has_variables() { Variables::Substituted(&project.settings.variables) } else { Variables::Literal };
    Reading { variables, deployment: Some(deployment), owner }
}

/// `METHOD/`, as it stands between the stage and the path.
#[must_use]
pub fn method_text(method: Option<Method>) -> String {
    method.map(|method| format!("{}/", method.name())).unwrap_or_default()
}
