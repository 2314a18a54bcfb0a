//! See [`RULE`].

use crate::analysis::Facts;
use crate::finding::Confidence;
use crate::finding::Finding;
use crate::finding::Severity;
use crate::model::project::Certainty;
use crate::model::project::IgnoredSetting;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds settings that have no effect, because what reads the definition passes over them without a word: `Identity.Headers`
    /// at a TOKEN authorizer of a SAM template, keys that SAM does not know, `identityValidationExpression` at a REQUEST
    /// authorizer, `identitySource` at a `token` authorizer of an OpenAPI document, and, as a note, `security` at the root of a
    /// REST API's document.
    ///
    /// ## Why it matters
    /// The definition says one thing and the API does another: the cache key is another header, the TTL is the default, a token
    /// is not validated, a route is open. Nothing fails on deployment.
    /// See [the authorizers of SAM](https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-apiauth.html),
    /// [the settings of an authorizer](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html)
    /// and [what imports leave out](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html).
    ///
    /// ## What to do
    /// Write the setting as it is read, or remove it.
    id: "ignored-setting",
    summary: "a setting has no effect, because nothing reads it",
    severity: Warning,
    confidence: High,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    facts.project.ignored.iter().map(finding).collect()
}

fn finding(setting: &IgnoredSetting) -> Finding {
    let IgnoredSetting { key, of, why, help, certainty } = setting;
    let message = format!("`{}` {of} has no effect: {why}", key.value);
    let finding = RULE.at(key.span, message, "is not read").with_help(help);
    match certainty {
        Certainty::Documented => finding,
        Certainty::Disputed => finding.no_worse_than(Severity::Note).at_most(Confidence::Low),
    }
}
