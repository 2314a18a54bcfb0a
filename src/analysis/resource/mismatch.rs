//! Why a Resource matches no request of any route.

use crate::model::arn::ArnPattern;
use crate::model::arn::TEST_STAGES;
use crate::model::deployment::Component;
use crate::model::deployment::Deployment;
use crate::model::deployment::Origin;
use crate::model::policy::glob_matches;
use crate::model::project::Api;
use crate::model::route::Method;
use crate::model::route::Methods;
use crate::model::route::RouteKey;
use crate::model::route::Segment;
use crate::model::route::Template;

/// How alike two paths must be for one to be taken for the other.
const ALIKE: f64 = 0.8;

/// Why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mismatch {
    /// A component of the ARN is not the one that is stated for the API.
    Elsewhere {
        /// Its name: `stage`.
        component: &'static str,
        /// What is stated.
        stated: String,
    },
    /// A slash ends the path.
    TrailingSlash,
    /// A route has the path in another case.
    Case(String),
    /// A route has the path, with another method.
    Method(String),
    /// A route has a path much like it.
    Near(String),
    /// Nothing is like it.
    Nothing,
}

/// The first reason that applies.
#[must_use]
pub fn mismatch(api: &Api, deployment: &Deployment, text: &str) -> Mismatch {
    let arn = ArnPattern::new(text);
    if let Some(elsewhere) = elsewhere(&arn, deployment) {
        return elsewhere;
    }
    let tail = arn.tail();
    let (Some(method), Some(path)) = (tail.method, tail.path) else { return Mismatch::Nothing };
    if arn.has_wildcard() && (path.contains(['*', '?']) || method.contains('?')) {
        return Mismatch::Nothing;
    }
    let parts: Vec<&str> = path.split('/').collect();
    let routes = || api.routes.iter().filter_map(|route| written_like(&route.key.value, &parts));
    let of_method =
        |methods: Methods| method == "*" || Method::parse(method).is_some_and(|method| methods.contains(method));
    let written = |parts: &[&str]| {
        let text = parts.join("/");
        api.routes.iter().filter_map(|route| written_like(&route.key.value, parts)).any(|(_, like)| like == text)
    };
    if let [before @ .., ""] = parts.as_slice()
        && (written(before) || written(&parts))
    {
        return Mismatch::TrailingSlash;
    }
    // A route that has the very path, and takes no request of it, shows that no request has such a path.
    let is_case = |like: &str| like != path && like.eq_ignore_ascii_case(path);
    if let Some((_, like)) = routes().find(|(methods, like)| of_method(*methods) && is_case(like)) {
        return Mismatch::Case(like);
    }
    if let Some((methods, _)) = routes().find(|(methods, like)| !of_method(*methods) && like == path) {
        return Mismatch::Method(methods.name().to_owned());
    }
    let score = |like: &str| strsim::normalized_damerau_levenshtein(like, path);
    let near = routes().filter(|(methods, like)| of_method(*methods) && like != path && score(like) >= ALIKE);
    near.max_by(|(_, one), (_, two)| score(one).total_cmp(&score(two)))
        .map_or(Mismatch::Nothing, |(_, like)| Mismatch::Near(like))
}

fn elsewhere(arn: &ArnPattern<'_>, deployment: &Deployment) -> Option<Mismatch> {
    let tail = arn.tail();
    let written = [arn.partition(), arn.region(), arn.account(), tail.api, tail.stage?];
    let differs = |(written, component): (&str, &Component)| {
        component.origin == Origin::Stated
            && !TEST_STAGES.contains(&written)
            && !glob_matches(written, &component.value)
    };
    written.into_iter().zip(deployment.components()).find_map(|(written, (name, component))| {
        differs((written, component)).then(|| Mismatch::Elsewhere { component: name, stated: component.value.clone() })
    })
}

/// A route's path with the given segments in the place of its parameters; nothing where it has another number of segments.
fn written_like(key: &RouteKey, parts: &[&str]) -> Option<(Methods, String)> {
    let RouteKey::Path { methods, template: Template { segments } } = key else { return None };
    if segments.len() != parts.len() {
        return None;
    }
    let written: Vec<&str> = segments
        .iter()
        .zip(parts)
        .map(|(segment, part)| match segment {
            Segment::Literal(text) => text.as_str(),
            Segment::Parameter(_) | Segment::Greedy(_) => part,
        })
        .collect();
    Some((*methods, written.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::authorizer::ApiKind;
    use crate::model::route::Guard;
    use crate::model::route::Route;
    use crate::source::Sources;
    use crate::source::Span;
    use crate::source::Spanned;

    #[test]
    fn the_first_reason_that_applies_is_given() {
        let (case, near) = (|text: &str| Mismatch::Case(text.to_owned()), |text: &str| Mismatch::Near(text.to_owned()));
        for (tail, expected) in [
            ("GET/users/", Mismatch::TrailingSlash),
            ("GET/users/5/", Mismatch::TrailingSlash),
            ("GET/nothing/", Mismatch::Nothing),
            ("GET/Users", case("users")),
            ("*/Users", case("users")),
            ("POST/Users", Mismatch::Nothing),
            ("POST/users", Mismatch::Method("GET".to_owned())),
            ("GET/users/5", Mismatch::Method("POST".to_owned())),
            ("GET/user", near("users")),
            ("*/user", near("users")),
            ("POST/user", Mismatch::Nothing),
            ("POST/usr/5/tags", Mismatch::Nothing),
            ("GET/usr/5/tags", near("users/5/tags")),
            // A route that has the very path shows that no request has.
            ("GET/users", Mismatch::Nothing),
            ("GET/use*", Mismatch::Nothing),
            ("G?T/user", Mismatch::Nothing),
            ("GET/us?r", Mismatch::Nothing),
            ("GET/user?", Mismatch::Nothing),
            ("GET", Mismatch::Nothing),
        ] {
            let text = format!("arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/prod/{tail}");
            assert_eq!(mismatch(&api(), &deployment(), &text), expected, "{tail}");
        }
        let stage = Mismatch::Elsewhere { component: "stage", stated: "prod".to_owned() };
        for (text, expected) in [
            ("arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/dev/GET/users", stage),
            ("arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/test-invoke-stage/GET/user", near("users")),
            ("arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/user", near("users")),
        ] {
            assert_eq!(mismatch(&api(), &deployment(), text), expected, "{text}");
        }
    }

    /// Of the components only the stage is stated.
    fn deployment() -> Deployment {
        let inferred = |value: &str| Component { value: value.to_owned(), origin: Origin::Inferred };
        Deployment {
            partition: inferred("aws"),
            region: inferred("eu-west-1"),
            account: inferred("123456789012"),
            api: inferred("a1b2c3d4e5"),
            stage: Component { value: "prod".to_owned(), origin: Origin::Stated },
        }
    }

    fn api() -> Api {
        let span = Span { source: Sources::default().add("routes.txt", ""), start: 0, end: 0 };
        let routes = [("GET", "/users"), ("POST", "/users/{id}"), ("GET", "/users/{id}/tags")];
        let route = |(method, path)| {
            let methods = Method::parse(method).map_or(Methods::Any, Methods::One);
            let key = RouteKey::Path { methods, template: Template::parse(path).unwrap() };
            Route { key: Spanned::new(key, span), guard: Guard::Open }
        };
        Api {
            kind: ApiKind::Rest,
            source: "routes.txt".to_owned(),
            stages: Vec::new(),
            id: None,
            cors: None,
            resource_policy: None,
            routes: routes.into_iter().map(route).collect(),
            authorizers: Vec::new(),
        }
    }
}
