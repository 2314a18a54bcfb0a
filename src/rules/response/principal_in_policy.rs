//! See [`RULE`].

use crate::analysis::Facts;
use crate::finding::Finding;
use crate::model::response::DefectKind;
use crate::rules::response::defects;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Notes `Principal` or `NotPrincipal` in the policy of a response. `Id` has no documented effect either, but it is only a name: nobody takes
    /// it for a restriction, and nothing is said about it.
    ///
    /// ## Why it matters
    /// The policy of an authorizer speaks of the caller who was just authorized.
    /// [AWS documents](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html)
    /// no effect of these elements here; whoever reads the policy may think that it is limited to somebody.
    ///
    /// ## What to do
    /// Leave the element out, and name the caller in `principalId`.
    id: "principal-in-policy",
    summary: "`Principal` has no documented effect in the policy of an authorizer",
    severity: Note,
    confidence: Low,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    defects(facts)
        .filter_map(|defect| match &defect.kind {
            DefectKind::PrincipalInPolicy(name) => Some(
                RULE.at(
                    defect.span,
                    format!("`{name}` has no documented effect in the policy of an authorizer"),
                    "limits nothing",
                )
                .with_help(format!("leave `{name}` out, and name the caller in `principalId`")),
            ),
            _ => None,
        })
        .collect()
}
