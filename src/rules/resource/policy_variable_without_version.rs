//! See [`RULE`].

use crate::analysis::Facts;
use crate::finding::Finding;
use crate::rules::resource::resources;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds a policy variable, such as `${aws:SourceIp}`, in a policy whose Version is not `2012-10-17`.
    ///
    /// ## Why it matters
    /// Older versions of the policy language have no variables: `${…}` is literal text there, and so are the escapes `${*}`,
    /// `${?}` and `${$}`. A policy without a Version is read as the oldest.
    /// See [policy variables](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html).
    ///
    /// ## What to do
    /// Write `"Version": "2012-10-17"`.
    id: "policy-variable-without-version",
    summary: "a policy variable is literal text, because the Version is not `2012-10-17`",
    severity: Warning,
    confidence: High,
    since: "0.1.0",
    check: check,
}

/// The one older version; any other text is the business of `invalid-version`.
const OLDEST: &str = "2008-10-17";

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for resource in resources(facts) {
        let version = resource.policy.version.as_ref();
        if version.is_some_and(|version| version.value != OLDEST) {
            continue;
        }
        let Some(variable) = resource.variable(facts) else {
            continue;
        };
        let under =
            version.map_or("without a Version".to_owned(), |version| format!("under Version `{}`", version.value));
        let message = format!("`{variable}` is literal text in a policy {under}");
        let finding = RULE
            .at(resource.span_of(facts, variable), message, "not a variable here")
            .with_help("write `\"Version\": \"2012-10-17\"`");
        found.push(match version {
            Some(version) => finding.with_related(version.span, "the version that has no variables"),
            None => finding,
        });
    }
    found
}
