//! What SARIF says about a rule. Every rule is listed in every run, so that a result's rule keeps its index and nothing seems to come and go.

use super::shape::Configuration;
use super::shape::Descriptor;
use super::shape::DescriptorProperties;
use super::shape::Help;
use super::shape::Text;
use crate::finding::Severity;
use crate::report::rule_url;
use crate::rules::Level;
use crate::rules::Rule;

pub(super) fn descriptor(rule: &Rule) -> Descriptor {
    let markdown = rule.page();
    Descriptor {
        id: rule.id,
        name: in_pascal_case(rule.id),
        short_description: Text { text: rule.summary.to_owned() },
        full_description: Text { text: first_section(&markdown) },
        help: Help { text: without_marks(&markdown), markdown },
        help_uri: rule_url(rule.id),
        default_configuration: Configuration { enabled: rule.level == Level::Default, level: rule.severity.name() },
        properties: DescriptorProperties {
            tags: ["security", "api-gateway", rule.kind()],
            precision: rule.confidence.name(),
            problem_severity: match rule.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "recommendation",
            },
        },
    }
}

/// `methodArnEcho`-like names are what the standard calls friendly; ids are what people type.
fn in_pascal_case(id: &str) -> String {
    let mut name = String::with_capacity(id.len());
    for word in id.split('-') {
        let mut letters = word.chars();
        name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        name.push_str(letters.as_str());
    }
    name
}

/// The text between the first heading and the next, in one line. GitHub shows up to 1024 characters of it.
fn first_section(page: &str) -> String {
    let lines = page.lines().skip_while(|line| !line.starts_with("## ")).skip(1);
    let section: Vec<&str> =
        lines.take_while(|line| !line.starts_with("## ")).filter(|line| !line.is_empty()).collect();
    section.join(" ")
}

/// The page as plain text: headings are lines of their own either way.
fn without_marks(page: &str) -> String {
    let lines = page.lines().map(|line| line.strip_prefix("## ").unwrap_or(line));
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RULES;

    #[test]
    fn every_rule_has_what_github_asks_for() {
        for rule in RULES {
            let descriptor = descriptor(rule);
            for text in [&descriptor.short_description.text, &descriptor.full_description.text] {
                assert!((10..=1024).contains(&text.chars().count()), "{}: {text}", rule.id);
            }
            assert!(descriptor.help.markdown.starts_with("## What it does\n"), "{}", rule.id);
            assert!(descriptor.help.text.starts_with("What it does\n"), "{}", rule.id);
            let kinds = ["coverage", "resource", "cache-key", "definition", "response", "configuration"];
            assert!(kinds.contains(&descriptor.properties.tags[2]), "{}", rule.id);
        }
    }

    #[test]
    fn names_are_in_pascal_case() {
        assert_eq!(in_pascal_case("method-arn-echo"), "MethodArnEcho");
    }
}
