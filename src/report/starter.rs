//! A starter configuration: what a folder holds, and every setting as a comment to be taken in.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::io;
use std::io::Write;

use super::count;
use crate::model::authorizer::Authorizer;
use crate::model::authorizer::Ttl;
use crate::model::project::Definition;
use crate::model::project::Project;
use crate::source::SourceId;
use crate::source::Sources;

/// What a configuration can speak of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Definitions that have Lambda authorizers: paths and patterns, each with a word about it.
    pub routes: Vec<(String, String)>,
    /// Saved responses, likewise.
    pub policies: Vec<(String, String)>,
    /// Lambda authorizers: the name, and what the definition says of each.
    pub authorizers: Vec<(String, String)>,
    /// Definitions that can't be read, and are in none of these.
    pub broken: Vec<String>,
}

/// Sorts what was loaded from a folder.
#[must_use]
pub fn found(project: &Project, sources: &Sources) -> Found {
    let mut found = Found::default();
    for definition in &project.definitions {
        let (whole, broken) = whole(project, sources, definition);
        found.broken.extend(broken.into_iter().map(|id| sources.get(id).name.clone()));
        let apis = project.apis.get(definition.apis.clone()).unwrap_or_default();
        let lambda = apis.iter().flat_map(|api| &api.authorizers).filter(|authorizer| authorizer.kind.is_lambda());
        let lambda = lambda.filter(|authorizer| whole.contains(&authorizer.name.span.source));
        let authorizers: Vec<(String, String)> = lambda.map(described).collect();
        if !authorizers.is_empty() {
            let routes = apis.iter().flat_map(|api| &api.routes);
            let routes = routes.filter(|route| whole.contains(&route.key.span.source)).count();
            let word = format!("{}: {}", definition.format, count(routes, "route"));
            found.routes.extend(places(sources, &whole, word));
            found.authorizers.extend(authorizers);
        }
    }
    // One table each: a key that stands twice is no TOML.
    let mut named = BTreeSet::new();
    found.authorizers.retain(|(name, _)| named.insert(name.clone()));
    let mut responses: BTreeMap<&str, usize> = BTreeMap::new();
    for response in &project.responses {
        *responses.entry(&sources.get(response.span.source).name).or_default() += 1;
    }
    let mut patterns: BTreeMap<String, usize> = BTreeMap::new();
    for (name, number) in responses {
        *patterns.entry(pattern(name)).or_default() += number;
    }
    found.policies = patterns.into_iter().map(|(pattern, number)| (pattern, count(number, "response"))).collect();
    found
}

/// The files of one definition, those of one folder and ending in one pattern, the first with the word about all of them.
fn places(sources: &Sources, files: &[SourceId], word: String) -> Vec<(String, String)> {
    let names: Vec<&str> = files.iter().map(|&id| sources.get(id).name.as_str()).collect();
    let mut places: Vec<String> = match names.as_slice() {
        [single] => vec![(*single).to_owned()],
        several => several.iter().map(|name| in_its_folder(name)).collect(),
    };
    places.sort_unstable();
    places.dedup();
    let words = std::iter::once(word).chain(std::iter::repeat(String::new()));
    places.into_iter().zip(words).collect()
}

/// The files of a definition that can be named, and those that can't be read. One that can't would fail every run that names it, and so would
/// those that stand beside it, which one pattern names.
fn whole(project: &Project, sources: &Sources, definition: &Definition) -> (Vec<SourceId>, Vec<SourceId>) {
    let is_broken = |id: &SourceId| project.unreadable.iter().any(|unreadable| unreadable.span.source == *id);
    let folder = |id: SourceId| sources.get(id).name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let broken: Vec<SourceId> = definition.sources.iter().copied().filter(is_broken).collect();
    let is_beside = |id: SourceId| broken.iter().any(|&other| folder(other) == folder(id));
    let whole = definition.sources.iter().copied().filter(|&id| !is_beside(id)).collect();
    (whole, broken)
}

