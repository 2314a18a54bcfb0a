//! `check`: the six steps.

use authorizer_lint::analysis::facts;
use authorizer_lint::finding::Severity;
use authorizer_lint::report;
use authorizer_lint::report::loaded;
use authorizer_lint::rules;
use authorizer_lint::select::Conclusion;
use authorizer_lint::select::Need;
use authorizer_lint::select::Report;
use authorizer_lint::select::Selection;
use authorizer_lint::select::select;

use super::Console;
use super::Ending;
use super::exceptions;
use super::gather;
use super::gather::Work;
use super::output::deliver;
use super::progress::deciding;
use super::settings::Judging;
use super::targets::Inputs;
use super::targets::keep_apart;
use super::workspace::base;
use crate::cli::Check;
use crate::cli::CheckFormat;
use crate::cli::Target;

pub(crate) fn run(arguments: &Check, console: &Console) -> anyhow::Result<Ending> {
    let (sources, mut plan) = gather::plan(Some(&arguments.policies), &arguments.inputs, console)?;
    if arguments.no_routes {
        plan.forgo_routes();
    }
    let judging = plan.judging(arguments);
    if arguments.decisions.show_settings {
        let target: [Target<()>; 1] = [Target { format: (), file: None }];
        deliver(&target, console, |(), _, out| report::settings::write(&plan.rows, &sources, out))?;
        return Ok(Ending::Clean);
    }
    let progress = console.progress();
    progress.say("reading …");
    let Work { mut sources, mut project, plan } = gather::load(sources, plan, arguments.policies.allow_no_inputs)?;
    keep_apart(&arguments.format, Inputs { sources: &sources, skipped: &project.skipped })?;
    progress.say(&deciding(&project));
    let exceptions = exceptions::gather(arguments, (&judging, &plan), (&mut sources, &mut project), console)?;
    let facts = facts(&project, &sources, judging.levels.effort());
    drop(progress);
    console.narrate(|out| {
        loaded::inputs(&project, &sources, out)?;
        loaded::attributions(&facts, out)
    });
    let findings = rules::run(&facts, &judging.levels);
    let report = select(&facts, findings, selection(arguments, &judging), &exceptions);
    match &judging.baseline {
        Some(file) if arguments.decisions.write_baseline => exceptions::write(&report, file, console),
        _ => conclude(arguments, judging.fail_on, &report, console),
    }
}

/// Writes the report, and says why the job is not done, where it isn't.
fn conclude(
    arguments: &Check,
    fail_on: Option<Severity>,
    report: &Report<'_>,
    console: &Console,
) -> anyhow::Result<Ending> {
    let base = base();
    deliver(&arguments.format, console, |format, look, out| match format {
        CheckFormat::Text => report::text::write(report, look, out),
        CheckFormat::Concise => report::concise::write(report, out),
        CheckFormat::Json => report::json::write(report, out),
        CheckFormat::Jsonl => report::jsonl::write(report, out),
        CheckFormat::Sarif => report::sarif::write(report, &base, out),
        CheckFormat::Github => report::github::write(report, &base, out),
        CheckFormat::Gitlab => report::gitlab::write(report, &base, out),
        CheckFormat::Junit => report::junit::write(report, &base, fail_on, out),
    })?;
    if let Conclusion::NotDone(shortfalls) = &report.conclusion
        && !says_why(arguments, console)
    {
        for shortfall in shortfalls {
            console.complain(shortfall.reason());
        }
    }
    // A file that can't be read is told of, even by who doesn't want to see it among the findings.
    if !report.entries.iter().any(|entry| entry.finding.rule == INVALID_INPUT) {
        console.ending_of_inputs(report.project, report.sources);
    }
    Ok(Ending::from(&report.conclusion))
}

/// The rule that reports what can't be read.
const INVALID_INPUT: &str = "invalid-input";

const fn selection(arguments: &Check, judging: &Judging) -> Selection {
    Selection {
        fail_on: judging.fail_on,
        min_severity: arguments.decisions.min_severity(),
        policies: need(arguments.policies.allow_no_inputs),
        routes: need(arguments.no_routes),
    }
}

const fn need(optional: bool) -> Need {
    if optional { Need::Optional } else { Need::Required }
}

/// Whether standard output already holds the reasons in words.
fn says_why(arguments: &Check, console: &Console) -> bool {
    let is_text = |target: &Target<CheckFormat>| target.format == CheckFormat::Text && target.file.is_none();
    console.has_summary() && (arguments.format.is_empty() || arguments.format.iter().any(is_text))
}
