//! See [`RULE`].

use crate::analysis::Facts;
use crate::finding::Confidence;
use crate::finding::Finding;
use crate::model::arn_shape::Malformation;
use crate::model::arn_shape::malformation;
use crate::rules::resource::Resource;
use crate::rules::resource::resources;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds a Resource that can be no ARN of API Gateway's `execute-api` service: another service, a misspelt prefix, a
    /// blank field, or a colon where the API id or the stage ends.
    ///
    /// ## Why it matters
    /// The ARN of a request always has the same six parts. A Resource of another form matches none of them, and as an
    /// Allow it grants nothing.
    /// See [the format of these ARNs](https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html).
    ///
    /// ## What to do
    /// Write `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<METHOD>/<path>`, with `*` for what may vary.
    id: "malformed-arn",
    summary: "a Resource is no ARN of `execute-api`",
    severity: Error,
    confidence: High,
    since: "0.1.0",
    check: check,
}

const FORM: &str =
    "write `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<METHOD>/<path>`, with `*` for what may vary";

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    resources(facts)
        .filter(|resource| resource.placeholders(facts).is_empty())
        .filter_map(|resource| Some(describe(facts, &resource, malformation(&resource.arn)?)))
        .collect()
}

fn describe(facts: &Facts<'_>, resource: &Resource<'_>, fault: Malformation<'_>) -> Finding {
    let text = resource.text();
    let (piece, message, label) = match fault {
        Malformation::NoArn => (text, format!("`{text}` is no ARN"), "no ARN"),
        Malformation::Prefix(part) => (part, format!("an ARN begins with `arn`, not `{part}`"), "not `arn`"),
        Malformation::Partition(part) => (part, format!("`{part}` is no partition of AWS"), "not a partition"),
        Malformation::Service(part) => {
            (part, format!("the service of this ARN is `{part}`, not `execute-api`"), "not `execute-api`")
        }
        Malformation::Blank(field) => (text, format!("the {field} of this ARN is blank"), "a field is blank"),
        Malformation::Colon(part) => {
            (part, format!("`{part}` holds a colon where an ARN of `execute-api` has a slash"), "`/` belongs here")
        }
    };
    let finding = RULE.at(resource.span_of(facts, piece), message, label).with_help(FORM);
    match fault {
        Malformation::Blank(_) => finding.at_most(Confidence::Medium),
        // The wildcard before the colon may stand for a path up to it.
        Malformation::Colon(part) if part.contains('*') => finding.at_most(Confidence::Medium),
        _ => finding,
    }
}
