//! Resources that would work: they cover a cache scope, and nothing that another authorizer, or none, guards.

use rustc_hash::FxHashSet;

use crate::language::Position;
use crate::language::Program;
use crate::language::Query;
use crate::model::route::Method;
use crate::model::route::RouteKey;
use crate::model::route::Segment;

use crate::analysis::case::Case;
use crate::analysis::coverage::shape::reached;
use crate::analysis::decide::decider::method_text;
use crate::analysis::decide::pattern::Owner;
use crate::analysis::decide::pattern::Reading;
use crate::analysis::decide::pattern::Variables;
use crate::analysis::decide::pattern::compile;
use crate::analysis::dispatch::LONGEST_ARN;
use crate::analysis::dispatch::Unit;
use crate::analysis::scope::Scope;

use crate::language::Budget;

/// The work for the question whether a suggested Resource reaches a route that it should not, in visited positions.
const BUDGET: u64 = 200_000;

/// How many Resources are worked out: nobody reads more of them, and a policy of so many wants another idea.
const MOST: usize = 100;

/// Resources that would work, and what they would grant that the policy at hand doesn't.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suggestion {
    /// The Resources, each as it would stand in the policy.
    pub resources: Vec<String>,
    /// The routes of the scope that they grant and the policy at hand doesn't, or not whole.
    pub grants: Vec<String>,
    /// Routes outside the scope that they can't help reaching.
    pub reaches: Vec<String>,
}

/// The widest Resources that cover a scope and reach nothing else: one for the whole stage where it is possible, one for each group of paths with a
/// common beginning where not, one for each route in the end.
#[must_use]
pub fn suggest(case: &Case<'_, '_>, scope: &Scope) -> Suggestion {
    let mut search = Search::new(case, scope);
    let units: Vec<&Unit> = reached(case, scope).map(|(unit, _)| unit).collect();
    search.cover(&units, 0, "");
    let mut suggestion = search.suggestion;
    for (unit, outcome) in reached(case, scope) {
        let Some(route) = case.routing.api.routes.get(unit.route) else { continue };
        let name = route.key.value.to_string();
        if !outcome.is_allowed_whole() && outcome.explicit_deny.is_none() && suggestion.grants.last() != Some(&name) {
            suggestion.grants.push(name);
        }
    }
    suggestion
}

struct Search<'s, 'r, 'p> {
    case: &'s Case<'r, 'p>,
    prefix: String,
    /// Units of the API that the scope doesn't hold.
    foreign: Vec<&'r Unit>,
    suggestion: Suggestion,
}

impl<'s, 'r, 'p> Search<'s, 'r, 'p> {
    fn new(case: &'s Case<'r, 'p>, scope: &Scope) -> Self {
        let own: FxHashSet<usize> = scope.units.iter().copied().collect();
        let numbered = (0..).zip(&case.routing.units);
        let foreign = numbered.filter(|(at, _)| !own.contains(at)).map(|(_, unit)| unit).collect();
        Self { case, prefix: case.deployment.arn_prefix(), foreign, suggestion: Suggestion::default() }
    }

    /// Covers units that have their first `depth` segments in common; `path` is that beginning, with a slash behind it.
    fn cover(&mut self, units: &[&Unit], depth: usize, path: &str) {
        if self.suggestion.resources.len() >= MOST {
            return;
        }
        let together = format!("{}{}/{path}*", self.prefix, common_method(units));
        let whole = if depth == 0 && common_method(units) == "*" { format!("{}*", self.prefix) } else { together };
        let several = units.iter().any(|unit| Some(unit.route) != units.first().map(|first| first.route));
        if (several || units.iter().any(|unit| self.segments(unit).is_none())) && self.foreign_routes(&whole).is_empty()
        {
            self.suggestion.resources.push(whole);
            return;
        }
        let mut groups: Vec<(Option<String>, Vec<&Unit>)> = Vec::new();
        for unit in units {
            let next = self.segments(unit).and_then(|segments| segments.get(depth)).map(wildcard_text);
            match groups.iter_mut().rev().find(|(known, _)| *known == next) {
                Some((_, group)) => group.push(unit),
                None => groups.push((next, vec![unit])),
            }
        }
        for (next, group) in groups {
            let several = group.iter().any(|unit| Some(unit.route) != group.first().map(|first| first.route));
            match next {
                Some(next) if several && self.has_longer(&group, depth + 1) => {
                    self.cover(&group, depth + 1, &format!("{path}{next}/"));
                }
                _ => self.cover_each(&group),
            }
        }
    }

