//! Who guards a route: what its event says, what the document says, or the default of the API.

use crate::load::openapi;
use crate::load::openapi::Body;
use crate::load::openapi::Security;
use crate::load::reading::Reading;
use crate::model::authorizer::ApiKind;
use crate::model::authorizer::Authorizer;
use crate::model::route::Guard;
use crate::model::route::Method;
use crate::model::route::Methods;
use crate::model::route::RouteKey;
use crate::syntax::Node;

/// What `Auth.Authorizer` of an event says.
pub(super) fn of_event<'t>(
    reading: &mut Reading<'t>,
    auth: Option<&'t Node>,
    authorizers: &mut Vec<Authorizer>,
) -> Security {
    let Some(node) = auth.and_then(|auth| auth.get("Authorizer")) else { return Security::Unstated };
    named(reading, node, authorizers)
}

/// The security that a name stands for: an authorizer of the API, `AWS_IAM` or `NONE`.
fn named<'t>(reading: &mut Reading<'t>, node: &'t Node, authorizers: &mut Vec<Authorizer>) -> Security {
    let name = match reading.resolver.text(node) {
        Ok(Some(name)) => name,
        Ok(None) => return Security::Unstated,
        Err(found) => {
            reading.leave_open("authorizer of a route".to_owned(), &found);
            return Security::By(Guard::Unknown(found.why));
        }
    };
    match name.value.as_str() {
        "NONE" => Security::Open,
        "AWS_IAM" => Security::By(openapi::signature(authorizers, name.span)),
        name => match authorizers.iter().position(|authorizer| authorizer.id == name) {
            Some(position) => Security::By(Guard::Authorizer(position)),
            None => Security::By(Guard::Unknown(format!("the API declares no authorizer `{name}`"))),
        },
    }
}

/// Gives every route that says nothing the default authorizer.
///
/// REST APIs: CORS preflights too, unless `AddDefaultAuthorizerToCorsPreflight` is false. HTTP APIs: never `OPTIONS`.
pub(super) fn apply_default<'t>(reading: &mut Reading<'t>, kind: ApiKind, auth: Option<&'t Node>, body: &mut Body) {
    let Some(node) = auth.and_then(|auth| auth.get("DefaultAuthorizer")) else { return };
    let default = named(reading, node, &mut body.authorizers);
    let flag = auth.and_then(|auth| auth.get("AddDefaultAuthorizerToCorsPreflight"));
    let flag = reading.text(flag, || "`AddDefaultAuthorizerToCorsPreflight`".to_owned());
    let with_preflight = kind == ApiKind::Rest && flag.is_none_or(|flag| flag.value != "false");
    for route in body.routes.iter_mut().filter(|route| route.security == Security::Unstated) {
        if with_preflight || !is_preflight(&route.key.value) {
            route.security = default.clone();
        }
    }
}

const fn is_preflight(key: &RouteKey) -> bool {
    matches!(key, RouteKey::Path { methods: Methods::One(Method::Options), .. })
}
