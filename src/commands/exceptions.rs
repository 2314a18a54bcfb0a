//! What a check leaves out: ignores, and the baseline, read and written.

use std::path::Path;

use anyhow::Context as _;
use anyhow::anyhow;
use anyhow::bail;
use authorizer_lint::config;
use authorizer_lint::config::Config;
use authorizer_lint::config::Ignore;
use authorizer_lint::model::project::Project;
use authorizer_lint::report;
use authorizer_lint::select::Baseline;
use authorizer_lint::select::BaselineError;
use authorizer_lint::select::Conclusion;
use authorizer_lint::select::Exceptions;
use authorizer_lint::select::Report;
use authorizer_lint::source::Sources;
use authorizer_lint::source::Spanned;
use time::OffsetDateTime;

use super::Console;
use super::Ending;
use super::file::replace;
use super::settings::Judging;
use super::settings::Plan;
use crate::cli::Check;
use crate::input;

/// What the configuration, comments and the baseline say to leave out.
///
/// # Errors
/// Where the baseline can't be read.
pub(super) fn gather(
    arguments: &Check,
    (judging, plan): (&Judging, &Plan),
    (sources, project): (&mut Sources, &mut Project),
    console: &Console,
) -> anyhow::Result<Exceptions> {
    let decisions = &arguments.decisions;
    let baseline = match (&judging.baseline, decisions.write_baseline) {
        (Some(file), false) => Some(baseline((sources, project), file, console)?),
        (None, true) => bail!("there is no file for the baseline: name it with `--baseline FILE`"),
        (Some(file), true) => {
            spare_others(file)?;
            None
        }
        _ => None,
    };
    sources.locate(|name| plan.root.key(name));
    let mut exceptions = Exceptions {
        baseline,
        levels: judging.levels.clone(),
        today: OffsetDateTime::now_utc().date(),
        extent: plan.extent,
        ..Exceptions::none()
    };
    if !decisions.no_ignores {
        let (ignores, unreadable) = ignores(plan.config.as_ref(), sources, project);
        exceptions.ignores = ignores;
        exceptions.unreadable = unreadable;
    }
    Ok(exceptions)
}

fn ignores(config: Option<&Config>, sources: &Sources, project: &Project) -> (Vec<Ignore>, Vec<Spanned<String>>) {
    let mut ignores = config.map(|config| config.ignores.clone()).unwrap_or_default();
    let mut unreadable = Vec::new();
    for remark in &project.remarks {
        match config::inline(sources, remark) {
            Ok(found) => ignores.extend(found),
            Err(error) => unreadable.push(Spanned::new(error.problem.to_string(), error.span)),
        }
    }
    (ignores, unreadable)
}

fn baseline(
    (sources, project): (&mut Sources, &mut Project),
    file: &str,
    console: &Console,
) -> anyhow::Result<Baseline> {
    let source = input::read(sources, file).map_err(|error| match error {
        input::InputError::NotFound(_) => anyhow!("{error}: `--write-baseline` writes it"),
        _ => anyhow::Error::new(error),
    })?;
    project.directions.push(source);
    Baseline::parse(sources, source).map_err(|error| {
        let (span, message) = error.said();
        anyhow!(console.draw(sources, span, &message))
    })
}

/// A baseline takes the place of none but a baseline: a slip of the keyboard must not cost a policy or the configuration.
fn spare_others(file: &str) -> anyhow::Result<()> {
    if file == "-" {
        bail!("a baseline is written to a file: name it with `--baseline FILE`");
    }
    if !Path::new(file).is_file() {
        return Ok(());
    }
    let mut sources = Sources::default();
    let source = input::read(&mut sources, file).map_err(anyhow::Error::new)?;
    let is_empty = sources.get(source).text.trim().is_empty();
    match Baseline::parse(&sources, source) {
        Err(BaselineError::Syntax(_) | BaselineError::Shape(_)) if !is_empty => {
            bail!("`{file}` is there already and is no baseline; it was left as it is")
        }
        _ => Ok(()),
    }
}

/// Writes what was found as the new baseline.
///
/// # Errors
/// Where the file can't be written.
pub(super) fn write(report: &Report<'_>, file: &str, console: &Console) -> anyhow::Result<Ending> {
    let mut text = Vec::new();
    report::baseline::write(report, &mut text)?;
    replace(file.as_ref(), &text).with_context(|| format!("cannot write `{file}`"))?;
    console.remark(&format!("`{file}` holds {} now", report::count(report.entries.len(), "finding")));
    Ok(match &report.conclusion {
        Conclusion::NotDone(shortfalls) => {
            for shortfall in shortfalls {
                console.complain(shortfall.reason());
            }
            Ending::NotDone
        }
        Conclusion::Clean | Conclusion::Findings => Ending::Clean,
    })
}
