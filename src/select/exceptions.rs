//! What a team has decided not to see, and what of these decisions hides nothing.

use rustc_hash::FxHashSet;

use super::Entry;
use super::Hidden;
use super::Suppression;
use super::baseline::Baseline;
use crate::analysis::Facts;
use crate::config::Ignore;
use crate::config::Place;
use crate::finding::Finding;
use crate::model::intent::Extent;
use crate::model::project::Project;
use crate::model::route::RouteKey;
use crate::rules;
use crate::rules::Levels;
use crate::source::Sources;
use crate::source::Spanned;

/// What a team has decided not to see.
#[derive(Clone, Debug)]
pub struct Exceptions {
    /// The ignores of the configuration and of comments.
    pub ignores: Vec<Ignore>,
    /// Comments that were meant to be ignores and are none, with what is wrong.
    pub unreadable: Vec<Spanned<String>>,
    /// The findings that are known.
    pub baseline: Option<Baseline>,
    /// Which rules are asked: what hides nothing is a finding too, and an ignore of a rule that isn't asked is no mistake.
    pub levels: Levels,
    /// The day on which the run takes place.
    pub today: time::Date,
    /// Whether the run sees all that the ignores may speak of.
    pub extent: Extent,
}

impl Exceptions {
    /// Nothing is left out.
    #[must_use]
    pub fn none() -> Self {
        Self {
            ignores: Vec::new(),
            unreadable: Vec::new(),
            baseline: None,
            levels: Levels::default(),
            today: time::Date::MIN,
            extent: Extent::Part,
        }
    }

    /// Parts the findings that are hidden from the others.
    pub(super) fn part(&self, facts: &Facts<'_>, entries: Vec<Entry>) -> Parted {
        let mut sight = Sight { exceptions: self, facts, used: vec![false; self.ignores.len()] };
        let mut parted = Parted { shown: Vec::new(), hidden: Vec::new(), about: Vec::new() };
        let mut expired: Vec<&Ignore> = Vec::new();
        for entry in entries {
            match sight.suppression(&entry, &mut expired) {
                Some(by) => parted.hidden.push(Hidden { entry, by }),
                None => parted.shown.push(entry),
            }
        }
        parted.about.extend(
            expired.iter().filter_map(|ignore| Some(rules::expired(ignore.span, ignore.rule.value, ignore.until?))),
        );
        parted.about.extend(sight.unused(&expired));
        let met: FxHashSet<&str> = parted.hidden.iter().map(|hidden| hidden.entry.fingerprint.as_str()).collect();
        parted.about.extend(sight.removable(&met));
        parted.about.extend(self.unreadable.iter().map(|why| rules::unreadable(why.span, &why.value)));
        parted.about.retain(|finding| rules::find(finding.rule).is_some_and(|rule| self.levels.asks(rule)));
        parted.about = parted.about.into_iter().map(|finding| self.levels.weigh(finding)).collect();
        parted
    }
}

/// Findings, parted.
pub(super) struct Parted {
    /// What is to be seen.
    pub(super) shown: Vec<Entry>,
    /// What is not.
    pub(super) hidden: Vec<Hidden>,
    /// What is wrong with the decisions themselves.
    pub(super) about: Vec<Finding>,
}

struct Sight<'e, 'p> {
    exceptions: &'e Exceptions,
    facts: &'e Facts<'p>,
    used: Vec<bool>,
}

