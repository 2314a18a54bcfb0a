//! See [`RULE`].

use crate::analysis::Facts;
use crate::finding::Finding;
use crate::rules::rule;
use crate::syntax::Recovery;

rule! {
    /// ## What it does
    /// Finds a trailing comma, a comment or a byte order mark in a file that is JSON otherwise.
    ///
    /// ## Why it matters
    /// None of them is JSON. This tool reads past them and checks the rest, but whatever parses the response strictly, as
    /// [API Gateway](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html)
    /// has to, refuses it.
    ///
    /// ## What to do
    /// Remove it.
    id: "recovered-syntax",
    summary: "a file is JSON but for a trailing comma, a comment or a byte order mark",
    severity: Warning,
    confidence: High,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let recovered = &facts.project.recovered;
    recovered
        .iter()
        .map(|mistake| {
            let (what, label) = match mistake.value {
                Recovery::TrailingComma => ("a trailing comma", "nothing follows this comma"),
                Recovery::Comment => ("a comment", "a comment"),
                Recovery::ByteOrderMark => ("a byte order mark", "the file begins with U+FEFF"),
            };
            RULE.at(mistake.span, format!("{what} is not JSON"), label)
                .with_help("remove it; everything else in the file was read")
        })
        .collect()
}
