//! The resource policy inside a definition.
//!
//! A statement that deployment decides a part of may or may not apply: it is read with `*` for that part, and as conditional.

use std::borrow::Cow;

use crate::load::LoadError;
use crate::load::policy;
use crate::load::reading::Reading;
use crate::load::template::Resolver;
use crate::load::template::Unresolved;
use crate::model::policy::Policy;
use crate::model::policy::Statement;
use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::Member;
use crate::syntax::Node;
use crate::syntax::Value;

/// Reads a policy document whose values may be functions; nothing where it is left out, or left to deployment as a whole.
pub(super) fn read<'t>(reading: &mut Reading<'t>, node: &'t Node) -> Option<Policy> {
    let document = reading.object(Some(node), || "resource policy".to_owned())?;
    let mut members: Vec<Member> = Vec::new();
    for member in document.members() {
        let value =
            if member.key.value == "Statement" { settled(reading, &member.value)? } else { member.value.clone() };
        members.push(Member { key: member.key.clone(), value });
    }
    Some(policy(reading, document.span, members))
}

/// Reads a list of statements that stands without a document around it.
pub(super) fn read_statements<'t>(reading: &mut Reading<'t>, node: &'t Node) -> Vec<Statement> {
    let Some(value) = settled(reading, node) else { return Vec::new() };
    let key = Spanned::new("Statement".to_owned(), node.span);
    policy(reading, node.span, vec![Member { key, value }]).statements
}

fn policy(reading: &mut Reading<'_>, span: Span, members: Vec<Member>) -> Policy {
    let (policy, errors) = policy::embedded(&Node { span, value: Value::Object(members) });
    reading.errors.extend::<Vec<LoadError>>(errors);
    policy
}

/// The statements, with every function replaced; nothing where deployment decides how many there are.
fn settled<'t>(reading: &mut Reading<'t>, node: &'t Node) -> Option<Node> {
    match reading.resolver.list(node) {
        Ok(statements) => {
            let statements = statements.into_iter().map(|node| statement(reading, node)).collect();
            Some(Node { span: node.span, value: Value::Array(statements) })
        }
        Err(found) => {
            reading.leave_open("resource policy".to_owned(), &found);
            None
        }
    }
}

fn statement<'t>(reading: &mut Reading<'t>, node: Cow<'t, Node>) -> Node {
    let node = match node {
        Cow::Borrowed(node) => node,
        Cow::Owned(node) => return node,
    };
    let mut left = Vec::new();
    let mut settled = settle(&reading.resolver, node, &mut left);
    if let Some(found) = left.first() {
        reading.leave_open("a statement of the resource policy".to_owned(), found);
        let unknown = Node { span: found.span, value: Value::String("at deployment".to_owned()) };
        let inner = vec![Member { key: Spanned::new("decided".to_owned(), found.span), value: unknown }];
        let condition = Node { span: found.span, value: Value::Object(inner) };
        if let Value::Object(members) = &mut settled.value {
            members.push(Member { key: Spanned::new("Condition".to_owned(), found.span), value: condition });
        }
    }
    settled
}

/// A copy with every function replaced by what it stands for, or by `*`.
fn settle<'t>(resolver: &Resolver<'t>, node: &'t Node, left: &mut Vec<Unresolved>) -> Node {
    let value = match resolver.value(node) {
        Ok(Some(Cow::Borrowed(found))) => match &found.value {
            Value::Array(items) => Value::Array(items.iter().map(|item| settle(resolver, item, left)).collect()),
            Value::Object(members) => Value::Object(
                members
                    .iter()
                    .map(|member| Member { key: member.key.clone(), value: settle(resolver, &member.value, left) })
                    .collect(),
            ),
            _ => return found.clone(),
        },
        Ok(Some(Cow::Owned(found))) => return found,
        Ok(None) => Value::Null,
        Err(found) => {
            left.push(found);
            Value::String("*".to_owned())
        }
    };
    Node { span: node.span, value }
}