impl<'e> Sight<'e, '_> {
    /// On whose word a finding is hidden; ignores come before the baseline, because they give a reason.
    fn suppression(&mut self, entry: &Entry, expired: &mut Vec<&'e Ignore>) -> Option<Suppression> {
        let mut reason = None;
        for (ignore, used) in self.exceptions.ignores.iter().zip(&mut self.used) {
            if !is_met(ignore, self.facts, &entry.finding) {
                continue;
            }
            if ignore.until.is_some_and(|until| until < self.exceptions.today) {
                if !expired.iter().any(|known| known.span == ignore.span) {
                    expired.push(ignore);
                }
            } else {
                *used = true;
                reason.get_or_insert_with(|| ignore.reason.clone());
            }
        }
        let known = self.exceptions.baseline.as_ref().is_some_and(|baseline| baseline.knows(&entry.fingerprint));
        reason.map(Suppression::Ignore).or(known.then_some(Suppression::Baseline))
    }

    /// Ignores that hide nothing, as far as the run can know.
    fn unused(&self, expired: &[&Ignore]) -> Vec<Finding> {
        let ignores = self.exceptions.ignores.iter().zip(&self.used).filter(|(_, used)| !**used);
        let is_asked =
            |ignore: &Ignore| rules::find(ignore.rule.value).is_some_and(|rule| self.exceptions.levels.asks(rule));
        let has_expired = |ignore: &Ignore| expired.iter().any(|known| known.span == ignore.span);
        ignores
            .map(|(ignore, _)| ignore)
            .filter(|ignore| self.is_judged(ignore) && is_asked(ignore) && !has_expired(ignore))
            .map(|ignore| rules::unused(ignore.span, ignore.rule.value))
            .collect()
    }

    fn is_judged(&self, ignore: &Ignore) -> bool {
        match &ignore.place {
            Place::Line(_) => true,
            Place::File { file: Some(file), .. } => {
                let read = self.facts.sources.iter().any(|(_, source)| file.matches(&source.key));
                read || self.exceptions.extent == Extent::Whole
            }
            Place::File { file: None, .. } => self.exceptions.extent == Extent::Whole,
        }
    }

    /// Entries of the baseline for findings that are gone; of files that the run didn't read nothing is known.
    fn removable(&self, hidden: &FxHashSet<&str>) -> Vec<Finding> {
        let Some(baseline) = &self.exceptions.baseline else { return Vec::new() };
        let was_read = |file: &str| self.facts.sources.iter().any(|(_, source)| source.key == file);
        let gone = baseline.without(hidden).into_iter();
        gone.filter(|entry| self.exceptions.extent == Extent::Whole || was_read(&entry.file))
            .map(|entry| rules::removable(entry.span, &entry.rule, &entry.file))
            .collect()
    }
}

/// Whether a finding meets all that an ignore says.
fn is_met(ignore: &Ignore, facts: &Facts<'_>, finding: &Finding) -> bool {
    ignore.rule.value == finding.rule
        && is_there(&ignore.place, facts.project, facts.sources, finding)
        && ignore.route.as_ref().is_none_or(|wide| is_about(wide, facts.project, finding))
}

fn is_there(place: &Place, project: &Project, sources: &Sources, finding: &Finding) -> bool {
    let at = finding.primary.span;
    match place {
        Place::Line(line) => line.source == at.source && line.start <= at.start && at.start <= line.end,
        Place::File { file, pointer } => {
            let in_file = file.as_ref().is_none_or(|file| file.matches(&sources.get(at.source).key));
            let is_under = |outer: &String| {
                let inner = project.pointer(at);
                inner.strip_prefix(outer.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            in_file && pointer.as_ref().is_none_or(is_under)
        }
    }
}

/// Whether all routes that a finding is about are included in one: those that it shows refused, or those whose declarations it points at.
fn is_about(wide: &RouteKey, project: &Project, finding: &Finding) -> bool {
    let declared: Vec<_> = match &finding.evidence {
        Some(evidence) => evidence.refused.iter().map(|refused| refused.declared).collect(),
        None => std::iter::once(&finding.primary).chain(&finding.related).map(|label| label.span).collect(),
    };
    let routes = project.apis.iter().flat_map(|api| &api.routes);
    let mut meant = routes.filter(|route| declared.contains(&route.key.span)).peekable();
    meant.peek().is_some() && meant.all(|route| wide.includes(&route.key.value))
}
