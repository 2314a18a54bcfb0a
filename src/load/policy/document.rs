//! A policy document: a [`Node`] enters, a [`Policy`] leaves, and a defect for everything that the grammar doesn't have.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>

use crate::load::policy::element::Elements;
use crate::load::policy::element::wrong_type;
use crate::load::policy::statement;
use crate::model::policy::Policy;
use crate::model::policy::Statement;
use crate::model::response::Defect;
use crate::model::response::DefectKind;
use crate::source::Spanned;
use crate::syntax::Node;
use crate::syntax::Value;

/// Whose policy it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// An authorizer's: it speaks of one caller.
    Authorizer,
    /// An API's: its statements name principals.
    Api,
}

/// Reads what is an object; a statement that can't be read is left out, and a defect says why.
pub(super) fn read(node: &Node, owner: Owner, defects: &mut Vec<Defect>) -> Policy {
    let elements = Elements::of(node, &["Version", "Id", "Statement"], defects);
    let version = elements.require("Version", defects).and_then(|member| version(&member.value, defects));
    let statements = elements
        .require("Statement", defects)
        .map(|member| statements(&member.value, owner, defects))
        .unwrap_or_default();
    Policy { span: node.span, version, statements }
}

fn version(node: &Node, defects: &mut Vec<Defect>) -> Option<Spanned<String>> {
    let Some(text) = node.as_str() else {
        defects.push(wrong_type("Version", "the string `2012-10-17`", node));
        return None;
    };
    if !["2012-10-17", "2008-10-17"].contains(&text) {
        defects.push(Defect { kind: DefectKind::InvalidVersion(text.to_owned()), span: node.span });
    }
    Some(Spanned::new(text.to_owned(), node.span))
}

fn statements(node: &Node, owner: Owner, defects: &mut Vec<Defect>) -> Vec<Statement> {
    let nodes = match &node.value {
        Value::Array(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    if nodes.is_empty() {
        defects.push(Defect { kind: DefectKind::EmptyElement("Statement"), span: node.span });
    }
    nodes.iter().filter_map(|node| statement::read(node, owner, defects)).collect()
}
