//! See [`RULE`].

use crate::analysis::Facts;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Severity;
use crate::model::response::Defect;
use crate::model::response::DefectKind;
use crate::model::response::Response;
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
    facts.project.responses.iter().flat_map(of_response).collect()
}

/// Keys that differ from the language's in how words are written come from one place in a program, so they are one finding.
fn of_response(response: &Response) -> Vec<Finding> {
    let mut respelt: Option<Finding> = None;
    let mut more: usize = 0;
    let mut found = Vec::new();
    for defect in &response.defects {
        let DefectKind::UnknownElement { key, meant } = &defect.kind else { continue };
        match (*meant, &mut respelt) {
            (Some(meant), Some(first)) if is_respelt(key, meant) => {
                more += 1;
                first.related.push(Label { span: defect.span, text: format!("is spelled `{meant}`") });
            }
            (Some(meant), None) if is_respelt(key, meant) => respelt = Some(spelled(defect, key, meant)),
            _ => found.push(unknown(defect, key, *meant)),
        }
    }
    found.extend(respelt.map(|finding| Finding { message: format!("{}{}", finding.message, others(more)), ..finding }));
    found
}

fn others(more: usize) -> String {
    match more {
        0 => String::new(),
        1 => ", and one more key is misspelt like it".to_owned(),
        more => format!(", and {more} more keys are misspelt like it"),
    }
}

/// Whether only case and underscores tell a key from what it means.
fn is_respelt(key: &str, meant: &str) -> bool {
    let plain = |text: &str| text.replace(['_', '-'], "").to_lowercase();
    plain(key) == plain(meant)
}

fn spelled(defect: &Defect, key: &str, meant: &str) -> Finding {
    let mut finding = RULE
        .at(defect.span, format!("`{key}` is spelled `{meant}`"), "unknown key")
        .with_help(format!("write `{meant}`: upper and lower case matter"));
    finding.severity = Severity::Error;
    finding
}

fn unknown(defect: &Defect, key: &str, meant: Option<&str>) -> Finding {
    let help = meant.map_or_else(
        || "remove it; what the backend should learn belongs in `context`".to_owned(),
        |meant| format!("did you mean `{meant}`?"),
    );
    let mut finding = RULE.at(defect.span, format!("`{key}` is no element known here"), "unknown key").with_help(help);
    if meant.is_some_and(|meant| REQUIRED.contains(&meant)) {
        finding.severity = Severity::Error;
    }
    finding
}
