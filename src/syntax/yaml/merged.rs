//! What merge keys and aliases bring in.

use rustc_hash::FxHashSet;

use crate::syntax::Member;
use crate::syntax::Node;
use crate::syntax::SyntaxError;
use crate::syntax::Value;

/// Takes the members of a merge key's value in, the most important last.
///
/// <https://yaml.org/type/merge.html>: of several mappings the first counts most.
pub(super) fn take(node: Node, merged: &mut Vec<Member>) -> Result<(), SyntaxError> {
    let expected = "a mapping, or a list of mappings, to merge";
    let mut mappings = match node.value {
        Value::Object(members) => vec![members],
        Value::Array(items) => items
            .into_iter()
            .map(|item| match item.value {
                Value::Object(members) => Ok(members),
                _ => Err(SyntaxError::yaml(item.span, expected)),
            })
            .collect::<Result<_, _>>()?,
        _ => return Err(SyntaxError::yaml(node.span, expected)),
    };
    mappings.reverse();
    merged.extend(mappings.into_iter().flatten());
    Ok(())
}

/// Leaves out what the mapping itself says.
pub(super) fn give_way(merged: &mut Vec<Member>, own: &[Member]) {
    let written: FxHashSet<&str> = own.iter().map(|member| &*member.key.value).collect();
    merged.retain(|found| !written.contains(&*found.key.value));
}

/// The room that a copy takes, roughly.
pub(super) fn weight(node: &Node) -> usize {
    let mut weight = 0;
    let mut rest = vec![node];
    while let Some(node) = rest.pop() {
        weight += size_of::<Node>();
        match &node.value {
            Value::String(text) | Value::Number(text) => weight += text.len(),
            Value::Array(items) => rest.extend(items),
            Value::Object(members) => {
                weight += members.iter().map(|member| size_of::<Member>() + member.key.value.len()).sum::<usize>();
                rest.extend(members.iter().map(|member| &member.value));
            }
            Value::Null | Value::Bool(_) => {}
        }
    }
    weight
}
