//! Authorizers that a template declares for others: no route here uses them, and their ids go to other stacks, whose routes are not known.

use crate::load::reading::Reading;
use crate::load::template::Unresolved;
use crate::load::template::resources;
use crate::model::authorizer::Authorizer;
use crate::model::route::Guard;
use crate::model::route::Route;
use crate::syntax::Node;

/// Notes every authorizer without a route that the outputs of the template, or a nested stack, are given.
pub(super) fn note_handed_on(reading: &mut Reading<'_>, root: &Node, routes: &[Route], authorizers: &[Authorizer]) {
    let is_used = |at: usize| routes.iter().any(|route| route.guard == Guard::Authorizer(at));
    let unused = (0..).zip(authorizers).filter(|(at, _)| !is_used(*at));
    for (_, authorizer) in unused {
        let stacks = resources(root).into_iter().filter(|resource| resource.kind == "AWS::CloudFormation::Stack");
        let mut takers = root.get("Outputs").into_iter().chain(stacks.filter_map(|stack| stack.properties));
        if takers.any(|taker| names(taker, &authorizer.id)) {
            let why = "its id is given to other stacks".to_owned();
            let found = Unresolved { why, span: authorizer.name.span };
            reading.leave_open(format!("routes behind `{}`", authorizer.name.value), &found);
        }
    }
}

/// Whether a `Ref`, a `Fn::GetAtt` or a text with `${…}` somewhere in a tree names a resource.
fn names(node: &Node, id: &str) -> bool {
    let of_member = |key: &str, value: &Node| match (key, value.scalar()) {
        ("Ref", Some(text)) => text == id,
        ("Fn::GetAtt", Some(text)) => text.split('.').next() == Some(id),
        ("Fn::GetAtt", None) => value.items().first().and_then(Node::scalar) == Some(id),
        (_, Some(text)) => text.contains(&format!("${{{id}}}")) || text.contains(&format!("${{{id}.")),
        _ => false,
    };
    node.members().iter().any(|member| of_member(&member.key.value, &member.value) || names(&member.value, id))
        || node.items().iter().any(|item| names(item, id))
}
