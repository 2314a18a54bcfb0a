//! The elements that an object may have, and how a misspelt one is recognised.

use crate::model::response::Defect;
use crate::model::response::DefectKind;
use crate::near::folded;
use crate::near::nearest;
use crate::source::Span;
use crate::syntax::Member;
use crate::syntax::Node;
use crate::syntax::Value;

/// The first byte of a value: a place for what is wrong with all of it, and for what is missing in it.
pub(super) fn opening(node: &Node) -> Span {
    Span { end: node.span.end.min(node.span.start.saturating_add(1)), ..node.span }
}

/// The known elements of one kind of object; what an object has is looked up through it.
///
/// A key in the wrong case, or misspelt, stands in for the element it means where that is missing. It is a defect in itself, so the
/// missing element is not one more.
pub(super) struct Elements<'n> {
    object: &'n Node,
    known: &'static [&'static str],
}

impl<'n> Elements<'n> {
    /// Looks at an object; keys outside `known` become defects.
    pub(super) fn of(object: &'n Node, known: &'static [&'static str], defects: &mut Vec<Defect>) -> Self {
        let elements = Self { object, known };
        let unknown = object.members().iter().filter(|member| !known.contains(&member.key.value.as_str()));
        defects.extend(unknown.map(|member| Defect {
            kind: DefectKind::UnknownElement {
                key: member.key.value.clone(),
                meant: elements.meant(&member.key.value),
            },
            span: member.key.span,
        }));
        elements
    }

    /// The member with this name, or the one that means it; the last where there are several.
    pub(super) fn find(&self, name: &str) -> Option<&'n Member> {
        let members = self.object.members().iter().rev();
        let mut exact = members.clone().filter(|member| member.key.value == name);
        let mut close = members.filter(|member| self.meant(&member.key.value) == Some(name));
        exact.next().or_else(|| close.next())
    }

    /// The member with this name; a defect where it is missing.
    pub(super) fn require(&self, name: &'static str, defects: &mut Vec<Defect>) -> Option<&'n Member> {
        let found = self.find(name);
        if found.is_none() {
            defects.push(Defect { kind: DefectKind::MissingElement(name), span: opening(self.object) });
        }
        found
    }

    /// The element that an unknown key may mean: one in another case, or one that the object doesn't have.
    fn meant(&self, key: &str) -> Option<&'static str> {
        let known = self.known.iter().copied();
        if self.known.contains(&key) {
            return None;
        }
        let missing = known.clone().filter(|name| self.object.get(name).is_none());
        known.clone().find(|name| resembles(key, name)).or_else(|| nearest(key, missing))
    }
}

/// Whether a key is this name, in another case or with underscores.
pub(super) fn resembles(key: &str, name: &str) -> bool {
    folded(key) == folded(name)
}

/// Records every key that stands twice in one object, at any depth.
pub(super) fn find_duplicates(node: &Node, defects: &mut Vec<Defect>) {
    if let Value::Array(items) = &node.value {
        for item in items {
            find_duplicates(item, defects);
        }
    }
    let mut seen = rustc_hash::FxHashSet::default();
    for member in node.members() {
        if !seen.insert(&member.key.value) {
            defects
                .push(Defect { kind: DefectKind::DuplicateElement(member.key.value.clone()), span: member.key.span });
        }
        find_duplicates(&member.value, defects);
    }
}

/// A value that is not what its element should hold.
pub(super) const fn wrong_type(element: &'static str, expected: &'static str, node: &Node) -> Defect {
    Defect { kind: DefectKind::WrongType { element, expected }, span: node.span }
}
