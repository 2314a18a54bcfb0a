//! What a policy decides, in the algebra of its statements.
//!
//! A statement may apply or not where it has a condition or a variable without a value, so Allow and Deny are each known between a widest and a
//! narrowest set of requests. Every outcome is a combination of these four sets; each is written here as alternatives of "matched by one of these,
//! by one of those, …, and by none of these others", which is the question that [`crate::language`] answers.

use rustc_hash::FxHashMap;

use crate::language::Position;
use crate::language::Program;
use crate::model::policy::Effect;
use crate::model::policy::Polarity;
use crate::model::policy::Policy;
use crate::model::policy::Statement;

use crate::analysis::decide::pattern::Certainty;
use crate::analysis::decide::pattern::Compiled;
use crate::analysis::decide::pattern::Reading;
use crate::analysis::decide::pattern::compile;

/// Patterns that stand and fall together, as an index into [`Compilation::groups`].
pub type GroupId = usize;

/// A set of requests: what one of the groups matches, and what all of the groups of one list leave out.
#[derive(Clone, Debug, Default)]
pub struct Side {
    any: Vec<GroupId>,
    none_of: Vec<Vec<GroupId>>,
}

/// One question: matched by each of the hits (by one of its groups), and by none of the avoided groups.
#[derive(Clone, Debug, Default)]
pub struct Constraint {
    /// For each of these, one of its groups must match.
    pub hits: Vec<Vec<GroupId>>,
    /// None of these may match.
    pub avoid: Vec<GroupId>,
}

/// What Allows and Denies match at their widest and at their narrowest.
#[derive(Clone, Debug, Default)]
pub struct Sides {
    /// What Allows match at their widest.
    pub allow_wide: Side,
    /// What Allows surely match.
    pub allow_narrow: Side,
    /// What Denies match at their widest.
    pub deny_wide: Side,
    /// What Denies surely match.
    pub deny_narrow: Side,
}

/// A Resource or NotResource and where its match stands.
#[derive(Clone, Debug)]
pub struct Listed<'p> {
    /// The statement.
    pub statement: &'p Statement,
    /// The index of the pattern in its clause.
    pub index: usize,
    /// Where its match stands before the ARN, or behind the ARN up to the stage once [`Compilation::advance`] was called.
    pub at: Vec<Position>,
}

/// The statements of a policy, and of the API's resource policy, compiled for one deployment.
#[derive(Clone, Debug)]
pub struct Compilation<'p> {
    /// All patterns.
    pub program: Program,
    /// The positions of each group.
    pub groups: Vec<Vec<Position>>,
    /// The sets that decide.
    pub sides: Sides,
    /// Each Resource and NotResource of the policy itself.
    pub listed: Vec<Listed<'p>>,
    /// Whether any outcome can depend on a condition or a variable.
    pub certainty: Certainty,
}

/// The groups of plain Resources: those that surely hold, and those that may.
const fn listed_groups(effect: Effect) -> (GroupId, GroupId) {
    match effect {
        Effect::Allow => (0, 1),
        Effect::Deny => (2, 3),
    }
}

impl<'p> Compilation<'p> {
    /// Compiles the statements about `execute-api:Invoke` behind the patterns that `program` already holds.
    #[must_use]
    pub fn new(program: Program, policy: &'p Policy, reading: Reading<'_>) -> Self {
        let side = |(sure, maybe)| {
            let of = |groups| Side { any: groups, none_of: Vec::new() };
            (of(vec![sure, maybe]), of(vec![sure]))
        };
        let (allow_wide, allow_narrow) = side(listed_groups(Effect::Allow));
        let (deny_wide, deny_narrow) = side(listed_groups(Effect::Deny));
        let sides = Sides { allow_wide, allow_narrow, deny_wide, deny_narrow };
        let groups = vec![Vec::new(); 4];
        let mut compilation = Self { program, groups, sides, listed: Vec::new(), certainty: Certainty::Sure };
        compilation.listed = compilation.add(policy, reading);
        compilation
    }

