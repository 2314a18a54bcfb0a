//! Requests that pass by a guarded path: the path doesn't declare their method, so that they go to an open route which takes what is left.
//!
//! API Gateway looks for a route by path and method together, before it asks any authorizer: beside `POST /admin`, `ANY /{proxy+}` takes
//! `GET /admin`.
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.evaluation>

use rustc_hash::FxHashSet;

use crate::language::Budget;
use crate::language::Position;
use crate::language::Query;
use crate::model::route::Guard;
use crate::model::route::Method;
use crate::model::route::Methods;
use crate::model::route::Request;
use crate::model::route::Route;
use crate::model::route::RouteKey;
use crate::model::route::Segment;

use crate::analysis::dispatch::LONGEST_ARN;
use crate::analysis::dispatch::Routing;
use crate::analysis::dispatch::methods_of;
use crate::analysis::dispatch::precedence::Precedence;

/// Work for one question, in visited positions; two templates need a tiny part of it.
const QUESTION: u64 = 100_000;

/// An open route and the guarded paths that it answers for.
#[derive(Debug)]
pub struct Fallthrough<'p> {
    /// The open route.
    pub open: &'p Route,
    /// A guarded route of each path, with the shortest request that passes it by; never empty.
    pub passed: Vec<Passed<'p>>,
}

/// A guarded route that a request to its path passes by.
#[derive(Debug)]
pub struct Passed<'p> {
    /// The route.
    pub guarded: &'p Route,
    /// The request.
    pub request: Request,
}

/// Every open route that takes such requests.
#[must_use]
pub fn fallthroughs<'p>(routing: &Routing<'p>) -> Vec<Fallthrough<'p>> {
    let routes = &routing.api.routes;
    let is_guarded = |route: &Route| matches!(route.guard, Guard::Authorizer(_));
    let open: Vec<usize> = (0..).zip(routes).filter(|(_, route)| takes_what_is_left(route)).map(|(at, _)| at).collect();
    if open.is_empty() || !routes.iter().any(is_guarded) {
        return Vec::new();
    }
    let overlaps = Overlaps::new(routing);
    open.into_iter().filter_map(|at| overlaps.fallthrough(at)).collect()
}

/// Whether a route is open, and takes whatever other routes leave: `$default`, or a greedy path. One that has only `GET`, `HEAD` or `OPTIONS` is
/// left out: it serves pages or answers preflights, and says so.
fn takes_what_is_left(route: &Route) -> bool {
    let is_open = route.guard == Guard::Open;
    is_open
        && match &route.key.value {
            RouteKey::Path { methods, template } => {
                let is_greedy = matches!(template.segments.last(), Some(Segment::Greedy(_)));
                is_greedy && !matches!(methods, Methods::One(Method::Get | Method::Head | Method::Options))
            }
            RouteKey::Default => true,
            RouteKey::Connect | RouteKey::Message(_) => false,
        }
}

/// The routes of an API by which others can match a path in common.
struct Overlaps<'r, 'p> {
    routing: &'r Routing<'p>,
    precedence: Precedence<'p>,
    /// The template of each route.
    starts: Vec<Option<Position>>,
    /// For each route, those more specific, sorted.
    above: Vec<Vec<usize>>,
    /// For each route, those less specific, sorted.
    below: Vec<Vec<usize>>,
}

impl<'r, 'p> Overlaps<'r, 'p> {
    fn new(routing: &'r Routing<'p>) -> Self {
        let routes = &routing.api.routes;
        let precedence = Precedence::new(routes);
        let mut starts = vec![None; routes.len()];
        for unit in &routing.units {
            starts.get_mut(unit.route).into_iter().for_each(|start| *start = Some(unit.start));
        }
        let mut above: Vec<Vec<usize>> = routes.iter().map(|route| precedence.rivals(&route.key.value)).collect();
        let mut below = vec![Vec::new(); routes.len()];
        for (at, rivals) in above.iter_mut().enumerate() {
            rivals.sort_unstable();
            for &rival in rivals.iter() {
                below.get_mut(rival).into_iter().for_each(|below: &mut Vec<usize>| below.push(at));
            }
        }
        Self { routing, precedence, starts, above, below }
    }

    fn fallthrough(&self, open: usize) -> Option<Fallthrough<'p>> {
        let methods: Vec<Method> = self
            .routing
            .units
            .iter()
            .filter(|unit| unit.route == open)
            .filter_map(|unit| unit.method)
            // That these two are open hurts nobody: a preflight has to be, and no method is left out more often than `HEAD`.
            .filter(|method| !matches!(method, Method::Head | Method::Options))
            .collect();
        let mut seen = FxHashSet::default();
        let mut passed = Vec::new();
        for &at in self.above.get(open)? {
            let Some(route) = self.routing.api.routes.get(at) else { continue };
            let twins = self.precedence.equals(&route.key.value);
            if !matches!(route.guard, Guard::Authorizer(_)) || !seen.insert(twins.first()) {
                continue;
            }
            let requests = methods.iter().filter_map(|&method| self.shortest(open, at, method));
            if let Some(request) = requests.min_by_key(|request| request.path.len()) {
                passed.push(Passed { guarded: route, request });
            }
        }
        let open = self.routing.api.routes.get(open)?;
        (!passed.is_empty()).then_some(Fallthrough { open, passed })
    }

    /// The shortest request of a method to the path of a guarded route that the open one takes.
    fn shortest(&self, open: usize, guarded: usize, method: Method) -> Option<Request> {
        let has_method = |at: usize| {
            self.routing.api.routes.get(at).is_some_and(|route| methods_of(&route.key.value).contains(method))
        };
        let key = &self.routing.api.routes.get(guarded)?.key.value;
        if self.precedence.equals(key).iter().any(|&twin| has_method(twin)) {
            return None;
        }
        let takers = self.above.get(open)?;
        let others = self.above.get(guarded)?.iter().chain(self.below.get(guarded)?);
        let others = others.filter(|&&at| has_method(at) && takers.binary_search(&at).is_ok());
        let avoided: Vec<Position> = others.filter_map(|&at| self.start(at)).collect();
        let query = Query {
            program: &self.routing.program,
            required: vec![vec![self.start(guarded)?], vec![self.start(open)?]],
            avoided,
            longest: LONGEST_ARN,
        };
        let path = query.shortest(&Budget::new(QUESTION)).ok()??;
        Some(Request { method: Some(method), path: String::from_utf8_lossy(&path).into_owned() })
    }

    fn start(&self, route: usize) -> Option<Position> {
        self.starts.get(route).copied().flatten()
    }
}
