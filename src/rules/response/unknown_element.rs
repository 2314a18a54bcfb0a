//! See [`RULE`].

use crate::analysis::Facts;
use crate::finding::Finding;
use crate::finding::Severity;
use crate::model::response::Defect;
use crate::model::response::DefectKind;
use crate::rules::response::defects;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds a key that neither the response nor the policy language knows.
    ///
    /// ## Why it matters
    /// Keys are case-sensitive, and [the grammar of policies](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html) is closed. A misspelt
    /// key leaves the real one unset; a policy without it can't be evaluated, and API Gateway answers with an error 500.
    ///
    /// ## What to do
    /// Correct the spelling, or remove the key. What the backend should learn belongs in `context`.
    id: "unknown-element",
    summary: "a key is unknown to the response or the policy language",
    severity: Warning,
    confidence: Medium,
    since: "0.1.0",
    check: check,
}

/// Elements without which a policy can't be evaluated. A misspelt one is missing, and this is the finding for both.
const REQUIRED: [&str; 5] = ["policyDocument", "Statement", "Effect", "Action", "Resource"];

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for defect in defects(facts) {
        if let DefectKind::UnknownElement { key, meant } = &defect.kind {
            let mut finding = describe(defect, key, *meant);
            if meant.is_some_and(|meant| meant.eq_ignore_ascii_case(key) || REQUIRED.contains(&meant)) {
                finding.severity = Severity::Error;
            }
            found.push(finding);
        }
    }
    found
}

fn describe(defect: &Defect, key: &str, meant: Option<&str>) -> Finding {
    let (message, help) = match meant {
        Some(meant) if meant.eq_ignore_ascii_case(key) => {
            (format!("`{key}` is spelled `{meant}`: upper and lower case matter"), format!("write `{meant}`"))
        }
        Some(meant) => (format!("`{key}` is no element known here"), format!("did you mean `{meant}`?")),
        None => (
            format!("`{key}` is no element known here"),
            "remove it; what the backend should learn belongs in `context`".to_owned(),
        ),
    };
    RULE.at(defect.span, message, "unknown key").with_help(help)
}
