//! `explain`: one rule, or the list.

use anyhow::bail;
use authorizer_lint::report::explain;
use authorizer_lint::rules;
use authorizer_lint::rules::RULES;

use super::Console;
use super::Ending;
use super::output::deliver;
use crate::cli::Explain;
use crate::cli::Target;
use crate::cli::nearest;

pub(crate) fn run(arguments: &Explain, console: &Console) -> anyhow::Result<Ending> {
    let to_stdout: [Target<()>; 1] = [Target { format: (), file: None }];
    let Some(id) = &arguments.rule else {
        deliver(&to_stdout, console, |(), look, out| explain::list(look, out))?;
        return Ok(Ending::Clean);
    };
    let Some(rule) = rules::find(id) else {
        match nearest(id, RULES.iter().map(|rule| rule.id)) {
            Some(meant) => bail!("no rule is called `{id}`; did you mean `{meant}`?"),
            None => bail!("no rule is called `{id}`; `explain` without a name lists them"),
        }
    };
    deliver(&to_stdout, console, |(), look, out| explain::write(rule, look, out))?;
    Ok(Ending::Clean)
}
