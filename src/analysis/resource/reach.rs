//! Which routes each Resource of a policy reaches, whoever guards them.

use rustc_hash::FxHashMap;

use crate::language::Position;
use crate::language::Query;
use crate::model::deployment::Deployment;
use crate::model::policy::Effect;
use crate::model::policy::Polarity;
use crate::model::policy::Statement;
use crate::model::project::Project;
use crate::model::response::Response;
use crate::model::response::Verdict;
use crate::model::route::Method;
use crate::source::Span;

use crate::analysis::Effort;
use crate::analysis::View;
use crate::analysis::case::Case;
use crate::analysis::case::Cases;
use crate::analysis::decide::decider::Decider;
use crate::analysis::decide::decider::method_text;
use crate::analysis::decide::decision::Listed;
use crate::analysis::deployment::own_deployment;
use crate::analysis::dispatch::Unit;

/// What one Resource reaches in one case.
#[derive(Clone, Debug)]
pub struct Reach<'p> {
    /// The statement.
    pub statement: &'p Statement,
    /// The pattern, as an index into its clause.
    pub index: usize,
    /// Where it stands.
    pub span: Span,
    /// Routes that the authorizer guards and that it reaches, as indexes into the API's; the first one only, unless all were asked for.
    pub guarded: Vec<usize>,
    /// Routes that it reaches and somebody else guards, or nobody; likewise.
    pub others: Vec<usize>,
}

/// What each Resource and `NotResource` of a policy reaches.
#[must_use]
pub fn reaches<'p>(case: &Case<'_, 'p>, effort: Effort) -> Vec<Reach<'p>> {
    let Some(decider) = &case.decider else { return Vec::new() };
    let mut survey = Survey::new(decider, effort);
    for (unit, is_guarded) in case.routing.units.iter().zip(case.scopes.guards(case.routing.units.len())) {
        survey.visit(unit, if is_guarded { Side::Guarded } else { Side::Others });
    }
    survey.reaches
}

/// Resources that reach nothing where the policy is checked, and something in the deployment that they name themselves; by index.
#[must_use]
pub fn at_home<'p>(
    project: &'p Project,
    cases: &Cases<'_, 'p>,
    views: &[View<'p>],
    response: &'p Response,
) -> Vec<usize> {
    let (Some(case), Some(first)) = (cases.list.first(), views.first()) else { return Vec::new() };
    let mut homes: Vec<(Deployment, Vec<Reach<'p>>)> = Vec::new();
    let mut found = Vec::new();
    for (index, reach) in first.reaches.iter().enumerate() {
        let here = views.iter().filter_map(|view| view.reaches.get(index)).any(Reach::is_somewhere);
        let text = reach.statement.resources.patterns.get(reach.index).filter(|_| !here);
        let Some(home) = text.and_then(|text| own_deployment(&text.value, &case.deployment)) else { continue };
        if homes.iter().all(|(known, _)| *known != home) && homes.len() < HOMES {
            let moved = case.moved(project, response, home.clone());
            homes.push((home.clone(), moved.map(|moved| reaches(&moved, Effort::Usual)).unwrap_or_default()));
        }
        match homes.iter().find(|(known, _)| *known == home) {
            Some((_, there)) if !there.get(index).is_some_and(Reach::is_somewhere) => {}
            // What is not looked at is not said to match nothing.
            _ => found.push(index),
        }
    }
    found
}

impl<'p> Case<'_, 'p> {
    /// The same in another deployment, to ask what Resources reach; what happens to requests there is not decided.
    fn moved(&self, project: &'p Project, response: &'p Response, deployment: Deployment) -> Option<Self> {
        let Verdict::Policy(policy) = &response.verdict else { return None };
        Some(Self {
            routing: self.routing,
            authorizer: self.authorizer,
            scopes: self.scopes.clone(),
            answers: Vec::new(),
            outcomes: Vec::new(),
            decider: Some(Decider::new(self.routing, project, policy, &deployment)),
            deployment,
        })
    }
}

/// How many deployments are looked at because single Resources name them.
const HOMES: usize = 8;

#[derive(Clone, Copy)]
enum Side {
    Guarded,
    Others,
}

