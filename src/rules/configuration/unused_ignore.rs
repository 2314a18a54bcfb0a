//! See [`RULE`].

use crate::finding::Finding;
use crate::rules::rule;
use crate::source::Span;

rule! {
    /// ## What it does
    /// Finds an ignore, in the configuration or in a comment, that hides nothing: no finding meets all that it says, or
    /// it can't be read.
    ///
    /// ## Why it matters
    /// What it was written for has been fixed, or has moved. Left where it is, it will hide the next mistake at that
    /// place, which nobody has looked at.
    /// The findings themselves rest on [how API Gateway evaluates policies](https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-lambda-authorizer-output.html).
    ///
    /// ## What to do
    /// Take it out. If the finding that it was meant for is still reported, correct the rule, the file, the pointer or
    /// the route that it names.
    id: "unused-ignore",
    summary: "an ignore hides no finding",
    severity: Warning,
    confidence: High,
    since: "0.1.0",
}

/// An ignore that hides nothing.
pub(crate) fn unused(at: Span, rule: &str) -> Finding {
    RULE.at(at, format!("this ignore of `{rule}` hides nothing"), "no finding meets it")
        .with_help("take it out, or correct what it names")
}

/// A comment that was meant to be an ignore.
pub(crate) fn unreadable(at: Span, why: &str) -> Finding {
    RULE.at(at, format!("this comment hides nothing: {why}"), "no ignore").with_help(
        "write `# authorizer-lint: ignore[rule] reason` on the line of the finding, or alone on the line before it",
    )
}
