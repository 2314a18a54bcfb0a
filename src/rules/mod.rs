//! The rules and their one list. [`Facts`] enter, [`Finding`]s leave, in the one order that every report keeps.
//!
//! A rule is a constant in a file of its own, made by `rule!`; adding one is a file, its `mod` line and its line in [`RULES`].
//! The two lines are written by hand on purpose: `cargo fmt` does not see modules that a macro declares.

mod cache_key;
mod configuration;
mod coverage;
mod definition;
mod levels;
mod resource;
mod response;

use std::cmp::Ordering;

use crate::analysis::Facts;
use crate::finding::Confidence;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Severity;
use crate::source::Span;

pub(crate) use self::configuration::expired_ignore::expired;
pub(crate) use self::configuration::removable_baseline_entry::removable;
pub(crate) use self::configuration::unused_ignore::unreadable;
pub(crate) use self::configuration::unused_ignore::unused;
pub use self::levels::Chosen;
pub use self::levels::Levels;

/// Every rule, sorted by id.
pub static RULES: &[&Rule] = &[
    &response::action_without_invoke::RULE,
    &cache_key::caching_disabled::RULE,
    &coverage::disagreeing_policies::RULE,
    &response::duplicate_element::RULE,
    &definition::duplicate_route::RULE,
    &response::empty_resource::RULE,
    &configuration::expired_ignore::RULE,
    &resource::greedy_wildcard::RULE,
    &definition::guarded_preflight::RULE,
    &definition::ignored_setting::RULE,
    &definition::implicit_deny_overruled::RULE,
    &resource::incomplete_arn::RULE,
    &response::invalid_effect::RULE,
    &cache_key::invalid_identity_source::RULE,
    &response::invalid_input::RULE,
    &cache_key::invalid_ttl::RULE,
    &response::invalid_version::RULE,
    &cache_key::key_never_repeats::RULE,
    &cache_key::key_without_caller::RULE,
    &resource::literal_route_template::RULE,
    &resource::malformed_arn::RULE,
    &coverage::method_arn_echo::RULE,
    &response::missing_element::RULE,
    &cache_key::missing_identity_source::RULE,
    &response::nested_context::RULE,
    &response::null_condition::RULE,
    &coverage::partly_allowed_route::RULE,
    &resource::policy_variable_without_version::RULE,
    &response::principal_in_policy::RULE,
    &response::recovered_syntax::RULE,
    &resource::redundant_resource::RULE,
    &configuration::removable_baseline_entry::RULE,
    &resource::resource_too_long::RULE,
    &response::response_kind_mismatch::RULE,
    &response::response_too_large::RULE,
    &coverage::route_specific_deny::RULE,
    &resource::shadowed_allow::RULE,
    &cache_key::simple_response_cached::RULE,
    &response::stringified_policy::RULE,
    &definition::unattached_authorizer::RULE,
    &coverage::uncovered_routes::RULE,
    &resource::undecided_route::RULE,
    &definition::unguarded_fallthrough::RULE,
    &resource::unguarded_route_granted::RULE,
    &response::unknown_element::RULE,
    &resource::unknown_method::RULE,
    &resource::unmatched_resource::RULE,
    &cache_key::unstated_ttl::RULE,
    &resource::unsubstituted_value::RULE,
    &configuration::unused_expected_denial::RULE,
    &configuration::unused_ignore::RULE,
    &resource::wildcard_from_request::RULE,
    &response::wrong_type::RULE,
];

/// One rule: what it is called, what it says about itself, and how it finds its problem.
#[derive(Debug)]
pub struct Rule {
    /// The name in reports and configurations; never changes once released.
    pub id: &'static str,
    /// What it finds, in one fragment without a full stop.
    pub summary: &'static str,
    /// How bad a finding usually is; a single finding may say otherwise.
    pub severity: Severity,
    /// How sure a finding is at best.
    pub confidence: Confidence,
    /// Whether it runs unasked.
    pub level: Level,
    /// The first release that has it.
    pub since: &'static str,
    /// Its page as the doc comment has it: what it does, why it matters, what to do. [`Rule::page`] is the same without the margin.
    pub docs: &'static str,
    /// Where it is declared, from `module_path!`.
    pub module: &'static str,
    /// Finds its problem; the order of what it returns does not matter. Nothing where the problem is only seen once findings are chosen: then
    /// `select` reports it.
    pub check: Option<fn(&Facts<'_>) -> Vec<Finding>>,
}

/// Whether a rule's findings are shown when nobody has said anything about the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Shown.
    Default,
    /// Shown with `--pedantic`, or where the configuration turns the rule on.
    Pedantic,
}

