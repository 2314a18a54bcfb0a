//! What one policy does to each method of each route of an API, decided exactly.

use crate::language::OverBudget;
use crate::language::Position;
use crate::language::Program;
use crate::language::Query;
use crate::model::route::Request;

use crate::analysis::decide::asked::Asked;
use crate::analysis::decide::decider::Decider;
use crate::analysis::decide::decision::Constraint;
use crate::analysis::decide::decision::Questions;
use crate::analysis::decide::expected::Expected;
use crate::analysis::decide::pattern::Certainty;
use crate::analysis::dispatch::Unit;

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

impl Decider<'_, '_> {
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

    /// The shortest path of a unit that meets several constraints, each with the groups that it speaks of, behind `METHOD/`.
    ///
    /// # Errors
    /// [`OverBudget`]
    pub fn path_where(
        &self,
        unit: &Unit,
        program: &Program,
        constraints: &[(&Constraint, &[Vec<Position>])],
    ) -> Result<Option<String>, OverBudget> {
        let mut asked = Asked::default();
        for (constraint, front) in constraints {
            let Some(met) = asked.with_all(constraint, front) else { return Ok(None) };
            asked = met;
        }
        let mut required = asked.required;
        required.push(vec![unit.start]);
        let avoided = [unit.rivals.as_slice(), &asked.avoided].concat();
        self.ask(&Query { program, required, avoided, longest: self.longest(unit) })
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

    /// Whether some request of a unit is, or may be, refused as expected; what is not decided may be.
    pub fn meets(&self, unit: &Unit, expected: &Expected) -> bool {
        let questions = self.questions.denied.iter().chain(&self.questions.left_out);
        expected.is_about(unit) && {
            let front = self.front(unit.method);
            questions.filter_map(|question| Asked::default().with_all(question, front)).any(|asked| {
                let mut required = asked.required;
                required.extend([vec![unit.start], vec![expected.start]]);
                let avoided = [unit.rivals.as_slice(), &asked.avoided].concat();
                let program = &self.compiled.program;
                let found = self.ask(&Query { program, required, avoided, longest: self.longest(unit) });
                !matches!(found, Ok(None))
            })
        }
    }
}

/// A path of a unit as a request.
#[must_use]
pub fn request(unit: &Unit, path: &str) -> Request {
    Request { method: unit.method, path: path.to_owned() }
}
