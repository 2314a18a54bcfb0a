//! The options of `completions` and `man`.

use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;

use super::OUTPUT;

#[derive(Args, Debug)]
pub(crate) struct Completions {
    /// The shell
    pub(crate) shell: Shell,
}

#[derive(Args, Debug)]
pub(crate) struct Man {
    /// Write authorizer-lint.1 and a page for each command into this folder, replacing what is there
    #[arg(long, value_name = "DIR", help_heading = OUTPUT)]
    pub(crate) output_dir: Option<PathBuf>,
}
