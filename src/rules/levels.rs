//! Which rules are asked, and how bad their findings are.

use std::collections::BTreeMap;

use crate::analysis::Effort;
use crate::finding::Finding;
use crate::finding::Severity;
use crate::rules::Level;
use crate::rules::RULES;
use crate::rules::Rule;
use crate::rules::find;

/// What a team has decided about the rules; without a word, each is asked at its own level.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    /// Whether rules that are off unless asked for are asked.
    pub pedantic: bool,
    /// What was decided about single rules, by id.
    pub chosen: BTreeMap<&'static str, Chosen>,
}

/// What was decided about a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// It is not asked.
    Off,
    /// It is asked, and this stands in the place of its usual severity.
    At(Severity),
}

impl Chosen {
    /// `off`, `note`, `warning` or `error`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::At(severity) => severity.name(),
        }
    }
}

impl Levels {
    /// How much the analysis has to find out.
    #[must_use]
    pub fn effort(&self) -> Effort {
        let is_extra = |rule: &&&Rule| rule.level == Level::Pedantic;
        if RULES.iter().filter(is_extra).any(|rule| self.asks(rule)) { Effort::Pedantic } else { Effort::Usual }
    }

    /// Whether a rule is asked.
    #[must_use]
    pub fn asks(&self, rule: &Rule) -> bool {
        match self.chosen.get(rule.id) {
            Some(Chosen::Off) => false,
            Some(Chosen::At(_)) => true,
            None => self.pedantic || rule.level == Level::Default,
        }
    }

    /// Puts the chosen severity in the place of the rule's own. A finding that is milder than its rule, because less is known, stays milder.
    #[must_use]
    pub fn weigh(&self, finding: Finding) -> Finding {
        let Some(Chosen::At(chosen)) = self.chosen.get(finding.rule).copied() else { return finding };
        let usual = find(finding.rule).map_or(finding.severity, |rule| rule.severity);
        let severity = if finding.severity >= usual { chosen } else { finding.severity.min(chosen) };
        Finding { severity, ..finding }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;
    use crate::source::Span;

    fn weighed(rule: &str, severity: Severity, chosen: Severity) -> Severity {
        let rule = find(rule).unwrap();
        let source = Sources::default().add("a.json", "");
        let finding = Finding { severity, ..rule.at(Span { source, start: 0, end: 0 }, "", "") };
        let levels = Levels { pedantic: false, chosen: BTreeMap::from([(rule.id, Chosen::At(chosen))]) };
        levels.weigh(finding).severity
    }

    #[test]
    fn a_level_replaces_the_usual_severity_and_raises_nothing_that_is_milder_for_a_reason() {
        use Severity::{Error, Note, Warning};
        assert_eq!(weighed("uncovered-routes", Warning, Error), Error);
        assert_eq!(weighed("uncovered-routes", Note, Error), Note);
        assert_eq!(weighed("method-arn-echo", Error, Note), Note);
        assert_eq!(weighed("partly-allowed-route", Warning, Warning), Warning);
        assert_eq!(weighed("partly-allowed-route", Warning, Note), Note);
    }

    #[test]
    fn a_level_turns_a_rule_on_and_off() {
        let greedy = find("greedy-wildcard").unwrap();
        let mut levels = Levels::default();
        assert!(!levels.asks(greedy));
        assert_eq!(levels.effort(), Effort::Usual);
        levels.chosen.insert(greedy.id, Chosen::At(Severity::Note));
        assert!(levels.asks(greedy));
        assert_eq!(levels.effort(), Effort::Pedantic);
        levels = Levels { pedantic: true, chosen: BTreeMap::from([(greedy.id, Chosen::Off)]) };
        assert!(!levels.asks(greedy));
    }
}
