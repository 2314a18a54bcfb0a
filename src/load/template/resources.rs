//! The resources of a template.

use crate::source::Spanned;
use crate::syntax::Node;

/// One resource.
#[derive(Clone, Copy, Debug)]
pub(in crate::load) struct Resource<'t> {
    /// Its logical id, where it is declared.
    pub(in crate::load) id: &'t Spanned<String>,
    /// `AWS::ApiGateway::RestApi`, …
    pub(in crate::load) kind: &'t str,
    /// Whether a condition decides if it is there.
    pub(in crate::load) is_conditional: bool,
    /// `Properties`
    pub(in crate::load) properties: Option<&'t Node>,
}

impl<'t> Resource<'t> {
    /// A property.
    pub(in crate::load) fn get(self, name: &str) -> Option<&'t Node> {
        self.properties?.get(name)
    }
}

/// The resources of a template, in its order. Whether a condition keeps one away is for deployment to say: all are listed.
pub(in crate::load) fn resources(template: &Node) -> Vec<Resource<'_>> {
    let members = template.get("Resources").map_or(&[][..], Node::members);
    let read = members.iter().filter_map(|member| {
        let kind = member.value.get("Type")?.as_str()?;
        let is_conditional = member.value.get("Condition").is_some();
        Some(Resource { id: &member.key, kind, is_conditional, properties: member.value.get("Properties") })
    });
    read.collect()
}

/// What a template makes of its resources in a loop, which is not run here: the place of the loop.
pub(in crate::load) fn loops(template: &Node) -> Vec<&Spanned<String>> {
    let members = template.get("Resources").map_or(&[][..], Node::members);
    members.iter().map(|member| &member.key).filter(|key| key.value.starts_with("Fn::ForEach")).collect()
}
