//! `routes`: what was loaded. Prints the project and stops there.

use authorizer_lint::report::loaded;
use authorizer_lint::report::routes;

use super::Console;
use super::Ending;
use super::gather;
use super::gather::Work;
use super::output::deliver;
use super::targets::Inputs;
use super::targets::keep_apart;
use crate::cli::ApiFormat;
use crate::cli::Routes;

pub(crate) fn run(arguments: &Routes, console: &Console) -> anyhow::Result<Ending> {
    let Work { sources, project, plan } = gather::project(None, &arguments.inputs, console)?;
    keep_apart(&arguments.format, Inputs { sources: &sources, skipped: &project.skipped })?;
    console.narrate(|out| loaded::inputs(&project, &sources, out));
    deliver(&arguments.format, console, |format, look, out| match format {
        ApiFormat::Text => routes::text::write(&project, &sources, look, out),
        ApiFormat::Json => routes::json::write(&project, &sources, out),
    })?;
    let ending = console.ending_of_inputs(&project, &sources);
    if plan.routes.is_empty() {
        console.complain("no routes were given (`--routes FILE`)");
        return Ok(Ending::NotDone);
    }
    Ok(ending)
}
