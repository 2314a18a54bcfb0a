//! See [`RULE`].

use crate::analysis::Facts;
use crate::finding::Finding;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Reports a file, or a part of one, that can't be read as any of the accepted shapes.
    ///
    /// ## Why it matters
    /// What can't be read is not checked, and a report without findings would say nothing about it. The accepted shapes are
    /// [the output of a Lambda authorizer](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html),
    /// a policy document, a recorded pair of event and response, and lists of these.
    ///
    /// ## What to do
    /// Look at the place that is shown. If the file is something else, leave it out of the command line.
    id: "invalid-input",
    summary: "an input can't be read as any accepted shape",
    severity: Error,
    confidence: High,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    facts
        .project
        .unreadable
        .iter()
        .map(|part| {
            let is_named = facts.project.directions.contains(&part.span.source);
            let label = if is_named { "named here" } else { "reading ends here" };
            RULE.at(part.span, part.message.clone(), label).with_help(part.help.clone())
        })
        .collect()
}
