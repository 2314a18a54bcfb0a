//! The branches of `Fn::If`.

use crate::load::template::Intrinsic;
use crate::load::template::Unresolved;
use crate::syntax::Node;
use crate::syntax::Value;

/// Every value that a node can have, through conditions within conditions; `AWS::NoValue` is left out.
pub(super) fn of(node: &Node) -> Vec<&Node> {
    let mut found = Vec::new();
    let mut rest = vec![node];
    while let Some(node) = rest.pop() {
        match Intrinsic::of(node) {
            Some(Intrinsic { function: "Fn::If", argument }) => rest.extend(argument.items().iter().skip(1).rev()),
            Some(Intrinsic { function: "Ref", argument }) if argument.as_str() == Some("AWS::NoValue") => {}
            _ => found.push(node),
        }
    }
    found
}

/// The one value that all branches have; nothing where there is none.
pub(super) fn agreed(node: &Node) -> Result<Option<&Node>, Unresolved> {
    let mut branches = of(node).into_iter();
    let Some(first) = branches.next() else { return Ok(None) };
    if branches.all(|branch| same(first, branch)) {
        return Ok(Some(first));
    }
    let condition = node.get("Fn::If").and_then(|argument| argument.items().first()).and_then(Node::as_str);
    Err(Unresolved { why: format!("condition `{}` decides", condition.unwrap_or("?")), span: node.span })
}

/// Whether two nodes say the same, wherever they stand.
pub(in crate::load) fn same(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::Array(ones), Value::Array(others)) => {
            ones.len() == others.len() && ones.iter().zip(others).all(|(one, other)| same(one, other))
        }
        (Value::Object(ones), Value::Object(others)) => {
            let pairs = || ones.iter().zip(others);
            ones.len() == others.len()
                && pairs().all(|(one, other)| one.key.value == other.key.value && same(&one.value, &other.value))
        }
        (Value::Array(_) | Value::Object(_), _) | (_, Value::Array(_) | Value::Object(_)) => false,
        _ => one.scalar() == other.scalar(),
    }
}