/// Responses come and go: a folder of them is named by a pattern. In the root other files are more likely.
fn pattern(name: &str) -> String {
    if name.contains('/') { in_its_folder(name) } else { escaped(name) }
}

fn in_its_folder(name: &str) -> String {
    let (folder, file) = match name.rsplit_once('/') {
        Some((folder, file)) => (format!("{}/", escaped(folder)), file),
        None => (String::new(), name),
    };
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    format!("{folder}*.{}", escaped(ending))
}

/// A name that a pattern takes for itself.
fn escaped(name: &str) -> String {
    glob::Pattern::escape(name)
}

fn described(authorizer: &Authorizer) -> (String, String) {
    let ttl = match authorizer.ttl.get() {
        Ttl::Seconds(0) => "not cached".to_owned(),
        Ttl::Seconds(seconds) => format!("cached for {seconds} s"),
        _ => "cached for an unknown time".to_owned(),
    };
    (authorizer.name.value.clone(), format!("{}, {ttl} ({})", authorizer.kind.name(), authorizer.ttl.origin()))
}

/// Writes the configuration.
///
/// # Errors
/// What `out` reports.
pub fn write(found: &Found, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(HEAD.as_bytes())?;
    list("routes", &found.routes, out)?;
    out.write_all(POLICIES.as_bytes())?;
    list("policies", &found.policies, out)?;
    out.write_all(SETTINGS.as_bytes())?;
    let example = [("TokenAuthorizer".to_owned(), "what the definition leaves open".to_owned())];
    let authorizers = if found.authorizers.is_empty() { &example[..] } else { &found.authorizers };
    for (name, word) in authorizers {
        writeln!(out, "#\n# [authorizers.{}]  # {}\n{AUTHORIZER}", quoted(name), one_line(word))?;
    }
    out.write_all(DECISIONS.as_bytes())
}

fn list(key: &str, items: &[(String, String)], out: &mut dyn Write) -> io::Result<()> {
    if items.is_empty() {
        return writeln!(out, "{key} = []");
    }
    writeln!(out, "{key} = [")?;
    for (item, word) in items {
        let remark = if word.is_empty() { String::new() } else { format!("  # {word}") };
        writeln!(out, "    {},{remark}", quoted(item))?;
    }
    writeln!(out, "]")
}

/// A string of JSON is one of TOML.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}

fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

const HEAD: &str = "\
# What authorizer-lint reads, and what the team has decided. Paths start from this folder.
# `authorizer-lint check --show-settings` shows what holds and why.

# Where routes, authorizers and cache settings come from: files, folders and glob patterns.
";

const POLICIES: &str = "
# Saved authorizer responses: files, folders and glob patterns.
";

const SETTINGS: &str = "
# The least severity that makes the exit code 1: error, warning, note or never.
# fail-on = \"warning\"

# Run the rules that are off by default as well.
# pedantic = true

# Findings that are known already; `authorizer-lint check --write-baseline` writes the file.
# baseline = \"authorizer-lint-baseline.json\"

# Where the API is deployed, if neither the definition nor the responses say so.
# [deployment]
# partition = \"aws\"
# region = \"eu-west-1\"
# account = \"123456789012\"
# api-id = \"a1b2c3d4e5\"
# stage = \"prod\"

# What the definition leaves open about an authorizer, and which responses are its own.
";

const AUTHORIZER: &str = "\
# ttl = 300
# identity-sources = [\"method.request.header.Authorization\"]
# policies = [\"responses/*.json\"]";

const DECISIONS: &str = "
# Levels of rules: off, note, warning or error. `authorizer-lint explain` lists them.
# [rules]
# uncovered-routes = \"error\"

# Requests that are refused on purpose.
# [[expected-denials]]
# policies = [\"responses/reader-*.json\"]
# routes = [\"DELETE /v1/{proxy+}\", \"ANY /admin\"]
# reason = \"readers only read\"

# Findings that are no mistake, and why.
# [[ignore]]
# rule = \"incomplete-arn\"
# file = \"responses/legacy.json\"
# reason = \"seen to work\"
# until = 2027-12-31
";
