//! The lines of a route list, put together to one API: what a line leaves open is inferred or API Gateway's default.

use crate::load::default_ttl::default_ttl;
use crate::load::defaults;
use crate::load::route_list::Problem;
use crate::load::route_list::RouteListError;
use crate::load::route_list::authorizer::AuthorizerLine;
use crate::load::route_list::line::Column;
use crate::load::route_list::line::Line;
use crate::load::settings::implies_request;
use crate::model::authorizer::ApiKind;
use crate::model::authorizer::Authorizer;
use crate::model::authorizer::AuthorizerKind;
use crate::model::authorizer::Setting;
use crate::model::authorizer::Ttl;
use crate::model::project::Api;
use crate::model::project::Settings;
use crate::model::route::Guard;
use crate::model::route::Route;
use crate::model::route::RouteKey;
use crate::source::Span;
use crate::source::Spanned;

/// Puts the lines of the file `name` together; nothing where none of them is a route.
pub(super) fn assemble(
    name: &str,
    settings: &Settings,
    lines: Vec<Line>,
    errors: &mut Vec<RouteListError>,
) -> Option<Api> {
    let mut declared = Vec::new();
    let mut routes = Vec::new();
    for line in lines {
        match line {
            Line::Route(key, column) => routes.push((key, column)),
            Line::Authorizer(line) => declared.push(line),
        }
    }
    if routes.is_empty() {
        return None;
    }
    let kind = api_kind(settings, &declared, &routes, errors);
    let mut guards = Guards::declared(kind, declared, errors);
    let routes = routes
        .into_iter()
        .filter_map(|(key, column)| route(kind, key, column, &mut guards).map_err(|error| errors.push(error)).ok())
        .collect();
    Some(Api {
        kind,
        source: name.to_owned(),
        stages: Vec::new(),
        id: None,
        resource_policy: None,
        cors: None,
        routes,
        authorizers: guards.authorizers,
    })
}

/// The option, else what a line says, else what only one kind of API has.
fn api_kind(
    settings: &Settings,
    declared: &[AuthorizerLine],
    routes: &[(Spanned<RouteKey>, Column)],
    errors: &mut Vec<RouteListError>,
) -> ApiKind {
    if let Some(kind) = settings.api {
        return kind;
    }
    let mut stated = declared.iter().filter_map(|line| line.api);
    if let Some(first) = stated.next() {
        errors.extend(
            stated
                .filter(|other| other.value != first.value)
                .map(|other| RouteListError { span: other.span, problem: Problem::SecondApi(other.value) }),
        );
        return first.value;
    }
    let written = declared.iter().filter_map(|line| line.sources.as_ref());
    let mut sources: Vec<&str> = settings.identity_sources.iter().map(String::as_str).collect();
    if sources.is_empty() {
        sources.extend(written.flat_map(|sources| &sources.value).map(|source| source.value.as_str()));
    }
    let source_of = |prefixes: &[&str]| {
        let has = |source: &&str| prefixes.iter().any(|prefix| source.starts_with(prefix));
        sources.iter().any(has)
    };
    let has_key = |wanted: fn(&RouteKey) -> bool| routes.iter().any(|(key, _)| wanted(&key.value));
    if has_key(|key| matches!(key, RouteKey::Connect | RouteKey::Message(_))) || source_of(&["route.request."]) {
        ApiKind::WebSocket
    } else if has_key(|key| *key == RouteKey::Default) || source_of(&["$context.", "$request."]) {
        ApiKind::Http
    } else {
        ApiKind::Rest
    }
}

fn route(kind: ApiKind, key: Spanned<RouteKey>, column: Column, guards: &mut Guards) -> Result<Route, RouteListError> {
    let value = match (kind, key.value) {
        (ApiKind::WebSocket, RouteKey::Default) => RouteKey::Message("$default".to_owned()),
        (_, other) => other,
    };
    let exists = match value {
        RouteKey::Path { .. } => kind != ApiKind::WebSocket,
        RouteKey::Default => kind == ApiKind::Http,
        RouteKey::Connect | RouteKey::Message(_) => kind == ApiKind::WebSocket,
    };
    if !exists {
        return Err(RouteListError { span: key.span, problem: Problem::NotOfThisApi(value.to_string(), kind) });
    }
    let guard = match (column, &value) {
        (Column::Name(name), _) => Guard::Authorizer(guards.named(name)),
        // Of a WebSocket API only `$connect` is ever authorized.
        (Column::Dash, _) | (Column::Absent, RouteKey::Message(_)) => Guard::Open,
        (Column::Absent, _) => Guard::Authorizer(guards.default(key.span)?),
    };
    Ok(Route { key: Spanned::new(value, key.span), guard })
}

