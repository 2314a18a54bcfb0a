//! Cache keys that hold the path but not the method: requests share a response where only their methods differ.

use crate::finding::OutcomeName;
use crate::finding::Refused;
use crate::language::Query;

use super::asked::Asked;
use super::case::Case;
use super::decider::Decider;
use super::judge::is_minor;
use super::judge::reached;
use super::outcome::request;
use super::routing::Unit;
use super::scope::Scope;

/// For each route of the scope, a request that is refused although the same path with another method is allowed.
///
/// All paths are decided at once: with the paths that are allowed under one method and those that are refused under another, something fails where
/// the two have a path in common.
pub fn failing_paths(case: &Case<'_, '_>, decider: &Decider<'_, '_>, scope: &Scope) -> Vec<Refused> {
    let mut failing: Vec<(usize, bool, Refused)> = Vec::new();
    for (second, outcome) in reached(case, scope) {
        if outcome.refused.is_none() {
            continue;
        }
        let Some(route) = case.routing.api.routes.get(second.route) else { continue };
        let firsts = reached(case, scope)
            .filter(|(first, outcome)| outcome.allow.is_some() && may_share_path(first, second))
            .map(|(first, _)| first);
        let Some(path) = firsts.filter_map(|first| shared_path(decider, first, second)).min_by_key(String::len) else {
            continue;
        };
        let refused = Refused {
            route: route.key.value.to_string(),
            request: request(second, &path),
            outcome: OutcomeName::ImplicitDeny,
            declared: route.key.span,
        };
        let counts = !is_minor(&route.key.value, second.method);
        match failing.iter_mut().find(|(route, ..)| *route == second.route) {
            // Of one route the shortest path speaks, and the first method that has it.
            Some((_, some, known)) => {
                *some |= counts;
                if path.len() < known.request.path.len() {
                    *known = refused;
                }
            }
            None => failing.push((second.route, counts, refused)),
        }
    }
    failing.into_iter().filter(|(_, counts, _)| *counts).map(|(.., refused)| refused).collect()
}

fn may_share_path(first: &Unit, second: &Unit) -> bool {
    first.method != second.method
        && (first.literal.starts_with(&second.literal) || second.literal.starts_with(&first.literal))
}

/// A path that is allowed for the first unit and surely refused for the second; undecided is none.
fn shared_path(decider: &Decider<'_, '_>, first: &Unit, second: &Unit) -> Option<String> {
    let sides = &decider.compiled.sides;
    let longest = decider.longest(first).min(decider.longest(second));
    for allowed in sides.allowed() {
        for refused in sides.surely_refused() {
            let asked = Asked::default().with_all(&allowed, decider.front(first.method));
            let Some(asked) = asked.and_then(|asked| asked.with_all(&refused, decider.front(second.method))) else {
                continue;
            };
            let mut required = asked.required;
            required.extend([vec![first.start], vec![second.start]]);
            let expected = decider.expected_of(second);
            let avoided = [first.rivals.as_slice(), &second.rivals, &asked.avoided, &expected].concat();
            let query = Query { program: &decider.compiled.program, required, avoided, longest };
            if let Ok(Some(path)) = decider.ask(&query) {
                return Some(path);
            }
        }
    }
    None
}
