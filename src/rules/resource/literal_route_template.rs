//! See [`RULE`].

use crate::analysis::Facts;
use crate::finding::Confidence;
use crate::finding::Finding;
use crate::finding::Severity;
use crate::rules::resource::Resource;
use crate::rules::resource::is_literal_segment;
use crate::rules::resource::resources;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds a path parameter, such as `{id}`, `{proxy+}` or `:id`, that was copied from a route into a Resource.
    ///
    /// ## Why it matters
    /// API Gateway compares a Resource with the path that was requested, not with the template of the route. Braces are
    /// no wildcards and occur in no request, so the Resource matches nothing.
    /// See [the format of these ARNs](https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html).
    ///
    /// ## What to do
    /// Write `*` in place of the parameter. Mind that `*` also matches slashes: `users/*` covers `users/1/orders` too.
    id: "literal-route-template",
    summary: "a path parameter such as `{id}` stands in a Resource, where it is no wildcard",
    severity: Error,
    confidence: Medium,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    resources(facts)
        .filter_map(|resource| in_braces(facts, &resource).or_else(|| with_colon(facts, &resource)))
        .collect()
}

fn in_braces(facts: &Facts<'_>, resource: &Resource<'_>) -> Option<Finding> {
    let parameter = first_in_braces(resource.text())?;
    let message = format!("`{parameter}` in a Resource is no wildcard: no request path holds braces");
    Some(
        RULE.at(resource.span_of(facts, parameter), message, "matches only itself")
            .with_help(format!("write `*` in place of `{parameter}`")),
    )
}

/// The first `{…}` that is neither empty nor a part of `${…}`.
fn first_in_braces(text: &str) -> Option<&str> {
    text.match_indices('{').find_map(|(open, _)| {
        let (before, from) = text.split_at_checked(open)?;
        let close = from.find('}')?;
        let inner = from.get(1..close)?;
        let is_parameter = !before.ends_with('$') && !inner.is_empty() && !inner.contains(['{', '/']);
        is_parameter.then(|| from.get(..=close)).flatten()
    })
}

fn with_colon(facts: &Facts<'_>, resource: &Resource<'_>) -> Option<Finding> {
    let mut segments = resource.arn.tail().path?.split('/');
    let parameter = segments.find(|segment| is_colon_parameter(segment) && !is_literal_segment(facts, segment))?;
    let message = format!("`{parameter}` in a Resource is no wildcard: it matches only a path with that very text");
    Some(
        RULE.at(resource.span_of(facts, parameter), message, "matches only itself")
            .no_worse_than(Severity::Warning)
            .at_most(Confidence::Medium)
            .with_help(format!("write `*` in place of `{parameter}`")),
    )
}

/// Whether a segment is a parameter in the notation of Express and its kin.
fn is_colon_parameter(segment: &str) -> bool {
    segment.strip_prefix(':').is_some_and(|name| {
        name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && name.chars().all(|symbol| symbol.is_ascii_alphanumeric() || symbol == '_')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colon_parameter_is_a_name_behind_a_colon() {
        for segment in [":id", ":_id", ":user_id", ":id2", ":_"] {
            assert!(is_colon_parameter(segment), "{segment}");
        }
        for segment in [":", "id", ":2", ":2id", ":a-b", ":a:b", ":a b"] {
            assert!(!is_colon_parameter(segment), "{segment}");
        }
    }
}
