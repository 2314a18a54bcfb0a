//! Whose decisions share a cache entry, and for how long: rules on the authorizer's settings.

pub(in crate::rules) mod invalid_ttl;

use crate::analysis::Facts;
use crate::model::authorizer::Authorizer;
use crate::model::project::Api;

/// An authorizer whose function API Gateway asks, with the API that it belongs to.
#[derive(Clone, Copy)]
struct Asked<'f> {
    api: &'f Api,
    authorizer: &'f Authorizer,
}

/// The Lambda authorizers of all APIs: the others have no response to cache.
fn asked<'f>(facts: &Facts<'f>) -> impl Iterator<Item = Asked<'f>> {
    facts.project.apis.iter().flat_map(|api| {
        let lambda = api.authorizers.iter().filter(|authorizer| authorizer.kind.is_lambda());
        lambda.map(move |authorizer| Asked { api, authorizer })
    })
}