impl Rule {
    /// Its page in Markdown: the lines of a doc comment start with the blank that follows `///`.
    #[must_use]
    pub fn page(&self) -> String {
        let lines = self.docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// What it asks about, by the room that it stands in: `coverage`, `resource`, `cache-key`, `definition`, `response` or `configuration`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self.module.split("::").nth(2) {
            Some("cache_key") => "cache-key",
            Some(room) => room,
            None => "",
        }
    }

    /// A finding of this rule; `label` is the fragment that stands beside the underlined text.
    #[must_use]
    pub fn at(&self, span: Span, message: impl Into<String>, label: impl Into<String>) -> Finding {
        Finding {
            rule: self.id,
            severity: self.severity,
            confidence: self.confidence,
            message: message.into(),
            primary: Label { span, text: label.into() },
            related: Vec::new(),
            help: String::new(),
            evidence: None,
            yields_to: Vec::new(),
        }
    }
}

/// The rule of an id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}

/// Runs every rule that is asked. Findings come ordered by place, rule and message, each one once.
#[must_use]
pub fn run(facts: &Facts<'_>, levels: &Levels) -> Vec<Finding> {
    let asked = RULES.iter().filter(|rule| levels.asks(rule)).filter_map(|rule| rule.check);
    let mut findings: Vec<Finding> = asked.flat_map(|check| check(facts)).collect();
    // Two findings may yield to each other's place: first to those that yield to nobody, then what shows in requests to what caused it.
    drop_explained(&mut findings, |finding| finding.yields_to.is_empty(), |_| true);
    drop_explained(&mut findings, |finding| finding.evidence.is_none(), |finding| finding.evidence.is_some());
    let mut findings: Vec<Finding> = findings.into_iter().map(|finding| levels.weigh(finding)).collect();
    findings.sort_by(order);
    findings.dedup();
    findings
}

/// The one order of findings: by place, rule and message.
#[must_use]
pub fn order(one: &Finding, two: &Finding) -> Ordering {
    (one.primary.span, one.rule, &one.message).cmp(&(two.primary.span, two.rule, &two.message))
}

/// Drops those of `effects` for which findings among `causes` have said all there is. Only what is shown unasked explains anything, and which routes
/// are left out says nothing about what is wrong with a Resource.
fn drop_explained(findings: &mut Vec<Finding>, causes: impl Fn(&Finding) -> bool, effects: impl Fn(&Finding) -> bool) {
    let asked = |finding: &&Finding| find(finding.rule).is_some_and(|rule| rule.level == Level::Default);
    let explains = |finding: &&Finding| finding.rule != coverage::uncovered_routes::RULE.id && causes(finding);
    let causes = findings.iter().filter(asked).filter(explains);
    let places: Vec<(Span, &str)> = causes.map(|finding| (finding.primary.span, finding.rule)).collect();
    findings.retain(|finding| !(effects(finding) && is_explained(finding, &places)));
}

/// Whether other rules have spoken at every place to which a finding yields.
fn is_explained(finding: &Finding, places: &[(Span, &str)]) -> bool {
    let spoken = |at: &Span| places.iter().any(|(place, rule)| *rule != finding.rule && at.contains(*place));
    !finding.yields_to.is_empty() && finding.yields_to.iter().all(spoken)
}

/// Declares the `RULE` of a file; its doc comment becomes [`Rule::docs`].
macro_rules! rule {
    (
        $(#[doc = $doc:expr])+
        id: $id:literal,
        summary: $summary:literal,
        severity: $severity:ident,
        confidence: $confidence:ident,
        $(level: $level:ident,)?
        since: $since:literal,
        $(check: $check:path,)?
    ) => {
        $(#[doc = $doc])+
        pub(in crate::rules) static RULE: $crate::rules::Rule = $crate::rules::Rule {
            id: $id,
            summary: $summary,
            severity: $crate::finding::Severity::$severity,
            confidence: $crate::finding::Confidence::$confidence,
            level: rule!(@level $($level)?),
            since: $since,
            docs: concat!($($doc, "\n"),+),
            module: module_path!(),
            check: rule!(@check $($check)?),
        };
    };
    (@level) => { $crate::rules::Level::Default };
    (@level $level:ident) => { $crate::rules::Level::$level };
    (@check) => { None };
    (@check $check:path) => { Some($check) };
}
pub(in crate::rules) use rule;
