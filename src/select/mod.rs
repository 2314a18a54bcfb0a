//! What of the findings is shown, and what a run comes to. [`Finding`]s and [`Facts`] enter, a [`Report`] leaves.

mod baseline;
mod exceptions;
mod fingerprint;

pub use self::baseline::Baseline;
pub use self::baseline::BaselineError;
pub use self::exceptions::Exceptions;
use self::exceptions::Parted;
use self::fingerprint::Fingerprints;
use crate::analysis::Facts;
use crate::finding::Finding;
use crate::finding::Severity;
use crate::masking::Masking;
use crate::model::project::Project;
use crate::model::response::Verdict;
use crate::rules;
use crate::source::Sources;

/// What the user wants to see, and what makes a run fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The least severity that fails a run; nothing for `never`.
    pub fail_on: Option<Severity>,
    /// The least severity that is shown. What fails the run is shown whatever this says.
    pub min_severity: Severity,
    /// Whether a run without policies is a mistake.
    pub policies: Need,
    /// Whether a run without routes is a mistake.
    pub routes: Need,
}

/// Whether a run can do its job without something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Without it the job is not done.
    Required,
    /// The user has said that it is meant to be missing.
    Optional,
}

/// What a run comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conclusion {
    /// Nothing at or above the threshold.
    Clean,
    /// Findings at or above the threshold.
    Findings,
    /// The job could not be done, for each of these reasons; there may be findings as well.
    NotDone(Vec<Shortfall>),
}

/// What kept a run from doing its job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortfall {
    /// No policy to check.
    NoPolicies,
    /// No routes, so that coverage could not be judged.
    NoRoutes,
    /// Something could not be read; an `invalid-input` finding says what.
    Unreadable,
}

impl Shortfall {
    /// The reason in words, for people.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::NoPolicies => {
                "no policy was found: name saved responses, or let `authorizer-lint init` write a configuration (`--allow-no-inputs` if that is meant)"
            }
            Self::NoRoutes => {
                "there are no routes, so coverage was not judged (`--routes FILE`, or `--no-routes` if that is meant)"
            }
            Self::Unreadable => "an input could not be read",
        }
    }
}

/// How much there was, and what was found in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Responses that hold a decision.
    pub policies: usize,
    /// Routes of all APIs.
    pub routes: usize,
    /// Groups of requests that can share a cached response.
    pub shared_scopes: usize,
    /// Shown findings that are errors.
    pub errors: usize,
    /// Shown findings that are warnings.
    pub warnings: usize,
    /// Shown findings that are notes.
    pub notes: usize,
    /// Files of directories and globs that were none of ours.
    pub skipped_files: usize,
    /// Thrown errors among the responses: nothing is cached, nothing to check.
    pub thrown: usize,
    /// Routes of a policy for which the search went over its budget.
    pub undecided: usize,
    /// Findings that an ignore hides.
    pub ignored: usize,
    /// Findings that the baseline hides.
    pub baselined: usize,
}

/// A finding that is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What was found.
    pub finding: Finding,
    /// What makes it the same finding in the next run.
    pub fingerprint: String,
}

/// A finding that somebody has decided not to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// What was found.
    pub entry: Entry,
    /// On whose word it is hidden.
    pub by: Suppression,
}

/// On whose word a finding is hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Suppression {
    /// An ignore in the configuration, or a comment in a definition; the reason that it gives.
    Ignore(String),
    /// It was there when the baseline was written.
    Baseline,
}

/// All that a report says.
#[derive(Debug)]
pub struct Report<'p> {
    /// What was loaded, to name places.
    pub project: &'p Project,
    /// The texts, to count lines.
    pub sources: &'p Sources,
    /// What of the texts may be quoted.
    pub masking: Masking<'p>,
    /// What is shown, in order.
    pub entries: Vec<Entry>,
    /// What would be shown if nobody had decided otherwise, in order.
    pub hidden: Vec<Hidden>,
    /// The counts.
    pub summary: Summary,
    /// What the run comes to.
    pub conclusion: Conclusion,
}

/// Chooses what is shown and judges the run.
#[must_use]
pub fn select<'p>(
    facts: &Facts<'p>,
    findings: Vec<Finding>,
    selection: Selection,
    exceptions: &Exceptions,
) -> Report<'p> {
    let masking = Masking::new(facts.project, facts.sources);
    let least = selection.fail_on.map_or(selection.min_severity, |fail_on| fail_on.min(selection.min_severity));
    let mut fingerprints = Fingerprints::new(facts.project, facts.sources, &masking);
    let mut entry = |finding: Finding| Entry { fingerprint: fingerprints.next(&finding), finding };
    let found = findings.into_iter().map(&mut entry).collect();
    let Parted { mut shown, mut hidden, about } = exceptions.part(facts, found);
    shown.extend(about.into_iter().map(entry));
    shown.retain(|entry| entry.finding.severity >= least);
    hidden.retain(|hidden| hidden.entry.finding.severity >= least);
    shown.sort_by(|one, two| rules::order(&one.finding, &two.finding));
    let summary = summary(facts, &shown, &hidden);
    Report {
        project: facts.project,
        sources: facts.sources,
        conclusion: conclusion(facts.project, &summary, &shown, selection),
        masking,
        entries: shown,
        hidden,
        summary,
    }
}

fn summary(facts: &Facts<'_>, entries: &[Entry], hidden: &[Hidden]) -> Summary {
    let of = |severity| {
        let is = |entry: &&Entry| entry.finding.severity == severity;
        entries.iter().filter(is).count()
    };
    let responses = &facts.project.responses;
    let is_thrown = |verdict: &Verdict| matches!(verdict, Verdict::Thrown(_));
    let thrown = responses.iter().filter(|response| is_thrown(&response.verdict)).count();
    let views = facts.policies.iter().flat_map(|policy| &policy.views);
    let routes = views.flat_map(|view| view.scopes.iter()).flat_map(|scope| &scope.routes);
    Summary {
        policies: responses.len() - thrown,
        routes: facts.project.apis.iter().map(|api| api.routes.len()).sum(),
        shared_scopes: facts.shared_scopes,
        errors: of(Severity::Error),
        warnings: of(Severity::Warning),
        notes: of(Severity::Note),
        skipped_files: facts.project.skipped.len(),
        thrown,
        undecided: routes.filter(|route| route.undecided).count(),
        ignored: hidden.iter().filter(|hidden| hidden.by != Suppression::Baseline).count(),
        baselined: hidden.iter().filter(|hidden| hidden.by == Suppression::Baseline).count(),
    }
}

fn conclusion(project: &Project, summary: &Summary, entries: &[Entry], selection: Selection) -> Conclusion {
    let mut shortfalls = Vec::new();
    // A file that could not be read is reason enough why there is nothing to check.
    if summary.policies == 0 && selection.policies == Need::Required && project.unreadable.is_empty() {
        shortfalls.push(Shortfall::NoPolicies);
    }
    if summary.routes == 0 && selection.routes == Need::Required {
        shortfalls.push(Shortfall::NoRoutes);
    }
    if !project.unreadable.is_empty() {
        shortfalls.push(Shortfall::Unreadable);
    }
    let fails = |entry: &Entry| selection.fail_on.is_some_and(|least| entry.finding.severity >= least);
    if !shortfalls.is_empty() {
        Conclusion::NotDone(shortfalls)
    } else if entries.iter().any(fails) {
        Conclusion::Findings
    } else {
        Conclusion::Clean
    }
}
