//! `completions` and `man`: what a shell and a manual know of this program, made from the arguments themselves.

use std::fmt::Write as _;
use std::fs;

use anyhow::Context as _;
use clap::Arg;
use clap::Command;
use clap::CommandFactory as _;
use clap::builder::PossibleValue;
use clap_complete::Shell;
use clap_mangen::Man as Page;

use super::Console;
use super::Ending;
use super::file::replace;
use super::output::deliver;
use crate::cli::Cli;
use crate::cli::Completions;
use crate::cli::Man;
use crate::cli::Target;

const TO_STDOUT: [Target<()>; 1] = [Target { format: (), file: None }];

pub(crate) fn completions(arguments: &Completions, console: &Console) -> anyhow::Result<Ending> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), env!("CARGO_PKG_NAME"), &mut script);
    let script = String::from_utf8(script)?;
    let script = match arguments.shell {
        // clap_complete 4.6 takes the hyphen in the name of the program for the end of a command, and then finds none of its own labels.
        Shell::Bash => script.replace("authorizer__subcmd__lint", "authorizer__lint"),
        Shell::Fish => script + &fish_values(&Cli::command()),
        _ => script,
    };
    deliver(&TO_STDOUT, console, |(), _, out| out.write_all(script.as_bytes()))?;
    Ok(Ending::Clean)
}

/// The values of arguments that are no options, which the generator leaves out for fish.
fn fish_values(command: &Command) -> String {
    let mut lines = String::new();
    for subcommand in command.get_subcommands() {
        for values in subcommand.get_positionals().map(Arg::get_possible_values).filter(|values| !values.is_empty()) {
            let values: Vec<&str> = values.iter().map(PossibleValue::get_name).collect();
            let (name, values) = (subcommand.get_name(), values.join(" "));
            // Writing to a text can't fail.
            let _ = writeln!(
                lines,
                "complete -c authorizer-lint -n \"__fish_authorizer_lint_using_subcommand {name}\" -f -a \"{values}\""
            );
        }
    }
    lines
}

pub(crate) fn man(arguments: &Man, console: &Console) -> anyhow::Result<Ending> {
    let mut command = Cli::command().disable_help_subcommand(true);
    // Gives each command its full name and the options that all have.
    command.build();
    let Some(folder) = &arguments.output_dir else {
        let page = Page::new(command);
        deliver(&TO_STDOUT, console, |(), _, out| page.render(out))?;
        return Ok(Ending::Clean);
    };
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
    let all = command.get_subcommands().cloned().chain([command.clone()]).map(Page::new);
    for page in all {
        let mut text = Vec::new();
        page.render(&mut text)?;
        let file = folder.join(page.get_filename());
        replace(&file, &text).with_context(|| format!("cannot write `{}`", file.display()))?;
    }
    Ok(Ending::Clean)
}
