//! Which routes take requests that the template of another route matches as well: the more specific ones.
//!
//! Of two templates that match a path, the one wins that is more specific at the first segment where they differ: literal, then `{x}`, then
//! `{x+}`, then `$default`. The templates stand in a tree of segments, so that only those are looked at which can match a path in common.
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.evaluation>

use rustc_hash::FxHashMap;

use crate::model::route::Route;
use crate::model::route::RouteKey;
use crate::model::route::Segment;

/// The templates of an API's routes; routes are indexes into [`crate::model::project::Api::routes`].
#[derive(Debug, Default)]
pub struct Precedence<'p> {
    root: Branch<'p>,
    /// Routes with a template.
    all: Vec<usize>,
    /// `$default` routes.
    defaults: Vec<usize>,
    /// `$connect` routes.
    connects: Vec<usize>,
}

/// What can follow a beginning that templates have in common.
#[derive(Debug, Default)]
struct Branch<'p> {
    /// Templates that end here.
    ends: Vec<usize>,
    literals: FxHashMap<&'p str, Branch<'p>>,
    parameter: Option<Box<Branch<'p>>>,
    /// Templates that end with a greedy parameter here.
    greedy: Vec<usize>,
}

impl<'p> Precedence<'p> {
    /// Puts the templates of all routes in place.
    #[must_use]
    pub fn new(routes: &'p [Route]) -> Self {
        let mut precedence = Self::default();
        for (index, route) in (0..).zip(routes) {
            match &route.key.value {
                RouteKey::Path { template, .. } => {
                    precedence.all.push(index);
                    precedence.root.insert(&template.segments, index);
                }
                RouteKey::Default => precedence.defaults.push(index),
                RouteKey::Connect => precedence.connects.push(index),
                RouteKey::Message(_) => {}
            }
        }
        precedence
    }

    /// Routes with the same template, this one included.
    #[must_use]
    pub fn equals(&self, key: &RouteKey) -> &[usize] {
        match key {
            RouteKey::Path { template, .. } => self.root.equals(&template.segments),
            RouteKey::Default => &self.defaults,
            RouteKey::Connect => &self.connects,
            RouteKey::Message(_) => &[],
        }
    }

    /// Routes whose template is more specific and can match the same path.
    #[must_use]
    pub fn rivals(&self, key: &RouteKey) -> Vec<usize> {
        let mut rivals = Vec::new();
        match key {
            RouteKey::Path { template, .. } => self.root.collect(&template.segments, Level::Even, &mut rivals),
            RouteKey::Default => rivals.clone_from(&self.all),
            RouteKey::Connect | RouteKey::Message(_) => {}
        }
        rivals
    }
}

/// How a template compares with another one up to a segment.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    /// So far they are the same.
    Even,
    /// It was more specific at the first difference: whatever follows, it wins.
    Ahead,
}

impl<'p> Branch<'p> {
    fn insert(&mut self, segments: &'p [Segment], index: usize) {
        match segments.split_first() {
            None => self.ends.push(index),
            Some((Segment::Literal(text), rest)) => self.literals.entry(text).or_default().insert(rest, index),
            Some((Segment::Parameter(_), rest)) => self.parameter.get_or_insert_default().insert(rest, index),
            Some((Segment::Greedy(_), _)) => self.greedy.push(index),
        }
    }

    fn equals(&self, segments: &[Segment]) -> &[usize] {
        match segments.split_first() {
            None => &self.ends,
            Some((Segment::Literal(text), rest)) => {
                self.literals.get(text.as_str()).map_or(&[], |next| next.equals(rest))
            }
            Some((Segment::Parameter(_), rest)) => self.parameter.as_ref().map_or(&[], |next| next.equals(rest)),
            Some((Segment::Greedy(_), _)) => &self.greedy,
        }
    }

    /// Adds the templates below that can match a path in common with what is left of a template, and win against it.
    fn collect(&self, segments: &[Segment], level: Level, rivals: &mut Vec<usize>) {
        let Some((first, rest)) = segments.split_first() else {
            if level == Level::Ahead {
                rivals.extend(&self.ends);
            }
            return;
        };
        match first {
            Segment::Literal(text) => {
                if let Some(next) = self.literals.get(text.as_str()) {
                    next.collect(rest, level, rivals);
                }
                if level == Level::Ahead {
                    self.parameter.iter().for_each(|next| next.collect(rest, level, rivals));
                    rivals.extend(&self.greedy);
                }
            }
            Segment::Parameter(_) => {
                self.each_literal(|next| next.collect(rest, Level::Ahead, rivals));
                self.parameter.iter().for_each(|next| next.collect(rest, level, rivals));
                if level == Level::Ahead {
                    rivals.extend(&self.greedy);
                }
            }
            Segment::Greedy(_) => {
                self.each_literal(|next| next.collect_all(rivals));
                self.parameter.iter().for_each(|next| next.collect_all(rivals));
                if level == Level::Ahead {
                    rivals.extend(&self.greedy);
                }
            }
        }
    }

    fn collect_all(&self, rivals: &mut Vec<usize>) {
        rivals.extend(self.ends.iter().chain(&self.greedy));
        self.each_literal(|next| next.collect_all(rivals));
        self.parameter.iter().for_each(|next| next.collect_all(rivals));
    }

    /// The order of a hash map decides nothing here: what is collected is sorted by its user.
    #[expect(clippy::iter_over_hash_type, reason = "the user sorts what is collected")]
    fn each_literal(&self, mut visit: impl FnMut(&Self)) {
        for next in self.literals.values() {
            visit(next);
        }
    }
}
