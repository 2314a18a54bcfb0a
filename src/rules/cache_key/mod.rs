//! Whose decisions share a cache entry, and for how long: rules on the authorizer's settings.

pub(in crate::rules) mod caching_disabled;
pub(in crate::rules) mod invalid_identity_source;
pub(in crate::rules) mod invalid_ttl;
pub(in crate::rules) mod key_never_repeats;
pub(in crate::rules) mod key_without_caller;
pub(in crate::rules) mod missing_identity_source;
pub(in crate::rules) mod simple_response_cached;
pub(in crate::rules) mod unstated_ttl;

use crate::analysis::Facts;
use crate::analysis::dispatch::Routing;
use crate::analysis::scope::routes_together;
use crate::finding::Finding;
use crate::finding::Severity;
use crate::model::authorizer::ApiKind;
use crate::model::authorizer::Authorizer;
use crate::model::authorizer::Setting;
use crate::model::identity_source::IdentitySource;
use crate::model::identity_source::parse;
use crate::model::project::Api;
use crate::model::route::Guard;

/// An authorizer whose function API Gateway asks, with the API that it belongs to.
#[derive(Clone, Copy)]
struct Asked<'f> {
    api: &'f Api,
    /// Its index among those of the API.
    index: usize,
    authorizer: &'f Authorizer,
}

/// The Lambda authorizers of all APIs: the others have no response to cache.
fn asked<'f>(facts: &Facts<'f>) -> impl Iterator<Item = Asked<'f>> {
    facts.project.apis.iter().flat_map(|api| {
        let lambda = (0..).zip(&api.authorizers).filter(|(_, authorizer)| authorizer.kind.is_lambda());
        lambda.map(move |(index, authorizer)| Asked { api, index, authorizer })
    })
}

/// Those of them that some route is known to use.
fn attached<'f>(facts: &Facts<'f>) -> impl Iterator<Item = Asked<'f>> {
    let guards = |asked: &Asked<'_>| {
        let mut guards = asked.api.routes.iter().map(|route| &route.guard);
        guards.any(|guard| *guard == Guard::Authorizer(asked.index))
    };
    asked(facts).filter(guards)
}

impl<'f> Asked<'f> {
    /// What its cache key is made of; nothing where a part of it is none, which is another rule's business.
    fn key(self) -> Option<Vec<IdentitySource<'f>>> {
        let sources = self.authorizer.identity_sources.get().iter();
        sources.map(|source| parse(self.api.kind, &source.value).ok()).collect()
    }

    /// A fragment about the identity sources; an option has no place in a file, so it says that it was one.
    fn about_key(self, fragment: &str) -> String {
        match &self.authorizer.identity_sources {
            Setting::Given { by, .. } => format!("{fragment} (`{by}`)"),
            _ => fragment.to_owned(),
        }
    }

    /// How many routes a cached simple response decides for; nothing where it is one, or where it returns none.
    fn routes_with_one_verdict(self) -> Option<usize> {
        if self.api.kind != ApiKind::Http || self.authorizer.simple_responses != Some(true) {
            return None;
        }
        let together = routes_together(&Routing::new(self.api), self.index, self.authorizer);
        Some(together).filter(|&together| together > 1)
    }

    /// The finding with the TTL beside it: a note where nobody knows whether it is cached at all.
    fn with_ttl(self, finding: Finding) -> Finding {
        let ttl = &self.authorizer.ttl;
        let Some(seconds) = ttl.get().seconds() else { return finding.no_worse_than(Severity::Note) };
        match ttl {
            Setting::Written(written) => finding.with_related(written.span, format!("cached for {seconds} seconds")),
            Setting::Given { by, .. } => {
                finding.with_related(self.authorizer.name.span, format!("cached for {seconds} seconds (`{by}`)"))
            }
            Setting::Default { owner, origin, .. } => {
                finding.with_related(*owner, format!("cached for {seconds} seconds ({origin})"))
            }
        }
    }
}