    /// Adds the statements of a policy that decides as well: the API's resource policy.
    pub fn add(&mut self, policy: &'p Policy, reading: Reading<'_>) -> Vec<Listed<'p>> {
        let mut listed = Vec::new();
        let mut known = FxHashMap::default();
        for statement in policy.statements.iter().filter(|statement| statement.is_about_invoke()) {
            let (sure, maybe) = self.groups_for(statement);
            for (index, text) in statement.resources.patterns.iter().enumerate() {
                let (at, certainty) = *known.entry(text.value.as_str()).or_insert_with(|| {
                    let Compiled { pattern, certainty } = compile(&text.value, reading);
                    (self.program.add(&pattern), certainty)
                });
                let conditional = statement.condition.is_some() && statement.resources.polarity == Polarity::Listed;
                let group = if certainty == Certainty::Sure && !conditional { sure } else { maybe };
                if certainty == Certainty::Maybe || statement.condition.is_some() {
                    self.certainty = Certainty::Maybe;
                }
                self.groups.get_mut(group).into_iter().for_each(|group| group.push(at));
                listed.push(Listed { statement, index, at: vec![at] });
            }
        }
        for group in &mut self.groups {
            group.sort_unstable();
            group.dedup();
        }
        listed
    }

    /// Both compilations of one deployment in one program: this one, and the groups of the other as they stand there.
    #[must_use]
    pub fn joined(&self, other: &Self) -> (Self, Vec<Vec<Position>>) {
        let mut joint = self.clone();
        let offset = joint.program.adopt(&other.program);
        let groups = other.groups.iter().map(|group| group.iter().map(|at| at.behind(offset)).collect()).collect();
        (joint, groups)
    }

    /// Steps every pattern over a text that all requests share.
    pub fn advance(&mut self, text: &str) {
        for group in &mut self.groups {
            *group = self.program.advance(group, text.as_bytes());
        }
        for listed in &mut self.listed {
            listed.at = self.program.advance(&listed.at, text.as_bytes());
        }
    }

    /// The groups for the sure and the conditional patterns of a statement; a `NotResource` gets two of their own.
    fn groups_for(&mut self, statement: &Statement) -> (GroupId, GroupId) {
        if statement.resources.polarity == Polarity::Listed {
            return listed_groups(statement.effect);
        }
        let (sure, maybe) = (self.groups.len(), self.groups.len() + 1);
        self.groups.extend([Vec::new(), Vec::new()]);
        let (wide, narrow) = match statement.effect {
            Effect::Allow => (&mut self.sides.allow_wide, &mut self.sides.allow_narrow),
            Effect::Deny => (&mut self.sides.deny_wide, &mut self.sides.deny_narrow),
        };
        // The other way round: what a variable may leave out is in the set at its widest, not at its narrowest.
        wide.none_of.push(vec![sure]);
        if statement.condition.is_none() {
            narrow.none_of.push(vec![sure, maybe]);
        } else {
            self.certainty = Certainty::Maybe;
        }
        (sure, maybe)
    }
}

impl Listed<'_> {
    /// Whether it stands in a clause of this kind.
    #[must_use]
    pub fn is(&self, effect: Effect, polarity: Polarity) -> bool {
        self.statement.effect == effect && self.statement.resources.polarity == polarity
    }

    /// The pattern as written.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.statement.resources.patterns.get(self.index).map(|text| text.value.as_str())
    }
}

impl Side {
    /// To be in the set: alternatives.
    #[must_use]
    pub fn inside(&self) -> Vec<Constraint> {
        let listed = Constraint { hits: vec![self.any.clone()], avoid: Vec::new() };
        let others = self.none_of.iter().map(|groups| Constraint { hits: Vec::new(), avoid: groups.clone() });
        std::iter::once(listed).chain(others).collect()
    }

    /// To be outside the set.
    #[must_use]
    pub fn outside(&self) -> Constraint {
        Constraint { hits: self.none_of.clone(), avoid: self.any.clone() }
    }

    /// Whether the set holds everything that some statement doesn't leave out by name.
    #[must_use]
    pub const fn has_complement(&self) -> bool {
        !self.none_of.is_empty()
    }
}

impl Constraint {
    /// Both at once.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        self.hits.extend(other.hits.iter().cloned());
        self.avoid.extend(&other.avoid);
        self
    }
}

impl Sides {
    /// A Deny matches.
    #[must_use]
    pub fn explicitly_denied(&self) -> Vec<Constraint> {
        self.deny_wide.inside()
    }

    /// Some Allow matches and no Deny has to.
    #[must_use]
    pub fn allowed(&self) -> Vec<Constraint> {
        let outside = self.deny_narrow.outside();
        self.allow_wide.inside().into_iter().map(|inside| inside.and(&outside)).collect()
    }

    /// Some Allow surely matches and no Deny can.
    #[must_use]
    pub fn surely_allowed(&self) -> Vec<Constraint> {
        let outside = self.deny_wide.outside();
        self.allow_narrow.inside().into_iter().map(|inside| inside.and(&outside)).collect()
    }

    /// A Deny surely matches, or nothing can.
    #[must_use]
    pub fn never_allowed(&self) -> Vec<Constraint> {
        self.deny_narrow.inside().into_iter().chain(self.surely_refused()).collect()
    }

    /// No Allow and no Deny has to match.
    #[must_use]
    pub fn implicitly_denied(&self) -> Vec<Constraint> {
        vec![self.allow_narrow.outside().and(&self.deny_narrow.outside())]
    }

    /// No Allow and no Deny can match: refused, whatever the request's context.
    #[must_use]
    pub fn surely_refused(&self) -> Vec<Constraint> {
        vec![self.allow_wide.outside().and(&self.deny_wide.outside())]
    }

    /// Neither surely denied, nor surely allowed, nor surely refused implicitly.
    #[must_use]
    pub fn conditional(&self) -> Vec<Constraint> {
        let undenied = self.deny_narrow.outside();
        let maybe_denied = self.deny_wide.inside();
        let unallowed = self.allow_narrow.outside();
        let maybe_allowed = self.allow_wide.inside().into_iter().map(|inside| inside.and(&unallowed));
        maybe_denied.into_iter().chain(maybe_allowed).map(|constraint| constraint.and(&undenied)).collect()
    }
}

/// The questions that are asked about every unit, written down once.
#[derive(Debug)]
pub struct Questions {
    /// What is or may be allowed?
    pub allowed: Vec<Constraint>,
    /// What is or may be denied by a Deny?
    pub denied: Vec<Constraint>,
    /// What is or may be refused because nothing matches?
    pub left_out: Vec<Constraint>,
    /// What is surely refused because nothing matches?
    pub refused: Vec<Constraint>,
    /// What depends on a condition or a variable?
    pub conditional: Vec<Constraint>,
}

impl Questions {
    pub(super) fn new(compiled: &Compilation<'_>) -> Self {
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
