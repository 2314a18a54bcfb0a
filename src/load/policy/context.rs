//! The `context` of a response.

use crate::load::policy::element::wrong_type;
use crate::model::response::Defect;
use crate::model::response::DefectKind;
use crate::syntax::Node;
use crate::syntax::Value;

/// Records what a `context` beside a policy may not hold; the kind of API decides later which of it matters.
///
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html>
pub(super) fn check(context: &Node, defects: &mut Vec<Defect>) {
    match &context.value {
        Value::Object(members) => {
            for member in members {
                let key = member.key.value.clone();
                let kind = match member.value.value {
                    Value::Object(_) | Value::Array(_) => DefectKind::NestedContext(key),
                    _ if key == "claims" => DefectKind::ReservedContext,
                    Value::Null => DefectKind::NullContext(key),
                    _ => continue,
                };
                defects.push(Defect { kind, span: member.key.span });
            }
        }
        // The libraries for Java and .NET write a context that was never set so.
        Value::Null => {}
        _ => defects.push(wrong_type("context", "an object", context)),
    }
}
