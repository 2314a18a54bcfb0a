//! `init`: a configuration for what the folder holds.

use std::fmt::Write as _;
use std::io;
use std::path::Path;

use anyhow::bail;
use authorizer_lint::config::FILE_NAME;
use authorizer_lint::report::starter;
use authorizer_lint::report::starter::Found;
use authorizer_lint::report::starter::found;
use authorizer_lint::source::Sources;

use super::Console;
use super::Ending;
use super::file::create;
use super::gather;
use super::gather::Work;
use super::settings::Plan;

pub(crate) fn run(console: &Console) -> anyhow::Result<Ending> {
    let path = Path::new(FILE_NAME);
    let is_there = || anyhow::anyhow!("there is a `{FILE_NAME}` already; it was left as it is");
    // Looking around takes time: who has one should not wait for it.
    if path.exists() {
        bail!(is_there());
    }
    let progress = console.progress();
    progress.say("looking around …");
    let Work { sources, project, .. } = gather::load(Sources::default(), Plan::survey(), true)?;
    drop(progress);
    let found = found(&project, &sources);
    let mut text = Vec::new();
    starter::write(&found, &mut text)?;
    create(path, &text).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => is_there(),
        _ => anyhow::Error::new(error).context(format!("cannot write `{FILE_NAME}`")),
    })?;
    console.remark(&summary(&found));
    Ok(Ending::Clean)
}

/// What was written, and what is still missing.
fn summary(found: &Found) -> String {
    let mut said = format!("wrote `{FILE_NAME}`");
    if found.routes.is_empty() {
        said.push_str("; no definition of an API with a Lambda authorizer was found: name yours under `routes`");
    }
    if found.policies.is_empty() {
        said.push_str("; no saved response was found: `authorizer-lint events` prints events to get some with");
    }
    if let [first, others @ ..] = found.broken.as_slice() {
        let more = if others.is_empty() { String::new() } else { format!(" and {} more", others.len()) };
        let _ = write!(said, "; `{}`{more} can't be read: `authorizer-lint check -r` says why", first.escape_debug());
    }
    if !found.routes.is_empty() && !found.policies.is_empty() {
        said.push_str("; `authorizer-lint check` uses it");
    }
    said
}
