//! See [`RULE`].

use crate::analysis::Facts;
use crate::finding::Confidence;
use crate::finding::Finding;
use crate::model::arn_shape::Gap;
use crate::model::arn_shape::gap;
use crate::model::arn_shape::malformation;
use crate::rules::resource::Resource;
use crate::rules::resource::resources;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds a Resource with fewer than the six parts of an ARN, with a `*` that would have to stand for a colon, with
    /// `GET//` for the root, or with two slashes in a row.
    ///
    /// ## Why it matters
    /// What API Gateway makes of such a Resource is not documented, and emulators read it differently: one text matches in
    /// one place and not in another. Within a part, a wildcard does not reach past a colon.
    /// See [wildcards in Resources](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html).
    ///
    /// ## What to do
    /// Write all six parts, with `*` in each that may vary: `arn:aws:execute-api:*:*:*`. The root is `GET/`, and a path
    /// has no empty segment.
    id: "incomplete-arn",
    summary: "a Resource leaves out parts of the ARN, or spells it as no request does",
    severity: Warning,
    confidence: High,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    resources(facts)
        .filter(|resource| malformation(&resource.arn).is_none() && resource.placeholders(facts).is_empty())
        .filter_map(|resource| Some(describe(facts, &resource, gap(&resource.arn)?)))
        .collect()
}

fn describe(facts: &Facts<'_>, resource: &Resource<'_>, gap: Gap<'_>) -> Finding {
    const SIX: &str = "write all six parts, with `*` for each that may vary: `arn:aws:execute-api:*:*:*`";
    let (piece, message, label, help, confidence) = match gap {
        Gap::Parts(written) => {
            (resource.text(), format!("this ARN has {written} of six parts"), "parts are missing", SIX, Confidence::Low)
        }
        Gap::Wildcard(part) => (
            part,
            format!("the `*` in `{part}` would have to match a colon"),
            "a wildcard inside a part stops at the colon",
            SIX,
            Confidence::High,
        ),
        Gap::Root(part) => (
            part,
            format!("the root of an API is spelled with one slash, not `{part}`"),
            "two slashes",
            "write the root with one slash, as in `GET/`",
            Confidence::Medium,
        ),
        Gap::Slashes(part) => (
            part,
            "this ARN has two slashes in a row".to_owned(),
            "two slashes",
            "write one slash: a path stands in the ARN without its leading slash",
            Confidence::Low,
        ),
    };
    RULE.at(resource.span_of(facts, piece), message, label).with_help(help).at_most(confidence)
}
