//! `coverage`: the matrix. Prints facts, judges nothing.

use authorizer_lint::analysis::Effort;
use authorizer_lint::analysis::facts;
use authorizer_lint::report::loaded;
use authorizer_lint::report::matrix;

use super::Console;
use super::Ending;
use super::gather;
use super::gather::Work;
use super::output::deliver;
use super::progress::deciding;
use super::targets::Inputs;
use super::targets::keep_apart;
use crate::cli::Coverage;
use crate::cli::MatrixFormat;

pub(crate) fn run(arguments: &Coverage, console: &Console) -> anyhow::Result<Ending> {
    let progress = console.progress();
    progress.say("reading …");
    let Work { sources, project, plan } = gather::project(Some(&arguments.policies), &arguments.inputs, console)?;
    keep_apart(&arguments.format, Inputs { sources: &sources, skipped: &project.skipped })?;
    progress.say(&deciding(&project));
    let facts = facts(&project, &sources, Effort::Usual);
    drop(progress);
    console.narrate(|out| loaded::inputs(&project, &sources, out));
    deliver(&arguments.format, console, |format, look, out| match format {
        MatrixFormat::Text => matrix::text::write(&facts, look, out),
        MatrixFormat::Json => matrix::json::write(&facts, out),
        MatrixFormat::Csv => matrix::csv::write(&facts, out),
        MatrixFormat::Html => matrix::html::write(&facts, out),
    })?;
    let mut ending = console.ending_of_inputs(&project, &sources);
    if project.responses.is_empty() && !arguments.policies.allow_no_inputs {
        console.complain("no policy was found");
        ending = Ending::NotDone;
    }
    if plan.routes.is_empty() {
        console.complain("no routes were given (`--routes FILE`)");
        ending = Ending::NotDone;
    }
    Ok(ending)
}
