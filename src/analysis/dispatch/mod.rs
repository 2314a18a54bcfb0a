//! Which requests API Gateway dispatches to which route: the routes of one API as languages of paths.
//!
//! The unit of everything that follows is a method on a route, because `ANY` falls apart where another route has a method of its own.
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.evaluation>

pub mod precedence;

use std::sync::Arc;
use std::sync::LazyLock;

use crate::language::Alphabet;
use crate::language::Budget;
use crate::language::Pattern;
use crate::language::Position;
use crate::language::Program;
use crate::language::Query;
use crate::language::Step;
use crate::model::authorizer::ApiKind;
use crate::model::project::Api;
use crate::model::route::Method;
use crate::model::route::Methods;
use crate::model::route::Request;
use crate::model::route::Route;
use crate::model::route::RouteKey;
use crate::model::route::Segment;
use crate::model::route::Template;

use crate::analysis::dispatch::precedence::Precedence;

/// What a path is made of, in the order in which examples prefer it: what RFC 3986 allows in a segment, and the slash.
const SYMBOLS: &str = "1023456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ/-._~!$&'()*+,;=:@%";

/// The most bytes that an ARN of a request has.
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html>
pub const LONGEST_ARN: usize = 1600;

/// Work for questions about routes alone, in visited positions; a route list needs a tiny part of it.
const BUDGET: u64 = 4_000_000;

static REQUESTS: LazyLock<Arc<Alphabet>> = LazyLock::new(|| Arc::new(Alphabet::new(SYMBOLS, '/')));

/// The alphabet of paths.
#[must_use]
pub fn alphabet() -> Arc<Alphabet> {
    Arc::clone(&REQUESTS)
}

/// The routes of one API, compiled.
#[derive(Debug)]
pub struct Routing<'p> {
    /// The API.
    pub api: &'p Api,
    /// The templates of its routes.
    pub program: Program,
    /// What each route takes of each of its methods, in the order of routes and methods.
    pub units: Vec<Unit>,
}

/// The requests of one method that are dispatched to one route.
#[derive(Debug)]
pub struct Unit {
    /// The route, as an index into [`Api::routes`].
    pub route: usize,
    /// The method; nothing for `$connect`.
    pub method: Option<Method>,
    /// The template, before its first step.
    pub start: Position,
    /// The text that every path of the template begins with.
    pub literal: String,
    /// The template behind that text.
    pub rest: Position,
    /// More specific templates that have the method: what they match, they take.
    pub rivals: Vec<Position>,
    /// Where these stand behind the literal text.
    pub taken: Vec<Position>,
    /// The shortest path that is dispatched here; nothing if no request reaches the route with this method.
    pub example: Option<String>,
}

impl Unit {
    /// Whether every path of the template is the one literal text.
    #[must_use]
    pub fn is_static(&self, program: &Program) -> bool {
        !program.has_wildcard(self.rest) && program.accepts(self.rest)
    }
}

impl<'p> Routing<'p> {
    /// Compiles the routes of an API.
    #[must_use]
    pub fn new(api: &'p Api) -> Self {
        let mut program = Program::new(alphabet());
        let precedence = Precedence::new(&api.routes);
        let mut start = |route: &Route| Some(program.add(&pattern(api.kind, &route.key.value)?));
        let starts: Vec<Option<Position>> = api.routes.iter().map(&mut start).collect();
        let mut routing = Self { api, program, units: Vec::new() };
        for ((index, route), start) in (0..).zip(&api.routes).zip(&starts) {
            let Some(start) = *start else { continue };
            let rivals = precedence.rivals(&route.key.value);
            for method in own_methods(api, index, &route.key.value, &precedence) {
                let unit = routing.unit(index, method, start, &rivals, &starts);
                routing.units.push(unit);
            }
        }
        routing
    }

    /// The unit that takes a request; nothing if no route does.
    #[must_use]
    pub fn dispatch(&self, request: &Request) -> Option<usize> {
        let path = request.path.as_bytes();
        let matches = |&at: &Position| self.program.matches(at, path);
        let takes =
            |unit: &Unit| unit.method == request.method && matches(&unit.start) && !unit.rivals.iter().any(&matches);
        self.units.iter().position(takes).filter(|_| self.program.alphabet().is_word(path))
    }

