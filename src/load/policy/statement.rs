//! One statement of a policy document.

use crate::load::policy::document::Owner;
use crate::load::policy::element::Elements;
use crate::load::policy::element::wrong_type;
use crate::model::policy::Clause;
use crate::model::policy::Effect;
use crate::model::policy::Polarity;
use crate::model::policy::Statement;
use crate::model::response::Defect;
use crate::model::response::DefectKind;
use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::Member;
use crate::syntax::Node;
use crate::syntax::Value;

/// Reads a statement, if it has an effect, an action and a resource; a defect says what it lacks.
pub(super) fn read(node: &Node, owner: Owner, defects: &mut Vec<Defect>) -> Option<Statement> {
    if !matches!(node.value, Value::Object(_)) {
        defects.push(wrong_type("Statement", "an object, or a list of objects", node));
        return None;
    }
    let elements = Elements::of(node, &ELEMENTS, defects);
    let principal = principal(&elements, owner, defects);
    let condition = condition(&elements, defects);
    let effect = elements.require("Effect", defects).and_then(|member| effect(&member.value, defects));
    let actions = clause(&elements, "Action", "NotAction", defects);
    let resources = clause(&elements, "Resource", "NotResource", defects);
    Some(Statement {
        span: node.span,
        effect: effect?,
        actions: actions?,
        resources: resources?,
        condition: condition.or(principal),
    })
}

const ELEMENTS: [&str; 9] =
    ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

/// The place of a principal that makes a statement of an API's policy hold for some callers only.
fn principal(elements: &Elements<'_>, owner: Owner, defects: &mut Vec<Defect>) -> Option<Span> {
    let mut narrowing = None;
    for name in ["Principal", "NotPrincipal"] {
        let Some(member) = elements.find(name) else { continue };
        match owner {
            Owner::Authorizer => {
                defects.push(Defect { kind: DefectKind::PrincipalInPolicy(name), span: member.key.span });
            }
            Owner::Api if name == "Principal" && is_everyone(&member.value) => {}
            Owner::Api => narrowing = Some(whole(member)),
        }
    }
    narrowing
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous>
fn is_everyone(principal: &Node) -> bool {
    let named = principal.get("AWS").unwrap_or(principal);
    match &named.value {
        Value::String(text) => text == "*",
        Value::Array(items) => items.iter().any(|item| item.as_str() == Some("*")),
        _ => false,
    }
}

fn whole(member: &Member) -> Span {
    Span { start: member.key.span.start, ..member.value.span }
}

/// `"Condition": null` makes API Gateway answer 500; an empty object is fine.
/// <https://github.com/awslabs/aws-lambda-rust-runtime/issues/863>
fn condition(elements: &Elements<'_>, defects: &mut Vec<Defect>) -> Option<Span> {
    let member = elements.find("Condition")?;
    match &member.value.value {
        Value::Object(operators) if operators.is_empty() => return None,
        Value::Object(_) => {}
        Value::Null => {
            defects.push(Defect { kind: DefectKind::NullCondition, span: whole(member) });
            return None;
        }
        _ => defects.push(wrong_type("Condition", "an object", &member.value)),
    }
    Some(whole(member))
}

/// Case matters: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_effect.html>
fn effect(node: &Node, defects: &mut Vec<Defect>) -> Option<Effect> {
    match node.as_str() {
        Some("Allow") => return Some(Effect::Allow),
        Some("Deny") => return Some(Effect::Deny),
        Some(other) => defects.push(Defect { kind: DefectKind::InvalidEffect(other.to_owned()), span: node.span }),
        None => defects.push(wrong_type("Effect", "`Allow` or `Deny`", node)),
    }
    None
}

/// The clause under `name` or its opposite, if it holds a pattern.
fn clause(
    elements: &Elements<'_>,
    name: &'static str,
    opposite: &'static str,
    defects: &mut Vec<Defect>,
) -> Option<Clause> {
    let (name, polarity, member) = match (elements.find(name), elements.find(opposite)) {
        (Some(member), other) => {
            if let Some(other) = other {
                defects.push(Defect {
                    kind: DefectKind::WrongType {
                        element: opposite,
                        expected: "left out where the element without `Not` stands",
                    },
                    span: other.key.span,
                });
            }
            (name, Polarity::Listed, member)
        }
        (None, Some(member)) => (opposite, Polarity::Others, member),
        (None, None) => {
            elements.require(name, defects);
            return None;
        }
    };
    let patterns = patterns(name, &member.value, defects);
    (!patterns.is_empty()).then_some(Clause { polarity, key: member.key.span, patterns })
}

fn patterns(name: &'static str, node: &Node, defects: &mut Vec<Defect>) -> Vec<Spanned<String>> {
    let (nodes, expected) = match &node.value {
        Value::Array(items) => (items.as_slice(), "a list of strings"),
        _ => (std::slice::from_ref(node), "a string, or a list of strings"),
    };
    if nodes.is_empty() {
        defects.push(Defect { kind: DefectKind::EmptyElement(name), span: node.span });
    }
    let mut patterns = Vec::new();
    for node in nodes {
        match node.as_str() {
            Some(text) => patterns.push(Spanned::new(text.to_owned(), node.span)),
            None => defects.push(wrong_type(name, expected, node)),
        }
    }
    patterns
}