    fn has_longer(&self, units: &[&Unit], depth: usize) -> bool {
        units.iter().all(|unit| self.segments(unit).is_some_and(|segments| segments.len() > depth))
    }

    /// One Resource for each path, for all of its methods at once where that reaches nothing else.
    fn cover_each(&mut self, units: &[&Unit]) {
        let mut paths: Vec<(String, Vec<&Unit>)> = Vec::new();
        for unit in units {
            let path = self.segments(unit).map_or_else(
                || "*".to_owned(),
                |segments| segments.iter().map(wildcard_text).collect::<Vec<_>>().join("/"),
            );
            match paths.iter_mut().rev().find(|(known, _)| *known == path) {
                Some((_, group)) => group.push(unit),
                None => paths.push((path, vec![unit])),
            }
        }
        for (path, group) in paths {
            if self.suggestion.resources.len() >= MOST {
                return;
            }
            let all = format!("{}*/{path}", self.prefix);
            if group.len() > 1 && self.foreign_routes(&all).is_empty() {
                self.suggestion.resources.push(all);
                continue;
            }
            for unit in group {
                let tail = if unit.method.is_none() { "$connect".to_owned() } else { path.clone() };
                let resource = format!("{}{}{tail}", self.prefix, method_text(unit.method));
                for route in self.foreign_routes(&resource) {
                    if !self.suggestion.reaches.contains(&route) {
                        self.suggestion.reaches.push(route);
                    }
                }
                self.suggestion.resources.push(resource);
            }
        }
    }

    fn segments(&self, unit: &Unit) -> Option<&'p [Segment]> {
        match &self.case.routing.api.routes.get(unit.route)?.key.value {
            RouteKey::Path { template, .. } => Some(&template.segments),
            _ => None,
        }
    }

    /// Routes outside the scope that a Resource reaches, or may reach.
    fn foreign_routes(&self, resource: &str) -> Vec<String> {
        let reading = Reading {
            variables: Variables::Literal,
            deployment: Some(&self.case.deployment),
            owner: Owner::Authorizer,
        };
        let mut program = self.case.routing.program.clone();
        let start = program.add(&compile(resource, reading).pattern);
        let behind = program.advance(&[start], self.prefix.as_bytes());
        let by_method = |method| (method, program.advance(&behind, method_text(method).as_bytes()));
        let fronts: Vec<(Option<Method>, Vec<Position>)> = Method::ALL
            .into_iter()
            .map(Some)
            .chain([None])
            .map(by_method)
            .filter(|(_, front)| !front.is_empty())
            .collect();
        let is_reached = |unit: &&&Unit| {
            let front = fronts.iter().find(|(method, _)| *method == unit.method);
            front.is_some_and(|(_, front)| reaches(&program, front, unit))
        };
        let routes =
            self.foreign.iter().filter(is_reached).filter_map(|unit| self.case.routing.api.routes.get(unit.route));
        let mut names: Vec<String> = routes.map(|route| route.key.value.to_string()).collect();
        names.dedup();
        names
    }
}

/// Whether a Resource that stands at `front` behind the method reaches a unit; yes, where that can't be decided.
fn reaches(program: &Program, front: &[Position], unit: &Unit) -> bool {
    let front = program.advance(front, unit.literal.as_bytes());
    if front.is_empty() || unit.example.is_none() {
        return false;
    }
    if front.iter().any(|&at| program.is_settled(at)) {
        return true;
    }
    let required = vec![vec![unit.rest], front];
    let query = Query { program, required, avoided: unit.taken.clone(), longest: LONGEST_ARN };
    !matches!(query.is_empty(&Budget::new(BUDGET)), Ok(true))
}

fn common_method(units: &[&Unit]) -> &'static str {
    let first = units.first().and_then(|unit| unit.method);
    if units.iter().all(|unit| unit.method == first) { first.map_or("*", Method::name) } else { "*" }
}

fn wildcard_text(segment: &Segment) -> String {
    match segment {
        Segment::Literal(text) => text.clone(),
        Segment::Parameter(_) | Segment::Greedy(_) => "*".to_owned(),
    }
}
