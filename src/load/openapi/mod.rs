//! OpenAPI 2.0 and 3.x with the extensions of API Gateway: alone, exported, or as the body of an API in a template.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html>

mod kind;
mod operation;
mod origin;
mod path;
mod scheme;

use crate::load::definition::Definition;
use crate::load::definition::Given;
use crate::load::definition_error::DefinitionProblem;
use crate::load::embedded_policy;
use crate::load::ignored;
use crate::load::openapi::operation::Guards;
use crate::load::reading::Reading;
use crate::load::template::Resolver;
use crate::load::template::Unresolved;
use crate::model::authorizer::ApiKind;
use crate::model::authorizer::Authorizer;
use crate::model::policy::Policy;
use crate::model::project::Api;
use crate::model::route::Guard;
use crate::model::route::Route;
use crate::model::route::RouteKey;
use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::Node;

pub(super) use self::operation::signature;
pub(super) use self::scheme::payload;

/// What a document says of an API.
#[derive(Debug)]
pub(super) struct Body {
    /// Its routes.
    pub(super) routes: Vec<Operation>,
    /// Its authorizers; [`Guard::Authorizer`] is a position here.
    pub(super) authorizers: Vec<Authorizer>,
    /// `x-amazon-apigateway-policy`
    pub(super) resource_policy: Option<Policy>,
    /// `x-amazon-apigateway-cors`
    pub(super) cors: Option<Span>,
}

/// A route of a document.
#[derive(Clone, Debug)]
pub(super) struct Operation {
    /// What it answers to, at the place of the method.
    pub(super) key: Spanned<RouteKey>,
    /// What it says about who guards it.
    pub(super) security: Security,
}

/// What an operation says about who guards it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Security {
    /// Nothing, or only that it wants an API key: a default of the tool around may fill that in.
    Unstated,
    /// Nothing, and there is no integration: the operation is not finished, and defaults pass it by.
    Unfinished,
    /// That nobody does.
    Open,
    /// Who does.
    By(Guard),
}

/// Whether a tree is an OpenAPI document.
pub(super) fn recognises(root: &Node) -> bool {
    let version = |key| root.get(key).and_then(Node::scalar).is_some();
    (version("openapi") || version("swagger")) && root.get("Resources").is_none()
}

/// Reads a document that stands alone.
pub(super) fn load(given: &Given<'_>) -> Definition {
    let mut reading = Reading::new(Resolver::default());
    let kind = given.settings.api.unwrap_or_else(|| kind::tell(given.root));
    let body = read(&mut reading, kind, given.root, Vec::new());
    let origin = origin::read(given.root);
    let mut apis = Vec::new();
    if body.routes.is_empty() {
        let start = Span { end: given.root.span.start, ..given.root.span };
        reading.refuse(start, DefinitionProblem::NoApi("OpenAPI document"));
    } else {
        apis.push(Api {
            kind,
            source: given.name.to_owned(),
            stages: origin.stage.into_iter().collect(),
            id: origin.id,
            resource_policy: body.resource_policy,
            cors: body.cors,
            routes: body.routes.into_iter().map(Operation::into_route).collect(),
            authorizers: body.authorizers,
        });
    }
    Definition {
        apis,
        unknown: reading.unknown,
        ignored: reading.ignored,
        errors: reading.errors,
        ..Definition::default()
    }
}

/// Reads a document, or the body of an API in a template; `known` are authorizers that the template adds to it.
pub(super) fn read<'t>(reading: &mut Reading<'t>, kind: ApiKind, root: &'t Node, known: Vec<Authorizer>) -> Body {
    let mut authorizers = known;
    for found in scheme::read_all(reading, kind, root) {
        if authorizers.iter().all(|authorizer| authorizer.id != found.id) {
            authorizers.push(found);
        }
    }
    let mut guards = Guards { authorizers, plain: scheme::plain(root) };
    let routes = path::read_all(reading, kind, root, &mut guards);
    let resource_policy = root
        .get("x-amazon-apigateway-policy")
        .filter(|_| kind == ApiKind::Rest)
        .and_then(|node| embedded_policy::read(reading, node));
    let cors = root.member("x-amazon-apigateway-cors").filter(|_| kind == ApiKind::Http).map(|member| member.key.span);
    let mut body = Body { routes, authorizers: guards.authorizers, resource_policy, cors };
    take_root_security(reading, kind, root, &mut body);
    body
}

impl Body {
    /// What there is without a document: authorizers that a template declares.
    pub(super) const fn only(authorizers: Vec<Authorizer>) -> Self {
        Self { routes: Vec::new(), authorizers, resource_policy: None, cors: None }
    }
}

impl Operation {
    /// The route, where no default fills in what the operation leaves out.
    pub(super) fn into_route(self) -> Route {
        let guard = match self.security {
            Security::Unstated | Security::Unfinished | Security::Open => Guard::Open,
            Security::By(guard) => guard,
        };
        Route { key: self.key, guard }
    }
}

/// REST APIs ignore `security` at the root of a document; for HTTP APIs nothing is documented.
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html>
fn take_root_security<'t>(reading: &mut Reading<'t>, kind: ApiKind, root: &'t Node, body: &mut Body) {
    let Some(member) = root.member("security") else { return };
    let names = member.value.items().iter().flat_map(Node::members).map(|requirement| &requirement.key.value);
    if !names.into_iter().any(|name| body.authorizers.iter().any(|authorizer| authorizer.id == *name)) {
        return;
    }
    let why = match kind {
        ApiKind::Rest => "REST APIs ignore it: only `security` of an operation counts",
        _ => "whether HTTP APIs take it from there is not documented",
    };
    reading.leave_open("`security` at the root".to_owned(), &Unresolved { why: why.to_owned(), span: member.key.span });
    if kind == ApiKind::Rest {
        reading.ignore(ignored::root_security(member.key.clone()));
    }
    if kind == ApiKind::Http {
        for route in
            body.routes.iter_mut().filter(|route| matches!(route.security, Security::Unstated | Security::Unfinished))
        {
            route.security = Security::By(Guard::Unknown(why.to_owned()));
        }
    }
}
