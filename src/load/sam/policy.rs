//! `Auth.ResourcePolicy`: statements of one's own, or lists of who may call and who may not.
//!
//! Each list becomes what SAM makes of it: an Allow for everybody and a Deny under a condition, except for accounts, whose Allow is for them
//! only. <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-resourcepolicystatement.html>

use crate::load::embedded_policy;
use crate::load::reading::Reading;
use crate::model::policy::Clause;
use crate::model::policy::Effect;
use crate::model::policy::Polarity;
use crate::model::policy::Policy;
use crate::model::policy::Statement;
use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::Node;

/// Reads the policy, if there is one.
pub(super) fn read<'t>(reading: &mut Reading<'t>, auth: Option<&'t Node>) -> Option<Policy> {
    let node = auth.and_then(|auth| auth.get("ResourcePolicy"));
    let declared = reading.object(node, || "resource policy".to_owned())?;
    let mut statements = Vec::new();
    for member in declared.members() {
        let place = member.key.span;
        match member.key.value.as_str() {
            "CustomStatements" => statements.extend(embedded_policy::read_statements(reading, &member.value)),
            "AwsAccountWhitelist" => statements.push(statement(Effect::Allow, place, Some(place))),
            "AwsAccountBlacklist" => statements.push(statement(Effect::Deny, place, Some(place))),
            _ => {
                statements.push(statement(Effect::Allow, place, None));
                statements.push(statement(Effect::Deny, place, Some(place)));
            }
        }
    }
    let version = Some(Spanned::new("2012-10-17".to_owned(), declared.span));
    Some(Policy { span: declared.span, version, statements })
}

fn statement(effect: Effect, span: Span, condition: Option<Span>) -> Statement {
    let clause = |pattern: &str| Clause {
        polarity: Polarity::Listed,
        key: span,
        patterns: vec![Spanned::new(pattern.to_owned(), span)],
    };
    let resources = clause("arn:*:execute-api:*:*:*/*");
    Statement { span, effect, actions: clause("execute-api:Invoke"), resources, condition }
}