    fn unit(
        &self,
        route: usize,
        method: Option<Method>,
        start: Position,
        rivals: &[usize],
        starts: &[Option<Position>],
    ) -> Unit {
        let (literal, rest) = self.program.literal_run(start);
        let has_method = |rival: &&usize| {
            let declared = self.api.routes.get(**rival).map(|route| methods_of(&route.key.value));
            declared.zip(method).is_some_and(|(declared, method)| declared.contains(method))
        };
        let rivals = rivals.iter().filter(has_method).filter_map(|&rival| starts.get(rival).copied().flatten());
        let mut rivals: Vec<Position> = rivals.collect();
        rivals.sort_unstable();
        let taken = self.program.advance(&rivals, &literal);
        let query = Query {
            program: &self.program,
            required: vec![vec![start]],
            avoided: rivals.clone(),
            longest: LONGEST_ARN,
        };
        let literal = String::from_utf8_lossy(&literal).into_owned();
        let example = match query.shortest(&Budget::new(BUDGET)) {
            Ok(found) => found.map(|path| String::from_utf8_lossy(&path).into_owned()),
            // Not decided whether a rival takes it too: the best example of the template alone.
            Err(_) => self.program.least(start).map(|path| String::from_utf8_lossy(&path).into_owned()),
        };
        Unit { route, method, start, literal, rest, rivals, taken, example }
    }
}

/// The methods that a route keeps: `ANY` loses those that an equal template has of its own, and of equal routes the first one takes all.
fn own_methods(api: &Api, route: usize, key: &RouteKey, precedence: &Precedence<'_>) -> Vec<Option<Method>> {
    if *key == RouteKey::Connect {
        let is_first = precedence.equals(key).first() == Some(&route);
        return if is_first { vec![None] } else { Vec::new() };
    }
    let methods = methods_of(key);
    let taken_by_equal = |method: Method| {
        precedence.equals(key).iter().any(|&other| {
            match (methods, api.routes.get(other).map(|route| methods_of(&route.key.value))) {
                (Methods::Any, Some(Methods::One(own))) => own == method,
                (mine, Some(theirs)) => mine == theirs && other < route,
                (_, None) => false,
            }
        })
    };
    Method::ALL.into_iter().filter(|&method| methods.contains(method) && !taken_by_equal(method)).map(Some).collect()
}

/// The paths of a route as a pattern; nothing for what takes no request of its own.
fn pattern(kind: ApiKind, key: &RouteKey) -> Option<Pattern> {
    match (kind, key) {
        (ApiKind::WebSocket, RouteKey::Connect) => Some(Pattern::literal("$connect")),
        (ApiKind::WebSocket, _) | (_, RouteKey::Connect | RouteKey::Message(_)) => None,
        (_, RouteKey::Default) => Some(Pattern::glob("*")),
        (_, RouteKey::Path { template, .. }) => Some(template_pattern(template)),
    }
}

/// The paths of a template: `{name}` is one segment, `{name+}` is one or more.
#[must_use]
pub fn template_pattern(template: &Template) -> Pattern {
    let mut pattern = Pattern::new();
    for (index, segment) in template.segments.iter().enumerate() {
        if index > 0 {
            pattern.push_literal("/");
        }
        let steps = match segment {
            Segment::Literal(text) => {
                pattern.push_literal(text);
                continue;
            }
            Segment::Parameter(_) => [Step::One(Some(b'/')), Step::Run(Some(b'/'))],
            Segment::Greedy(_) => [Step::One(None), Step::Run(None)],
        };
        for step in steps {
            pattern.push(step);
        }
    }
    pattern
}

/// The methods of a route; `$default` has all.
#[must_use]
pub const fn methods_of(key: &RouteKey) -> Methods {
    match key {
        RouteKey::Path { methods, .. } => *methods,
        _ => Methods::Any,
    }
}
