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
