//! See [`RULE`].

use crate::finding::Finding;
use crate::rules::rule;
use crate::source::Span;

rule! {
    /// ## What it does
    /// Finds an ignore of the configuration whose last day is over, and that would hide something.
    ///
    /// ## Why it matters
    /// Somebody has promised to come back to it. What it hid is reported again.
    /// The findings themselves rest on [how API Gateway evaluates policies](https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-lambda-authorizer-output.html).
    ///
    /// ## What to do
    /// Mend what is reported, and take the ignore out; or give it another day, if the reason still holds.
    id: "expired-ignore",
    summary: "the last day of an ignore is over",
    severity: Note,
    confidence: High,
    since: "0.1.0",
}

/// An ignore that held until a day.
pub(crate) fn expired(at: Span, rule: &str, until: time::Date) -> Finding {
    RULE.at(at, format!("this ignore of `{rule}` held until {until}"), "its last day is over")
        .with_help("mend what it hid, or give it another day")
}
