//! The options that say where reports go and how they look, and what of the environment counts.

use std::ffi::OsStr;
use std::path::PathBuf;

use authorizer_lint::report::Detail;
use authorizer_lint::report::Paint;
use clap::Args;
use clap::ValueEnum;

use super::nearest;

#[derive(Args, Debug)]
#[command(next_help_heading = "Output")]
pub(crate) struct Manners {
    /// When to colour text
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
    /// Findings only, no summary
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Every example; on standard error, what was read, inferred and skipped
    #[arg(short, long, global = true)]
    verbose: bool,
}

/// One `--format`: what to write, and the file if it isn't standard output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target<F> {
    pub(crate) format: F,
    pub(crate) file: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    #[default]
    Text,
    Concise,
    Json,
    Jsonl,
    Sarif,
    Github,
    Gitlab,
    Junit,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum MatrixFormat {
    #[default]
    Text,
    Json,
    Csv,
    Html,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ApiFormat {
    #[default]
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum EventFormat {
    #[default]
    Json,
    Jsonl,
}

/// What is at the other end of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stream {
    Terminal,
    Other,
}

impl Manners {
    pub(crate) fn detail(&self) -> Detail {
        match (self.quiet, self.verbose) {
            (true, _) => Detail::Brief,
            (_, true) => Detail::Full,
            _ => Detail::Normal,
        }
    }

    /// Whether a passing line may stand on standard error: a terminal that can erase it, and somebody before it.
    pub(crate) fn may_show_progress(&self, stderr: Stream) -> bool {
        let variable = |name| std::env::var_os(name);
        let is_ci = variable("CI").is_some_and(|value| !value.is_empty());
        let is_dumb = variable("TERM").is_some_and(|term| term == "dumb");
        stderr == Stream::Terminal && !self.quiet && !is_ci && !is_dumb
    }

    /// Whether one stream is coloured: `--color` beats `NO_COLOR`, that beats `CLICOLOR_FORCE`, that beats what the stream is.
    pub(crate) fn paint(&self, stream: Stream) -> Paint {
        let variable = |name| std::env::var_os(name);
        let is_set = |name| variable(name).is_some_and(|value| !value.is_empty());
        let is_forced = variable("CLICOLOR_FORCE").is_some_and(|value| !value.is_empty() && value != "0");
        let is_dumb = variable("TERM").as_deref() == Some(OsStr::new("dumb"));
        match self.color {
            ColorChoice::Always => Paint::Ansi,
            ColorChoice::Auto if is_set("NO_COLOR") => Paint::Plain,
            ColorChoice::Auto if is_forced || stream == Stream::Terminal && !is_dumb => Paint::Ansi,
            ColorChoice::Auto | ColorChoice::Never => Paint::Plain,
        }
    }
}

/// What to tell who typed a format that there isn't.
pub(super) fn no_such_format<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match nearest(name, known.iter().copied()) {
        Some(meant) => format!("no such format; did you mean `{meant}`?"),
        None => format!("no such format; there are {}", known.join(", ")),
    }
}

impl<F: ValueEnum> Target<F> {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let (name, file) = match text.split_once('=') {
            Some((_, "")) => return Err("there is no file after `=`".to_owned()),
            // One stream: what else goes there would be mixed with it.
            Some((name, "-" | "/dev/stdout")) => (name, None),
            Some((name, file)) => (name, Some(PathBuf::from(file))),
            None => (text, None),
        };
        let no_such = |_| {
            let known = F::value_variants().iter().filter_map(ValueEnum::to_possible_value);
            let known: Vec<String> = known.map(|value| value.get_name().to_owned()).collect();
            no_such_format(name, known.iter().map(String::as_str))
        };
        let format = F::from_str(name, false).map_err(no_such)?;
        Ok(Self { format, file })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ColorChoice {
    Auto,
    Always,
    Never,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_may_name_a_file() {
        let parse = Target::<CheckFormat>::parse;
        assert_eq!(parse("json=a=b.json").unwrap().file, Some(PathBuf::from("a=b.json")));
        assert_eq!(parse("json=-").unwrap().file, None);
        assert_eq!(parse("json=/dev/stdout").unwrap().file, None);
        assert!(parse("json=").is_err());
        assert_eq!(parse("jsn").unwrap_err(), "no such format; did you mean `json`?");
        assert_eq!(
            parse("checkstyle").unwrap_err(),
            "no such format; there are text, concise, json, jsonl, sarif, github, gitlab, junit"
        );
    }
}
