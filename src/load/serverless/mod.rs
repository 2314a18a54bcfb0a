//! Services of the Serverless Framework: `serverless.yml` or its JSON form. A tree enters, up to three APIs leave, one of each kind.
//!
//! What the service declares as plain CloudFormation under `resources` is only read where an event refers to an authorizer there.

mod authorizer;
mod event;
mod variables;

use crate::load::definition::Definition;
use crate::load::definition::Given;
use crate::load::definition_error::DefinitionProblem;
use crate::load::embedded_policy;
use crate::load::guards::Guards;
use crate::load::reading::Reading;
use crate::load::route_key;
use crate::load::template::Resolver;
use crate::model::authorizer::ApiKind;
use crate::model::authorizer::Authorizer;
use crate::model::authorizer::AuthorizerKind;
use crate::model::authorizer::Setting;
use crate::model::project::Api;
use crate::model::route::Guard;
use crate::model::route::Method;
use crate::model::route::Methods;
use crate::model::route::Route;
use crate::model::route::RouteKey;
use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::Member;
use crate::syntax::Node;
use crate::syntax::Value;

use self::authorizer::Named;
use self::event::Event;
use self::variables::Variables;

pub(super) use self::variables::references;

/// Whether a tree is a service: `service` and `provider`, beside functions, plugins or resources.
pub(super) fn recognises(root: &Node) -> bool {
    let has = |key| root.get(key).is_some();
    has("service") && has("provider") && !has("AWSTemplateFormatVersion") && !has("openapi") && !has("swagger")
}

/// Reads a service.
pub(super) fn load(given: &Given<'_>) -> Definition {
    let root = Variables::of(given).expand(given.root, 0);
    let resources = merged_resources(&root);
    let mut service = Service {
        name: given.name,
        root: &root,
        reading: Reading::new(Resolver::of(&resources)),
        resources: &resources,
    };
    let apis: Vec<Api> =
        [ApiKind::Rest, ApiKind::Http, ApiKind::WebSocket].into_iter().filter_map(|kind| service.api(kind)).collect();
    let mut reading = service.reading;
    if let Some(found) = root.get("functions").and_then(variables::left) {
        reading.leave_open("functions".to_owned(), &found);
    }
    if apis.is_empty() && reading.errors.is_empty() && reading.unknown.is_empty() {
        let start = Span { end: root.span.start, ..root.span };
        reading.refuse(start, DefinitionProblem::NoApi("service of the Serverless Framework"));
    }
    Definition {
        apis,
        unknown: reading.unknown,
        ignored: reading.ignored,
        errors: reading.errors,
        ..Definition::default()
    }
}

/// `resources` as one template: it may be a list of several.
fn merged_resources(root: &Node) -> Node {
    let parts = root.get("resources").into_iter().flat_map(|node| std::iter::once(node).chain(node.items()));
    let members: Vec<Member> =
        parts.filter_map(|part| part.get("Resources")).flat_map(Node::members).cloned().collect();
    let all = Node { span: root.span, value: Value::Object(members) };
    let key = Spanned::new("Resources".to_owned(), root.span);
    Node { span: root.span, value: Value::Object(vec![Member { key, value: all }]) }
}

/// A service while it is read.
struct Service<'t> {
    name: &'t str,
    root: &'t Node,
    reading: Reading<'t>,
    resources: &'t Node,
}

