//! See [`RULE`].

use crate::finding::Finding;
use crate::rules::rule;
use crate::source::Span;

rule! {
    /// ## What it does
    /// Finds an entry of the baseline for a finding that is not there any more.
    ///
    /// ## Why it matters
    /// The mistake has been mended. Left in the baseline, the entry would hide it if it came back.
    /// The findings themselves rest on [how API Gateway evaluates policies](https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-lambda-authorizer-output.html).
    ///
    /// ## What to do
    /// Write the baseline anew with `--write-baseline`.
    id: "removable-baseline-entry",
    summary: "a finding of the baseline has been fixed",
    severity: Note,
    confidence: High,
    since: "0.1.0",
}

/// An entry that hides nothing.
pub(crate) fn removable(at: Span, rule: &str, file: &str) -> Finding {
    RULE.at(at, format!("`{rule}` in `{file}` is fixed: the baseline needs this entry no more"), "hides nothing")
        .with_help("write the baseline anew with `--write-baseline`")
}
