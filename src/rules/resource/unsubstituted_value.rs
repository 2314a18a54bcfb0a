//! See [`RULE`].

use crate::analysis::Facts;
use crate::finding::Finding;
use crate::rules::resource::resources;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds text in a Resource that a program should have replaced by a value: `undefined`, `null`, `None`,
    /// `[object Object]`, `%s`, and `${…}` that is no policy variable.
    ///
    /// ## Why it matters
    /// The ARN was put together from a value that was not there, or by a string that was never formatted. It matches no
    /// request, and the caller is refused.
    /// IAM knows [its own `${…}`](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html), which
    /// have the form of a condition key and stand only after the fifth colon.
    ///
    /// ## What to do
    /// Look at how the function builds the ARN, and which of the values that it puts in is missing.
    id: "unsubstituted-value",
    summary: "a Resource holds the trace of a value that was never filled in",
    severity: Warning,
    confidence: Medium,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for resource in resources(facts) {
        let Some(first) = resource.placeholders(facts).first().copied() else {
            continue;
        };
        let message = format!("`{first}` in a Resource looks like a value that was never filled in");
        found.push(
            RULE.at(resource.span_of(facts, first), message, "no value was put here").with_help(
                "look at how the function builds this ARN: a value is missing, or a string was not formatted",
            ),
        );
    }
    found
}
