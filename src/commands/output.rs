//! Where reports go: standard output, or files.

use std::io;
use std::io::IsTerminal as _;
use std::io::Write;

use anyhow::Context as _;
use anyhow::bail;
use authorizer_lint::model::project::Project;
use authorizer_lint::report::Detail;
use authorizer_lint::report::Lines;
use authorizer_lint::report::Look;
use authorizer_lint::report::Paint;
use authorizer_lint::report::mistake;
use authorizer_lint::report::place::Place;
use authorizer_lint::source::Sources;
use authorizer_lint::source::Span;
use colored::Colorize as _;
use terminal_size::Width;

use super::Ending;
use super::file::replace;
use super::progress::Progress;
use crate::cli::Manners;
use crate::cli::Stream;
use crate::cli::Target;

/// The two streams, and how text on them looks.
#[derive(Debug)]
pub(crate) struct Console {
    stdout: Look,
    stderr: Paint,
    has_watcher: bool,
}

impl Console {
    pub(crate) fn new(manners: &Manners) -> Self {
        let stream = |is_terminal| if is_terminal { Stream::Terminal } else { Stream::Other };
        let stdout = stream(io::stdout().is_terminal());
        let (width, lines) = match (stdout, terminal_size::terminal_size()) {
            (Stream::Terminal, Some((Width(columns), _))) => (usize::from(columns).max(NARROWEST), Lines::Wrapped),
            _ => (Look::PLAIN.width, Lines::Whole),
        };
        Self {
            stdout: Look { paint: manners.paint(stdout), width, detail: manners.detail(), lines },
            stderr: manners.paint(stream(io::stderr().is_terminal())),
            has_watcher: manners.may_show_progress(stream(io::stderr().is_terminal())),
        }
    }

    /// Shows what takes long to whom it may concern.
    pub(super) fn progress(&self) -> Progress {
        if self.has_watcher { Progress::new() } else { Progress::SILENT }
    }

    /// Whether text on standard output ends in a summary.
    pub(crate) fn has_summary(&self) -> bool {
        self.stdout.detail != Detail::Brief
    }

    /// For `-v`: an account on standard error, so that it is in no report's way. A closed stream is no reason to fail.
    pub(crate) fn narrate(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
        if self.stdout.detail == Detail::Full {
            let _ = write(&mut io::stderr().lock());
        }
    }

    /// One line on standard error. A closed stream is no reason to fail.
    pub(crate) fn complain(&self, message: &str) {
        let prefix = match self.stderr {
            Paint::Plain => "error:".to_owned(),
            Paint::Ansi => {
                colored::control::set_override(true);
                "error:".red().bold().to_string()
            }
        };
        let _ = writeln!(io::stderr(), "{prefix} {message}");
    }

    /// One line on standard error about what went otherwise than one might think; nothing for who wants quiet.
    pub(crate) fn remark(&self, message: &str) {
        if self.has_summary() {
            let _ = writeln!(io::stderr(), "note: {message}");
        }
    }

    /// A mistake in a file that is no input, for [`Self::complain`].
    pub(crate) fn draw(&self, sources: &Sources, span: Span, message: &str) -> String {
        mistake::draw(sources, span, message, self.stderr)
    }

    /// For the commands that have no findings: says what could not be read.
    pub(crate) fn ending_of_inputs(&self, project: &Project, sources: &Sources) -> Ending {
        for unreadable in &project.unreadable {
            let Place { file, line, column, .. } = Place::new(sources, unreadable.span);
            self.complain(&format!("{file}:{line}:{column}: {}", unreadable.message));
        }
        if project.unreadable.is_empty() { Ending::Clean } else { Ending::NotDone }
    }
}

/// Text for people is laid out for no less than this.
const NARROWEST: usize = 40;

/// Renders every target, then writes it: a report that can't be made leaves nothing behind.
pub(crate) fn deliver<F: Copy + Default>(
    targets: &[Target<F>],
    console: &Console,
    render: impl Fn(F, &Look, &mut dyn Write) -> io::Result<()>,
) -> anyhow::Result<()> {
    let default = [Target { format: F::default(), file: None }];
    let targets = if targets.is_empty() { &default } else { targets };
    if targets.iter().filter(|target| target.file.is_none()).count() > 1 {
        bail!("only one format can go to standard output; give the others a file: `--format json=report.json`");
    }
    for Target { format, file } in targets {
        let mut report = Vec::new();
        let plain = Look { detail: console.stdout.detail, ..Look::PLAIN };
        let look = if file.is_none() { &console.stdout } else { &plain };
        render(*format, look, &mut report)?;
        match file {
            Some(path) => replace(path, &report).with_context(|| format!("cannot write `{}`", path.display()))?,
            None => to_stdout(&report).context("cannot write to standard output")?,
        }
    }
    Ok(())
}

/// Who has stopped reading has read enough.
fn to_stdout(report: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(report).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}
