//! See [`RULE`].

use crate::analysis::Facts;
use crate::finding::Finding;
use crate::model::arn::ArnPattern;
use crate::rules::resource::Resource;
use crate::rules::resource::resources;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds a recorded event whose path holds `*` or `?`, answered by a Resource that repeats this path.
    ///
    /// ## Why it matters
    /// `*` and `?` are ordinary characters in a request, but wildcards in a policy. A caller who asks for `/users/*` is
    /// given a policy for every path below `/users`, and API Gateway keeps it for as long as the response is cached.
    /// See [wildcards in Resources](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html).
    ///
    /// ## What to do
    /// Don't put the path of the request into the policy. Where you must, write `${*}` for `*` and `${?}` for `?`, under
    /// Version `2012-10-17`.
    id: "wildcard-from-request",
    summary: "the caller put a wildcard into the path, and the Resource repeats it",
    severity: Warning,
    confidence: Medium,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for resource in resources(facts) {
        let event = resource.response.event.as_ref();
        let Some(requested) = event.and_then(|event| event.arn.as_ref()) else {
            continue;
        };
        let Some(path) = repeated(&resource, &ArnPattern::new(&requested.value)) else {
            continue;
        };
        let message = format!("the wildcard in `{path}` comes from the path of the request");
        found.push(
            RULE.at(resource.span_of(facts, path), message, "a wildcard here")
                .with_related(requested.span, "an ordinary character in the request")
                .with_help(
                    "leave the path of the request out of the policy, or write `${*}` and `${?}` for its `*` and `?`",
                ),
        );
    }
    found
}

/// The path of the Resource, if it begins with the path that was requested, and that holds a wildcard.
fn repeated<'t>(resource: &Resource<'t>, requested: &ArnPattern<'_>) -> Option<&'t str> {
    let (event, tail) = (requested.tail(), resource.arn.tail());
    let (asked, path) = (event.path?, tail.path?);
    let rest = path.strip_prefix(asked)?;
    let is_repeated = asked.contains(['*', '?']) && (rest.is_empty() || rest.starts_with('/'));
    // A path of wildcards alone is what an author writes who grants everything.
    let is_telling = asked.contains(|symbol| !"*?/".contains(symbol)) || tail.method == event.method;
    (is_repeated && is_telling).then_some(path)
}
