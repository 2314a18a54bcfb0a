//! Which Resources say nothing that others don't say: inclusion between patterns of whole ARNs, without regard to routes.

use std::sync::Arc;
use std::sync::LazyLock;

use crate::language::Alphabet;
use crate::language::Budget;
use crate::language::Pattern;
use crate::language::Position;
use crate::language::Program;
use crate::language::Query;
use crate::model::policy::Effect;
use crate::model::policy::Polarity;
use crate::model::policy::Policy;
use crate::model::policy::Statement;
use crate::source::Spanned;

use crate::analysis::decide::pattern::Certainty;
use crate::analysis::decide::pattern::Owner;
use crate::analysis::decide::pattern::Reading;
use crate::analysis::decide::pattern::Variables;
use crate::analysis::decide::pattern::compile;

/// Work for one inclusion, in visited positions.
const BUDGET: u64 = 1_000_000;

/// Room for any text that a pattern can be held against.
const LONGEST: usize = 8_192;

/// Every character that an ARN can hold. No text holds the separator, so that words are all texts.
static TEXTS: LazyLock<Arc<Alphabet>> = LazyLock::new(|| {
    let printable: String = (' '..='~').collect();
    Arc::new(Alphabet::new(&format!("{printable}\u{1}"), '\u{1}'))
});

/// A Resource that says nothing.
#[derive(Clone, Debug)]
pub struct Idle<'p> {
    /// The Resource.
    pub resource: &'p Spanned<String>,
    /// What makes it so: Denies that take it back, or Resources that include it. The first one that does so alone, else each that has a part in it.
    pub by: Vec<&'p Spanned<String>>,
}

/// Resources of Allows that Denies wholly take back.
#[must_use]
pub fn taken_back<'p>(policy: &'p Policy, variables: &'p [(String, String)]) -> Vec<Idle<'p>> {
    let denied: Vec<_> = plain(policy, Effect::Deny).filter(|(statement, _)| statement.condition.is_none()).collect();
    if denied.is_empty() {
        return Vec::new();
    }
    let mut texts = Texts::new(policy, variables);
    let denials: Vec<_> = denied.iter().filter_map(|(_, text)| texts.sure(text)).collect();
    let mut idle = Vec::new();
    for (_, resource) in plain(policy, Effect::Allow) {
        let at = texts.add(resource);
        idle.extend(texts.including(at, &denials).map(|by| Idle { resource, by }));
    }
    idle
}

/// Resources that the others of their kind already include. Of equal ones, the later is idle.
#[must_use]
pub fn redundant<'p>(policy: &'p Policy, variables: &'p [(String, String)]) -> Vec<Idle<'p>> {
    let mut texts = Texts::new(policy, variables);
    let mut idle = Vec::new();
    for effect in [Effect::Allow, Effect::Deny] {
        let all: Vec<_> = plain(policy, effect).filter(|(statement, _)| statement.condition.is_none()).collect();
        let positions: Vec<_> = all.iter().map(|(_, text)| texts.sure(text)).collect();
        let mut dropped = vec![false; all.len()];
        for (index, (_, resource)) in all.iter().enumerate().rev() {
            let others = positions
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != index && dropped.get(*other) == Some(&false));
            let others: Vec<_> = others.filter_map(|(_, position)| *position).collect();
            let Some((at, _)) = positions.get(index).copied().flatten() else { continue };
            if let Some(by) = texts.including(at, &others) {
                idle.push(Idle { resource, by });
                dropped.get_mut(index).into_iter().for_each(|slot| *slot = true);
            }
        }
    }
    idle
}

/// The Resources of the statements about invoking with one effect.
fn plain(policy: &Policy, effect: Effect) -> impl Iterator<Item = (&Statement, &Spanned<String>)> {
    let statements = policy.statements.iter().filter(move |statement| {
        statement.effect == effect && statement.resources.polarity == Polarity::Listed && statement.is_about_invoke()
    });
    statements.flat_map(|statement| statement.resources.patterns.iter().map(move |text| (statement, text)))
}

struct Texts<'p> {
    program: Program,
    variables: Variables<'p>,
}

impl<'p> Texts<'p> {
    fn new(policy: &Policy, variables: &'p [(String, String)]) -> Self {
        let variables = if policy.has_variables() { Variables::Substituted(variables) } else { Variables::Literal };
        Self { program: Program::new(Arc::clone(&TEXTS)), variables }
    }

    fn compile(&self, text: &str) -> (Pattern, Certainty) {
        let compiled = compile(text, Reading { variables: self.variables, deployment: None, owner: Owner::Authorizer });
        (compiled.pattern, compiled.certainty)
    }

    /// Where a pattern begins, at its widest.
    fn add(&mut self, text: &Spanned<String>) -> Position {
        let (pattern, _) = self.compile(&text.value);
        self.program.add(&pattern)
    }

    /// Where a pattern begins that surely matches; nothing for one with variables.
    fn sure<'t>(&mut self, text: &'t Spanned<String>) -> Option<(Position, &'t Spanned<String>)> {
        let (pattern, certainty) = self.compile(&text.value);
        (certainty == Certainty::Sure).then(|| (self.program.add(&pattern), text))
    }

    /// The patterns that include another: one that does so alone, or all that have a part in it.
    fn including<'t>(
        &self,
        inner: Position,
        outer: &[(Position, &'t Spanned<String>)],
    ) -> Option<Vec<&'t Spanned<String>>> {
        let (literal, rest) = self.program.literal_run(inner);
        let fronts = outer.iter().map(|(at, text)| (self.program.advance(&[*at], &literal), *text));
        let fronts: Vec<_> = fronts.filter(|(front, _)| !front.is_empty()).collect();
        let include = |fronts: &[(Vec<Position>, &Spanned<String>)]| {
            let avoided = fronts.iter().flat_map(|(front, _)| front.iter().copied()).collect();
            let query = Query { program: &self.program, required: vec![vec![rest]], avoided, longest: LONGEST };
            matches!(query.is_empty(&Budget::new(BUDGET)), Ok(true))
        };
        if fronts.is_empty() || !include(&fronts) {
            return None;
        }
        let alone = fronts.iter().find(|front| include(std::slice::from_ref(front)));
        Some(alone.map_or_else(|| fronts.iter().map(|(_, text)| *text).collect(), |(_, text)| vec![*text]))
    }
}
