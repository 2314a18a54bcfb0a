//! Which nodes are functions.

use crate::syntax::Node;
use crate::syntax::Value;

/// A node that stands for something else.
#[derive(Clone, Copy, Debug)]
pub(in crate::load) struct Intrinsic<'t> {
    /// `Ref`, `Fn::Sub`, …
    pub(in crate::load) function: &'t str,
    /// What it is applied to.
    pub(in crate::load) argument: &'t Node,
}

impl<'t> Intrinsic<'t> {
    /// The function that a node is: an object with one key that is `Ref` or starts with `Fn::`.
    pub(in crate::load) fn of(node: &'t Node) -> Option<Self> {
        let Value::Object(members) = &node.value else { return None };
        let [member] = members.as_slice() else { return None };
        let function = member.key.value.as_str();
        let is_function = function == "Ref" || function.starts_with("Fn::");
        is_function.then_some(Self { function, argument: &member.value })
    }
}
