//! Routes that stand for the same requests: the same method on templates that differ in nothing but the names of parameters.

use rustc_hash::FxHashMap;

use crate::model::project::Api;
use crate::model::route::Route;
use crate::model::route::RouteKey;
use crate::model::route::Segment;
use crate::model::route::Template;

/// A route and what repeats it.
#[derive(Debug)]
pub struct Duplicates<'p> {
    /// The first in the order of the source.
    pub first: &'p Route,
    /// The others; never empty.
    pub others: Vec<&'p Route>,
}

/// Every group of routes that stand for the same requests.
#[must_use]
pub fn duplicates(api: &Api) -> Vec<Duplicates<'_>> {
    let mut groups: Vec<Vec<&Route>> = Vec::new();
    let mut known: FxHashMap<RouteKey, usize> = FxHashMap::default();
    for route in &api.routes {
        let at = *known.entry(shape(&route.key.value)).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.push(route),
            None => groups.push(vec![route]),
        }
    }
    groups.iter().filter_map(|group| Duplicates::of(group)).collect()
}

impl<'p> Duplicates<'p> {
    fn of(group: &[&'p Route]) -> Option<Self> {
        let (first, others) = group.split_first()?;
        (!others.is_empty()).then(|| Self { first, others: others.to_vec() })
    }
}

/// A key without the names of its parameters.
fn shape(key: &RouteKey) -> RouteKey {
    let RouteKey::Path { methods, template } = key else { return key.clone() };
    let nameless = |segment: &Segment| match segment {
        Segment::Literal(text) => Segment::Literal(text.clone()),
        Segment::Parameter(_) => Segment::Parameter(String::new()),
        Segment::Greedy(_) => Segment::Greedy(String::new()),
    };
    let template = Template { segments: template.segments.iter().map(nameless).collect() };
    RouteKey::Path { methods: *methods, template }
}
