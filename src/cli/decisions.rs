//! The options of `check` that say what counts, and what is known already.

use authorizer_lint::finding::Severity;
use clap::Args;
use clap::ValueEnum;

#[derive(Args, Debug)]
#[command(next_help_heading = "Findings")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag that can be typed")]
pub(crate) struct Decisions {
    /// The least severity that makes the exit code 1 [default: warning]
    #[arg(long, value_name = "SEVERITY")]
    fail_on: Option<Threshold>,
    /// The least severity that is shown; never hides what fails the run
    #[arg(long, value_name = "SEVERITY", default_value = "note")]
    min_severity: Least,
    /// Run the rules that are off by default as well
    #[arg(long)]
    pub(crate) pedantic: bool,
    /// Report what the configuration and comments say to ignore
    #[arg(long)]
    pub(crate) no_ignores: bool,
    /// Report nothing that was known when this file was written
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<String>,
    /// Write all that is found into the file of the baseline, in the place of what it holds
    #[arg(long)]
    pub(crate) write_baseline: bool,
    /// Show the settings of the run and where each comes from, and check nothing
    #[arg(long, help_heading = "Settings")]
    pub(crate) show_settings: bool,
}

impl Decisions {
    /// What fails the run, if an option says so; nothing inside for `never`.
    #[expect(clippy::option_option, reason = "not given and `never` are two things")]
    pub(crate) fn fail_on(&self) -> Option<Option<Severity>> {
        self.fail_on.map(|threshold| match threshold {
            Threshold::Error => Some(Severity::Error),
            Threshold::Warning => Some(Severity::Warning),
            Threshold::Note => Some(Severity::Note),
            Threshold::Never => None,
        })
    }

    pub(crate) const fn min_severity(&self) -> Severity {
        match self.min_severity {
            Least::Error => Severity::Error,
            Least::Warning => Severity::Warning,
            Least::Note => Severity::Note,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Threshold {
    Error,
    Warning,
    Note,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Least {
    Error,
    Warning,
    Note,
}