struct Survey<'s, 'r, 'p> {
    decider: &'s Decider<'r, 'p>,
    effort: Effort,
    reaches: Vec<Reach<'p>>,
    /// The Resources of each pattern; equal texts are one pattern.
    owners: FxHashMap<usize, Vec<usize>>,
    /// Where all patterns stand behind the stage.
    front: Vec<Position>,
    /// Where they stand behind the method of the units at hand.
    behind_method: Option<(Option<Method>, Vec<Position>)>,
}

impl<'s, 'r, 'p> Survey<'s, 'r, 'p> {
    fn new(decider: &'s Decider<'r, 'p>, effort: Effort) -> Self {
        let mut owners: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        let mut front = Vec::new();
        let mut reaches = Vec::with_capacity(decider.compiled.listed.len());
        for Listed { statement, index, at } in &decider.compiled.listed {
            let Some(text) = statement.resources.patterns.get(*index) else { continue };
            if let Some(&position) = at.first() {
                owners.entry(decider.compiled.program.pattern_of(position)).or_default().push(reaches.len());
            }
            front.extend(at);
            let (guarded, others) = (Vec::new(), Vec::new());
            reaches.push(Reach { statement, index: *index, span: text.span, guarded, others });
        }
        front.sort_unstable();
        front.dedup();
        Self { decider, effort, reaches, owners, front, behind_method: None }
    }

    fn visit(&mut self, unit: &Unit, side: Side) {
        let program = &self.decider.compiled.program;
        let mut by_pattern: Vec<(usize, Vec<Position>)> = Vec::new();
        let front = match self.behind_method.take() {
            Some((method, front)) if method == unit.method => front,
            _ => program.advance(&self.front, method_text(unit.method).as_bytes()),
        };
        for position in program.advance(&front, unit.literal.as_bytes()) {
            let pattern = program.pattern_of(position);
            match by_pattern.last_mut().filter(|(known, _)| *known == pattern) {
                Some((_, positions)) => positions.push(position),
                None => by_pattern.push((pattern, vec![position])),
            }
        }
        self.behind_method = Some((unit.method, front));
        for (pattern, positions) in by_pattern {
            if self.wants(pattern, side) && unit.example.is_some() && self.meets(unit, positions) {
                self.record(pattern, side, unit.route);
            }
        }
    }

    fn wants(&self, pattern: usize, side: Side) -> bool {
        let first = self.owners.get(&pattern).and_then(|owners| self.reaches.get(*owners.first()?));
        self.effort == Effort::Pedantic || first.is_some_and(|reach| reach.side(side).is_empty())
    }

    fn meets(&self, unit: &Unit, positions: Vec<Position>) -> bool {
        let program = &self.decider.compiled.program;
        if positions.iter().any(|&at| program.is_settled(at)) {
            return true;
        }
        if unit.is_static(program) {
            return positions.iter().any(|&at| program.accepts(at));
        }
        let longest = self.decider.longest(unit).saturating_sub(unit.literal.len());
        let required = vec![vec![unit.rest], positions];
        // What can't be decided is not said to be out of reach.
        let found = self.decider.ask(&Query { program, required, avoided: unit.taken.clone(), longest });
        !matches!(found, Ok(None))
    }

    fn record(&mut self, pattern: usize, side: Side, route: usize) {
        for owner in self.owners.get(&pattern).into_iter().flatten() {
            let Some(reach) = self.reaches.get_mut(*owner) else { continue };
            let routes = match side {
                Side::Guarded => &mut reach.guarded,
                Side::Others => &mut reach.others,
            };
            if !routes.contains(&route) {
                routes.push(route);
            }
        }
    }
}

impl Reach<'_> {
    /// Whether it is a Resource of an Allow.
    #[must_use]
    pub fn is_grant(&self) -> bool {
        self.statement.effect == Effect::Allow && self.statement.resources.polarity == Polarity::Listed
    }

    /// Whether it reaches any route.
    #[must_use]
    pub const fn is_somewhere(&self) -> bool {
        !self.guarded.is_empty() || !self.others.is_empty()
    }

    const fn side(&self, side: Side) -> &Vec<usize> {
        match side {
            Side::Guarded => &self.guarded,
            Side::Others => &self.others,
        }
    }
}
