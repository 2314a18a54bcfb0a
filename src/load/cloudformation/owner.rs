//! Which API a resource belongs to.

use crate::load::reading::Reading;
use crate::load::template::Resolver;
use crate::load::template::Resource;
use crate::load::template::Unresolved;
use crate::load::template::same;
use crate::syntax::Node;

/// An API as resources refer to it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Owner<'t> {
    /// A resource of the template.
    Here(&'t str),
    /// An API of another stack: the expression that stands for its id.
    Elsewhere(&'t Node),
}

impl Owner<'_> {
    /// Its logical id, if it has one here.
    pub(super) fn id(self) -> Option<String> {
        match self {
            Self::Here(id) => Some(id.to_owned()),
            Self::Elsewhere(_) => None,
        }
    }

    fn is(self, other: Self) -> bool {
        match (self, other) {
            (Self::Here(one), Self::Here(other)) => one == other,
            (Self::Elsewhere(one), Self::Elsewhere(other)) => same(one, other),
            _ => false,
        }
    }
}

/// The kinds of resources that make up one kind of API.
#[derive(Clone, Copy, Debug)]
pub(super) struct Family {
    /// The API itself.
    pub(super) api: &'static str,
    /// What can be added to an API of another stack.
    pub(super) parts: [&'static str; 2],
    /// The property by which a part names its API.
    pub(super) key: &'static str,
}

/// The APIs of a template, each once: those that it declares, then those of other stacks to which its resources belong.
pub(super) fn owners<'t>(resolver: &Resolver<'t>, resources: &[Resource<'t>], family: Family) -> Vec<Owner<'t>> {
    let declared = resources.iter().filter(|resource| resource.kind == family.api);
    let mut found: Vec<Owner<'t>> = declared.map(|resource| Owner::Here(&resource.id.value)).collect();
    for resource in resources.iter().filter(|resource| family.parts.contains(&resource.kind)) {
        if let Some(owner) = owner(resolver, *resource, family.key)
            && !found.iter().any(|other| other.is(owner))
        {
            found.push(owner);
        }
    }
    found
}

/// Keeps the APIs that are declared here as `api`, or in another stack, and notes those of another kind: SAM's may have resources of API
/// Gateway hung on them, which are not read.
pub(super) fn readable<'t>(reading: &mut Reading<'t>, owners: Vec<Owner<'t>>, api: &str) -> Vec<Owner<'t>> {
    let mut kept = Vec::new();
    for owner in owners {
        match owner {
            Owner::Here(id) => match reading.resolver.resource(id) {
                Some(found) if found.kind != api => {
                    let why = format!("they hang on a resource of the kind `{}`", found.kind);
                    reading.leave_open(format!("resources of `{id}`"), &Unresolved { why, span: found.id.span });
                }
                _ => kept.push(owner),
            },
            Owner::Elsewhere(_) => kept.push(owner),
        }
    }
    kept
}

/// The resources that belong to an API.
pub(super) fn parts<'t>(
    resolver: &Resolver<'t>,
    resources: &[Resource<'t>],
    family: Family,
    api: Owner<'t>,
) -> Vec<Resource<'t>> {
    let of_api = |resource: &&Resource<'t>| owner(resolver, **resource, family.key).is_some_and(|owner| owner.is(api));
    resources.iter().filter(of_api).copied().collect()
}

fn owner<'t>(resolver: &Resolver<'t>, resource: Resource<'t>, key: &str) -> Option<Owner<'t>> {
    let node = resource.get(key)?;
    Some(resolver.resource_of(node).map_or(Owner::Elsewhere(node), Owner::Here))
}