/// The authorizers: those with a line of their own first, then those that only routes name.
struct Guards {
    kind: ApiKind,
    authorizers: Vec<Authorizer>,
    /// How many have a line.
    declared: usize,
}

impl Guards {
    fn declared(kind: ApiKind, lines: Vec<AuthorizerLine>, errors: &mut Vec<RouteListError>) -> Self {
        let mut authorizers: Vec<Authorizer> = Vec::new();
        for line in lines {
            if authorizers.iter().any(|other| other.id == line.name.value) {
                errors.push(RouteListError {
                    span: line.name.span,
                    problem: Problem::RepeatedAuthorizer(line.name.value),
                });
                continue;
            }
            if let Some(found) = line.kind.filter(|found| !exists(kind, found.value)) {
                errors.push(RouteListError {
                    span: found.span,
                    problem: Problem::NotOfThisApi(found.value.name().to_owned(), kind),
                });
            }
            authorizers.push(authorizer(kind, line));
        }
        Self { kind, declared: authorizers.len(), authorizers }
    }

    /// The position of an authorizer, made with the defaults where no line declares it.
    fn named(&mut self, name: Spanned<String>) -> usize {
        if let Some(known) = self.authorizers.iter().position(|other| other.id == name.value) {
            return known;
        }
        self.authorizers
            .push(authorizer(self.kind, AuthorizerLine { name, api: None, kind: None, ttl: None, sources: None }));
        self.authorizers.len() - 1
    }

    /// The authorizer of a route that names none.
    fn default(&mut self, route: Span) -> Result<usize, RouteListError> {
        let name = "default";
        let has_default = self.authorizers.iter().any(|other| other.id == name);
        match self.declared {
            1 if !has_default => Ok(0),
            0 | 1 => Ok(self.named(Spanned::new(name.to_owned(), route))),
            _ if has_default => Ok(self.named(Spanned::new(name.to_owned(), route))),
            _ => Err(RouteListError { span: route, problem: Problem::AmbiguousAuthorizer }),
        }
    }
}

/// Which kinds of authorizer a kind of API has.
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html#http-api-vs-rest.differences.authorization>
const fn exists(api: ApiKind, kind: AuthorizerKind) -> bool {
    match kind {
        AuthorizerKind::Token | AuthorizerKind::Cognito => matches!(api, ApiKind::Rest),
        AuthorizerKind::Jwt => matches!(api, ApiKind::Http),
        AuthorizerKind::Request | AuthorizerKind::Iam => true,
    }
}

fn authorizer(api: ApiKind, line: AuthorizerLine) -> Authorizer {
    let owner = line.name.span;
    let needs_request = line.sources.as_ref().is_some_and(|sources| {
        let texts: Vec<&str> = sources.value.iter().map(|source| source.value.as_str()).collect();
        implies_request(&texts)
    });
    let inferred = match api {
        ApiKind::Rest if !needs_request => AuthorizerKind::Token,
        _ => AuthorizerKind::Request,
    };
    Authorizer {
        id: line.name.value.clone(),
        kind: line.kind.map_or(inferred, |kind| kind.value),
        ttl: line.ttl.map_or_else(
            || default_ttl(api, owner),
            |ttl| Setting::Written(Spanned::new(Ttl::Seconds(ttl.value), ttl.span)),
        ),
        identity_sources: line.sources.map_or_else(|| default_sources(api, owner), Setting::Written),
        payload: None,
        // A line has no word for it, and often none for the kind of API.
        simple_responses: None,
        name: line.name,
    }
}

fn default_sources(api: ApiKind, owner: Span) -> Setting<Vec<Spanned<String>>> {
    let source = match api {
        ApiKind::Rest => Some("method.request.header.Authorization"),
        ApiKind::Http => Some("$request.header.Authorization"),
        ApiKind::WebSocket => None,
    };
    defaults::identity_source(source, owner, "API Gateway's default")
}
