//! `check`: the six steps.

use authorizer_lint::analysis::facts;
use authorizer_lint::report;
use authorizer_lint::report::loaded;
use authorizer_lint::rules;
use authorizer_lint::select::Conclusion;
use authorizer_lint::select::select;

use super::Console;
use super::Ending;
use super::gather;
use super::output::deliver;
use super::progress::deciding;
use super::workspace::base;
use crate::cli::Check;
use crate::cli::CheckFormat;
use crate::cli::Target;

pub(crate) fn run(arguments: &Check, console: &Console) -> anyhow::Result<Ending> {
    let progress = console.progress();
    progress.say("reading …");
    let (sources, project) = gather::project(Some(&arguments.policies), &arguments.inputs)?;
    progress.say(&deciding(&project));
    let levels = arguments.levels();
    let facts = facts(&project, &sources, levels.effort());
    drop(progress);
    console.narrate(|out| {
        loaded::inputs(&project, &sources, out)?;
        loaded::attributions(&facts, out)
    });
    let findings = rules::run(&facts, &levels);
    let report = select(&facts, findings, arguments.selection());
    let base = base();
    deliver(&arguments.format, console, |format, look, out| match format {
        CheckFormat::Text => report::text::write(&report, look, out),
        CheckFormat::Concise => report::concise::write(&report, out),
        CheckFormat::Json => report::json::write(&report, out),
        CheckFormat::Jsonl => report::jsonl::write(&report, out),
        CheckFormat::Sarif => report::sarif::write(&report, &base, out),
        CheckFormat::Github => report::github::write(&report, &base, out),
        CheckFormat::Gitlab => report::gitlab::write(&report, &base, out),
        CheckFormat::Junit => report::junit::write(&report, &base, arguments.selection().fail_on, out),
    })?;
    if let Conclusion::NotDone(shortfalls) = &report.conclusion
        && !says_why(arguments, console)
    {
        for shortfall in shortfalls {
            console.complain(shortfall.reason());
        }
    }
    Ok(Ending::from(&report.conclusion))
}

/// Whether standard output already holds the reasons in words.
fn says_why(arguments: &Check, console: &Console) -> bool {
    let is_text = |target: &Target<CheckFormat>| target.format == CheckFormat::Text && target.file.is_none();
    console.has_summary() && (arguments.format.is_empty() || arguments.format.iter().any(is_text))
}
