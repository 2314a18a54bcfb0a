//! CORS preflights that go to a guarded route. A browser sends `OPTIONS` without credentials, so that the authorizer refuses, and the browser never
//! sends the request that it asked for.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html> and
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html>

use crate::language::Budget;
use crate::language::Pattern;
use crate::language::Query;
use crate::language::Step;
use crate::model::authorizer::Authorizer;
use crate::model::project::Api;
use crate::model::route::Guard;
use crate::model::route::Method;
use crate::model::route::Methods;
use crate::model::route::Request;
use crate::model::route::Route;
use crate::model::route::RouteKey;

use crate::analysis::dispatch::LONGEST_ARN;
use crate::analysis::dispatch::Routing;
use crate::analysis::dispatch::Unit;

/// Work for one question, in visited positions.
const QUESTION: u64 = 1_000_000;

/// A guarded route that takes preflights.
#[derive(Debug)]
pub struct Preflight<'p> {
    /// The route.
    pub route: &'p Route,
    /// The Lambda authorizer that guards it.
    pub authorizer: &'p Authorizer,
    /// An identity source that a preflight does not have, so that API Gateway refuses it without asking the function.
    pub missing: Option<&'p str>,
    /// How it comes to take them.
    pub taken: Taken,
    /// The shortest of them.
    pub request: Request,
}

/// How a route comes to take preflights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is a route for `OPTIONS`.
    ByItself,
    /// It is `ANY` or `$default` of an API that is configured for cross-origin requests: API Gateway answers a preflight by itself only where no
    /// route takes it.
    WithAllMethods,
}

/// Every route of a Lambda authorizer that takes preflights.
#[must_use]
pub fn preflights<'p>(routing: &Routing<'p>) -> Vec<Preflight<'p>> {
    let units = routing.units.iter().filter(|unit| unit.method == Some(Method::Options));
    units.filter_map(|unit| preflight(routing, unit)).collect()
}

fn preflight<'p>(routing: &Routing<'p>, unit: &Unit) -> Option<Preflight<'p>> {
    let api: &'p Api = routing.api;
    let route = api.routes.get(unit.route)?;
    let Guard::Authorizer(guard) = route.guard else { return None };
    let authorizer = api.authorizers.get(guard).filter(|authorizer| authorizer.kind.is_lambda())?;
    let mut sources = authorizer.identity_sources.get().iter().map(|source| source.value.as_str());
    let missing = sources.find(|source| holds_credentials(source));
    let (taken, path) = match &route.key.value {
        RouteKey::Path { methods: Methods::One(_), .. } => (Taken::ByItself, unit.example.clone()?),
        // A function that is asked may let them through.
        _ if api.cors.is_none() || missing.is_none() => return None,
        RouteKey::Default => (Taken::WithAllMethods, below_root(routing, unit)?),
        _ => (Taken::WithAllMethods, unit.example.clone()?),
    };
    Some(Preflight { route, authorizer, missing, taken, request: Request { method: Some(Method::Options), path } })
}

/// Whether an identity source is a header with the credentials of a page, which a browser leaves out of preflights. Other headers can be added by
/// what stands between, such as the `x-origin-verify` of a distribution.
/// <https://fetch.spec.whatwg.org/#cors-protocol-and-credentials>
fn holds_credentials(source: &str) -> bool {
    let Some((_, header)) = source.split_once("request.header.") else { return false };
    let header = header.to_ascii_lowercase();
    header == "cookie" || ["auth", "token", "jwt", "session", "api-key"].iter().any(|word| header.contains(word))
}

/// The shortest preflight of `$default` that is not for the root: an open `OPTIONS /{proxy+}`, which AWS advises, takes all but that one.
fn below_root(routing: &Routing<'_>, unit: &Unit) -> Option<String> {
    let mut program = routing.program.clone();
    let mut something = Pattern::new();
    something.push(Step::One(None));
    something.push(Step::Run(None));
    let something = program.add(&something);
    let query = Query {
        program: &program,
        required: vec![vec![something], vec![unit.start]],
        avoided: unit.rivals.clone(),
        longest: LONGEST_ARN,
    };
    let path = query.shortest(&Budget::new(QUESTION)).ok()??;
    Some(String::from_utf8_lossy(&path).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_headers_hold_the_credentials_of_a_page() {
        for header in ["Authorization", "X-Auth", "Cookie", "x-api-key", "X-Session-Id"] {
            assert!(holds_credentials(&format!("method.request.header.{header}")), "{header}");
        }
        for source in
            ["method.request.header.X-Origin-Verify", "method.request.header.cookies2", "context.authorizer.x"]
        {
            assert!(!holds_credentials(source), "{source}");
        }
    }
}
