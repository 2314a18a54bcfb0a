//! The OpenAPI document of an API in a template: inline, or in a file of its own.

use crate::load::definition::Given;
use crate::load::reading::Reading;
use crate::load::template::Intrinsic;
use crate::load::template::Unresolved;
use crate::syntax::Node;

/// The document under a key that may also hold the transform `AWS::Include`.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/transform-aws-include.html>
pub(super) fn inline<'t>(reading: &mut Reading<'t>, given: &Given<'t>, api: &str, node: &'t Node) -> Option<&'t Node> {
    if let Some(Intrinsic { function: "Fn::Transform", argument }) = Intrinsic::of(node) {
        let location = argument.get("Parameters").and_then(|parameters| parameters.get("Location"));
        return file(reading, given, api, location.unwrap_or(node));
    }
    reading.object(Some(node), || definition_of(api))
}

/// The document in a file; nothing, and a note, where the file is none that was brought.
pub(super) fn file<'t>(reading: &mut Reading<'t>, given: &Given<'t>, api: &str, node: &'t Node) -> Option<&'t Node> {
    let found = node.as_str().and_then(|path| given.included.find(path));
    if found.is_none() {
        let why = match node.as_str() {
            Some(path) if !path.contains("://") => format!("the file `{path}` was not found"),
            _ => "it is stored elsewhere".to_owned(),
        };
        reading.leave_open(definition_of(api), &Unresolved { why, span: node.span });
    }
    found
}

fn definition_of(api: &str) -> String {
    format!("definition of `{api}`")
}