impl<'t> Service<'t> {
    fn provider(&self, key: &str) -> Option<&'t Node> {
        self.root.get("provider")?.get(key)
    }

    fn api(&mut self, kind: ApiKind) -> Option<Api> {
        let functions = self.root.get("functions")?;
        let events = event::all(&mut self.reading, kind, functions);
        if events.is_empty() {
            return None;
        }
        let mut guards = Guards::default();
        if kind == ApiKind::Http {
            let declared =
                self.provider("httpApi").and_then(|api| api.get("authorizers")).map_or(&[][..], Node::members);
            for member in declared {
                guards.with(authorizer::http(&mut self.reading, &member.key, &member.value));
            }
        }
        let mut routes = Vec::new();
        for event in &events {
            let guard = self.guard(kind, event, &mut guards);
            routes.push(Route { key: event.key.clone(), guard });
        }
        if kind == ApiKind::Rest {
            preflights(&events, &mut routes);
        }
        let own = match kind {
            ApiKind::Rest => self.provider("apiGateway").and_then(|api| api.get("restApiId")),
            ApiKind::Http => self.provider("httpApi").and_then(|api| api.get("id")),
            ApiKind::WebSocket => self.provider("apiGateway").and_then(|api| api.get("websocketApiId")),
        };
        Some(Api {
            kind,
            source: self.name.to_owned(),
            stages: self.stage(kind),
            id: own.filter(|node| variables::left(node).is_none()).and_then(Node::scalar).map(str::to_owned),
            cors: self.cors(kind, &events),
            resource_policy: if kind == ApiKind::Rest { self.policy() } else { None },
            routes,
            authorizers: guards.authorizers,
        })
    }

    /// Where cross-origin requests are switched on: at the provider for an HTTP API, at an event for a REST API.
    fn cors(&self, kind: ApiKind, events: &[Event<'_>]) -> Option<Span> {
        match kind {
            ApiKind::Rest => events.iter().find_map(Event::cors).map(|member| member.key.span),
            ApiKind::Http => {
                let member = self.provider("httpApi")?.member("cors")?;
                let is_on = member.value.value != Value::Null && member.value.scalar() != Some("false");
                is_on.then_some(member.key.span)
            }
            ApiKind::WebSocket => None,
        }
    }

    /// HTTP APIs have the one stage `$default`; the others have that of the provider, `dev` where it names none.
    fn stage(&mut self, kind: ApiKind) -> Vec<Spanned<String>> {
        let place = self.root.member("provider").map_or(self.root.span, |member| member.key.span);
        if kind == ApiKind::Http {
            return vec![Spanned::new("$default".to_owned(), place)];
        }
        let Some(node) = self.provider("stage") else {
            return vec![Spanned::new(variables::DEFAULT_STAGE.to_owned(), place)];
        };
        if let Some(found) = variables::left(node) {
            self.reading.leave_open("stage".to_owned(), &found);
            return Vec::new();
        }
        node.scalar().map(|text| Spanned::new(text.to_owned(), node.span)).into_iter().collect()
    }

    /// `resourcePolicy` is the list of statements alone.
    fn policy(&mut self) -> Option<crate::model::policy::Policy> {
        let within = self.provider("apiGateway").and_then(|api| api.get("resourcePolicy"));
        let statements = within.or_else(|| self.provider("resourcePolicy"))?;
        let member = |key: &str, value| Member { key: Spanned::new(key.to_owned(), statements.span), value };
        let version = Node { span: statements.span, value: Value::String("2012-10-17".to_owned()) };
        let members = vec![member("Version", version), member("Statement", statements.clone())];
        let document = Node { span: statements.span, value: Value::Object(members) };
        let mut reading = Reading::new(Resolver::default());
        let policy = embedded_policy::read(&mut reading, &document);
        self.reading.unknown.extend(reading.unknown);
        self.reading.errors.extend(reading.errors);
        policy
    }

    fn guard(&mut self, kind: ApiKind, event: &Event<'t>, guards: &mut Guards) -> Guard {
        let Some(node) = event.authorizer() else { return Guard::Open };
        let named = authorizer::named(&mut self.reading, node);
        match (named, kind) {
            (Named::Unknown(why), _) => Guard::Unknown(why),
            (Named::Iam(span), _) => guards.with_iam(span),
            (Named::Id(id), _) => self.by_id(id, guards),
            (Named::Cognito(name, block), _) => {
                let authorizer = authorizer::rest(&mut self.reading, AuthorizerKind::Cognito, name, block);
                guards.with(authorizer)
            }
            (Named::Lambda(name, block), ApiKind::Rest) => {
                let authorizer = authorizer::rest(&mut self.reading, AuthorizerKind::Token, name, block);
                merge(guards, authorizer)
            }
            (Named::Lambda(name, _), ApiKind::Http) => guards
                .known(&name.value)
                .unwrap_or_else(|| Guard::Unknown(format!("`provider.httpApi.authorizers` has no `{}`", name.value))),
            (Named::Lambda(name, block), ApiKind::WebSocket) => {
                let authorizer = authorizer::websocket(&mut self.reading, name, block);
                guards.with(authorizer)
            }
        }
    }

    /// An authorizer among the resources of the service, or one that is declared elsewhere.
    fn by_id(&mut self, id: &'t Node, guards: &mut Guards) -> Guard {
        let logical = self.reading.resolver.resource_of(id).or_else(|| id.get("Ref")?.scalar());
        let resource = logical.and_then(|logical| self.resources.get("Resources")?.member(logical));
        let Some((member, properties)) = resource.and_then(|found| Some((found, found.value.get("Properties")?)))
        else {
            let shown = id.scalar().or(logical).unwrap_or("of another stack");
            return Guard::Unknown(format!("the authorizer `{shown}` is declared elsewhere"));
        };
        let authorizer = authorizer::resource(&mut self.reading, &member.key, properties);
        guards.with(authorizer)
    }
}

/// Blocks with the same name are one resource, and a later block overwrites what it states.
fn merge(guards: &mut Guards, authorizer: Authorizer) -> Guard {
    let Some(Guard::Authorizer(at)) = guards.known(&authorizer.id) else { return guards.with(authorizer) };
    if let Some(known) = guards.authorizers.get_mut(at) {
        if matches!(authorizer.ttl, Setting::Written(_)) {
            known.ttl = authorizer.ttl;
            known.kind = authorizer.kind;
        }
        if matches!(authorizer.identity_sources, Setting::Written(_)) {
            known.identity_sources = authorizer.identity_sources;
        }
    }
    Guard::Authorizer(at)
}

/// `cors` makes an OPTIONS method without an authorizer, once for each path.
/// <https://www.serverless.com/framework/docs/providers/aws/events/apigateway#enabling-cors>
fn preflights(events: &[Event<'_>], routes: &mut Vec<Route>) {
    for event in events {
        let (Some(cors), RouteKey::Path { template, .. }) = (event.cors(), &event.key.value) else { continue };
        let options = route_key::of_path(Method::Options.name(), &template.to_string());
        let Ok(key) = options else { continue };
        let has = |route: &Route| route.key.value == key;
        debug_assert!(matches!(key, RouteKey::Path { methods: Methods::One(Method::Options), .. }));
        if !routes.iter().any(has) {
            routes.push(Route { key: Spanned::new(key, cors.key.span), guard: Guard::Open });
        }
    }
}
