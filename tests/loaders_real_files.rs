//! Do real files load? Walks the shared corpus where it is beside the checkout, and says how many loaded.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test may panic, prints, and reads its files"
)]

mod definitions;

use std::fs;
use std::path::Path;

use authorizer_lint::model::authorizer::Setting;
use authorizer_lint::model::authorizer::Ttl;
use authorizer_lint::model::project::Api;
use authorizer_lint::model::route::Guard;
use definitions::Loaded;
use definitions::corpus;
use definitions::folder;
use serde_json::Value;

/// How the inputs of one format fared.
#[derive(Debug, Default)]
struct Tally {
    loaded: usize,
    with_unknowns: usize,
    /// Output of the CLI that is told for what it is, and lacks that of the command beside it.
    alone: usize,
    refused: usize,
}

impl Tally {
    /// Loads every input of a format: a file, or a folder where a folder is one definition.
    fn of(format: &str, counts: impl Fn(&str) -> bool) -> Option<Self> {
        let Some(corpus) = corpus() else {
            println!("skipped: there is no corpus beside this checkout");
            return None;
        };
        let mut entries: Vec<_> =
            fs::read_dir(corpus.join(format)).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        let mut tally = Self::default();
        for entry in entries {
            let loaded = show(&corpus, &entry);
            if !counts(&entry.file_name().unwrap().to_string_lossy()) {
                continue;
            }
            let unreadable = loaded.unreadable();
            match (&unreadable[..], loaded.unknown().is_empty()) {
                ([], true) => tally.loaded += 1,
                ([], false) => tally.with_unknowns += 1,
                ([only], _) if only.ends_with("without the routes of the API") => tally.alone += 1,
                _ => tally.refused += 1,
            }
        }
        println!("{format}: {tally:?}");
        Some(tally)
    }

    fn assert_most_load(&self) {
        let loaded = self.loaded + self.with_unknowns + self.alone;
        assert!(loaded * 10 >= (loaded + self.refused) * 9, "{self:?}");
    }
}

fn show(corpus: &Path, entry: &Path) -> Loaded {
    let loaded = folder(corpus, entry);
    println!("== {}", entry.strip_prefix(corpus).unwrap().display());
    loaded.apis().iter().for_each(|line| println!("{line}"));
    loaded.unknown().iter().for_each(|line| println!("  ? {line}"));
    loaded.unreadable().iter().for_each(|line| println!("  ! {line}"));
    loaded
}

#[test]
fn terraform() {
    if let Some(tally) = Tally::of("terraform", |_| true) {
        tally.assert_most_load();
    }
}

#[test]
fn serverless() {
    if let Some(tally) = Tally::of("serverless", |_| true) {
        tally.assert_most_load();
    }
}

#[test]
fn aws_cli() {
    // What other commands print is told apart, but nobody would give it for routes.
    let ours = |name: &str| {
        ["resources", "authorizers", "stages", "rest-apis", "rest-api", "routes", "apis", "api"]
            .iter()
            .any(|what| name.contains(&format!("_get-{what}_")))
    };
    if let Some(tally) = Tally::of("awscli", ours) {
        tally.assert_most_load();
    }
}

#[test]
fn hand_worked_expectations_hold() {
    let Some(corpus) = corpus() else {
        println!("skipped: there is no corpus beside this checkout");
        return;
    };
    let lines = fs::read_to_string(corpus.join("EXPECTED.jsonl")).unwrap();
    let expected = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let formats = ["terraform/", "serverless/", "awscli/"];
    let ours = expected.filter(|line| formats.iter().any(|format| line["file"].as_str().unwrap().starts_with(format)));
    let mut checked = 0;
    for line in ours {
        let loaded = show(&corpus, &corpus.join(line["file"].as_str().unwrap()));
        let [api] = loaded.project.apis.as_slice() else { panic!("{line}") };
        check(api, &line);
        checked += 1;
    }
    println!("{checked} expectations hold");
}

fn check(api: &Api, line: &Value) {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    for expected in line["lambda_authorizers"].as_array().unwrap() {
        let name = expected["name"].as_str().unwrap();
        let found = api.authorizers.iter().find(|authorizer| authorizer.name.value == name).unwrap();
        assert_eq!(found.kind.name().to_uppercase(), expected["kind"].as_str().unwrap());
        assert_eq!(api.kind.name().to_uppercase(), expected["api_kind"].as_str().unwrap().to_uppercase());
        let sources: Vec<_> = found.identity_sources.get().iter().map(|source| source.value.clone()).collect();
        assert_eq!(
            sources,
            expected["identity_sources"].as_array().unwrap().iter().filter_map(text).collect::<Vec<_>>()
        );
        if let Some(seconds) = expected["ttl_effective"].as_u64() {
            assert_eq!(*found.ttl.get(), Ttl::Seconds(u32::try_from(seconds).unwrap()));
        }
        assert_eq!(matches!(found.ttl, Setting::Written(_)), !expected["ttl_stated"].is_null());
    }
    let mut routes: Vec<_> = api.routes.iter().map(|route| shown(api, route)).collect();
    let expected = line["routes"].as_array().unwrap().iter();
    let mut expected: Vec<_> = expected
        .map(|route| (text(&route["method"]), text(&route["path"]).unwrap(), text(&route["authorizer"])))
        .collect();
    routes.sort();
    expected.sort();
    assert_eq!(routes, expected);
}

fn shown(api: &Api, route: &authorizer_lint::model::route::Route) -> (Option<String>, String, Option<String>) {
    let guard = match &route.guard {
        Guard::Open => None,
        Guard::Authorizer(at) => api.authorizers.get(*at).map(|authorizer| authorizer.name.value.clone()),
        Guard::Unknown(why) => Some(format!("? {why}")),
    };
    (route.key.value.method_name().map(str::to_owned), route.key.value.path(), guard)
}

/// Every fixture of these formats, broken at random: nothing panics, and every place is in its file.
#[test]
fn broken_definitions_are_refused_in_peace() {
    let mut random = fastrand::Rng::with_seed(20_261_124);
    let pieces = [
        "\"", "\\", "{", "}", "[", "]", ",", ":", "=", "${", "%{", "null", "é", "😀", "\n", "\t", "- ", "...", "file(",
        "<<EOF\n",
    ];
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/loaders");
    for path in ["terraform", "serverless", "aws-cli"].iter().flat_map(|format| definitions::files(&root.join(format)))
    {
        let text: Vec<char> = fs::read_to_string(&path).unwrap().chars().collect();
        for _ in 0..if text.is_empty() { 0 } else { 40 } {
            let mut broken = text.clone();
            for _ in 0..random.usize(1..4) {
                let start = random.usize(..broken.len());
                let end = (start + random.usize(..3)).min(broken.len());
                broken.splice(start..end, random.choice(pieces).unwrap().chars());
            }
            let loaded = definitions::read([(path.to_string_lossy(), broken.into_iter().collect::<String>())]);
            loaded.check_places();
        }
    }
}
