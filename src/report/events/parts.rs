//! What the events of all kinds of APIs are made of.

use super::identity::Identity;
use super::identity::Place;
use super::tree::Tree;
use crate::analysis::invocation::Invocation;
use crate::model::arn::DEFAULT_STAGE;
use crate::model::authorizer::ApiKind;

/// The request came in at the beginning of 2026: the same command prints the same events.
pub(super) const TIME_MS: u64 = 1_767_225_600_000;

/// A request with all that is said about it.
pub(super) struct Parts<'i, 'p> {
    pub(super) invocation: &'i Invocation<'p>,
    /// As a REST API hands them on; those of an identity source come first.
    pub(super) headers: Vec<(String, String)>,
    pub(super) query: Vec<(String, String)>,
    pub(super) stage_variables: Vec<(String, String)>,
    /// The values of the identity sources, in their order.
    pub(super) identity: Vec<String>,
    variables: Vec<(&'static str, String)>,
    /// Context variables that only an identity source names.
    others: Vec<(String, String)>,
}

impl<'i, 'p> Parts<'i, 'p> {
    pub(super) fn new(invocation: &'i Invocation<'p>, number: usize, identity: &Identity) -> Self {
        let mut parts = Self {
            invocation,
            headers: Vec::new(),
            query: Vec::new(),
            stage_variables: Vec::new(),
            identity: Vec::new(),
            variables: variables(invocation, number),
            others: Vec::new(),
        };
        for source in invocation.authorizer.identity_sources.get() {
            if let Some(place) = Place::of(&source.value) {
                parts.put(&source.value, place, identity);
            }
        }
        let host = parts.variable("domainName").to_owned();
        let (address, agent) = (parts.variable("identity.sourceIp"), parts.variable("identity.userAgent"));
        let usual = [
            ("Accept", "*/*"),
            ("Host", &host),
            ("User-Agent", agent),
            ("X-Forwarded-For", address),
            ("X-Forwarded-Port", "443"),
            ("X-Forwarded-Proto", "https"),
        ];
        let usual = usual.map(|(name, value)| (name.to_owned(), value.to_owned()));
        for (name, value) in usual {
            if !parts.headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(&name)) {
                parts.headers.push((name, value));
            }
        }
        parts
    }

    fn put(&mut self, expression: &str, place: Place<'_>, identity: &Identity) {
        let mut value = identity.value(expression, place);
        match place {
            Place::Header(name) => self.headers.push((name.to_owned(), value.clone())),
            Place::Query(name) => self.query.push((name.to_owned(), value.clone())),
            Place::StageVariable(name) => self.stage_variables.push((name.to_owned(), value.clone())),
            Place::Context(name) => match self.variables.iter_mut().find(|(known, _)| *known == name) {
                Some((_, known)) if identity.given(expression).is_some() => known.clone_from(&value),
                Some((_, known)) => value.clone_from(known),
                None => self.others.push((name.to_owned(), value.clone())),
            },
        }
        self.identity.push(value);
    }

    /// The value of a context variable that every request has.
    pub(super) fn variable(&self, name: &str) -> &str {
        self.variables.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }

    /// `requestContext` with what identity sources want of it.
    pub(super) fn context<const N: usize>(&self, members: [(&str, Tree); N]) -> Tree {
        let mut context = Tree::object(members);
        for (name, value) in &self.others {
            context.complete(name, value);
        }
        context
    }

    /// `{"sourceIp": …, "userAgent": …}`
    pub(super) fn caller(&self) -> Tree {
        Tree::object(["sourceIp", "userAgent"].map(|name| (name, self.variable(&format!("identity.{name}")))))
    }
}

/// One value for each name.
pub(super) fn single(pairs: &[(String, String)]) -> Tree {
    Tree::object(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

/// A list of values for each name.
pub(super) fn multiple(pairs: &[(String, String)]) -> Tree {
    Tree::object(pairs.iter().map(|(name, value)| (name.as_str(), vec![value.as_str()])))
}

/// The context variables of a request, by the names of
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html>.
fn variables(invocation: &Invocation<'_>, number: usize) -> Vec<(&'static str, String)> {
    let Invocation { api, route, request, deployment, resource, .. } = invocation;
    let [partition, region, account, id, stage] = deployment.components().map(|(_, component)| &component.value);
    let top_level = if partition == "aws-cn" { "amazonaws.com.cn" } else { "amazonaws.com" };
    let path = match stage.as_str() {
        DEFAULT_STAGE if api.kind == ApiKind::Http => format!("/{}", request.path),
        stage => format!("/{stage}/{}", request.path),
    };
    vec![
        ("accountId", account.clone()),
        ("apiId", id.clone()),
        // Of the block of addresses for documentation.
        ("identity.sourceIp", "192.0.2.1".to_owned()),
        ("identity.userAgent", env!("CARGO_PKG_NAME").to_owned()),
        ("domainName", format!("{id}.execute-api.{region}.{top_level}")),
        ("domainPrefix", id.clone()),
        ("extendedRequestId", format!("event{number:011}=")),
        ("httpMethod", request.method.map_or("", crate::model::route::Method::name).to_owned()),
        ("path", path),
        ("protocol", "HTTP/1.1".to_owned()),
        ("requestId", format!("00000000-0000-4000-8000-{number:012}")),
        ("requestTime", "01/Jan/2026:00:00:00 +0000".to_owned()),
        ("requestTimeEpoch", TIME_MS.to_string()),
        ("resourceId", format!("r{:05}", resource + 1)),
        ("resourcePath", route.key.value.path()),
        ("routeKey", route.key.value.to_string()),
        ("stage", stage.clone()),
    ]
}
