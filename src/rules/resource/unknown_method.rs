//! See [`RULE`].

use crate::analysis::Facts;
use crate::finding::Finding;
use crate::model::arn::ArnPattern;
use crate::model::arn_shape::malformation;
use crate::model::route::Method;
use crate::rules::resource::resources;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds `ANY`, `ALL` and methods in lower case where a Resource names the method.
    ///
    /// ## Why it matters
    /// The ARN of a request holds the method that was really used, in upper case. `ANY` is a word for declaring routes;
    /// no request has it, so the Resource matches nothing.
    /// See [the format of these ARNs](https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html).
    ///
    /// ## What to do
    /// Write `*` for every method, or the method in upper case.
    id: "unknown-method",
    summary: "the method of a Resource is one that no request has, such as `ANY` or `get`",
    severity: Error,
    confidence: Medium,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for resource in resources(facts) {
        let Some((method, meant)) = never_requested(&resource.arn) else {
            continue;
        };
        if malformation(&resource.arn).is_some() || !resource.placeholders(facts).is_empty() {
            continue;
        }
        let message = format!("no request has the method `{method}`");
        found.push(
            RULE.at(resource.span_of(facts, method), message, "in the place of the method")
                .with_help(format!("write `{meant}` in place of `{method}`")),
        );
    }
    found
}

/// A word in the method's place that is none, and what was meant. After a `*` nobody knows which place is the method's.
fn never_requested<'t>(arn: &ArnPattern<'t>) -> Option<(&'t str, &'static str)> {
    let tail = arn.tail();
    let method = tail.method?;
    if tail.api.contains('*') || tail.stage?.contains('*') || Method::parse(method).is_some() {
        return None;
    }
    let upper = method.to_ascii_uppercase();
    match upper.as_str() {
        "ANY" | "ALL" => Some((method, "*")),
        _ => Method::parse(&upper).map(|meant| (method, meant.name())),
    }
}
