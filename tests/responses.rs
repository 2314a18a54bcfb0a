//! What is said about whole responses, saved as files: `fixtures/responses/malformed` holds one mistake a file, and `cases.txt` there what
//! is to be found; in the other folders nothing is.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may panic, and reads its own repository")]

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use authorizer_lint::analysis::Effort;
use authorizer_lint::analysis::facts;
use authorizer_lint::load;
use authorizer_lint::load::Inputs;
use authorizer_lint::load::Met;
use authorizer_lint::load::PolicyInput;
use authorizer_lint::model::authorizer::ApiKind;
use authorizer_lint::model::project::Settings;
use authorizer_lint::rules;
use authorizer_lint::rules::Levels;
use authorizer_lint::source::Sources;

/// One finding, as `cases.txt` writes it.
type Said = (String, String, String);

#[test]
fn every_mistake_is_found_once_and_at_its_place() {
    let folder = responses("malformed");
    let table = fs::read_to_string(folder.join("cases.txt")).unwrap();
    let mut cases: BTreeMap<&str, (&str, Vec<Said>)> = BTreeMap::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.splitn(5, '|').map(str::trim);
        let mut cell = || cells.next().unwrap_or_default();
        let (file, args) = (cell(), cell());
        let said = (cell().to_owned(), cell().to_owned(), cell().to_owned());
        cases.entry(file).or_insert((args, Vec::new())).1.push(said);
    }
    let files: BTreeSet<String> = names(&folder, "json");
    assert_eq!(files, cases.keys().map(|&name| name.to_owned()).collect(), "the table and the folder");
    let mut wrong = String::new();
    for (name, (args, expected)) in &mut cases {
        expected.sort();
        let routes = if args.contains("websocket") { "routes-of-websocket.txt" } else { "routes.txt" };
        for routes in [None, Some(routes)] {
            let found = found(&folder, &format!("{name}.json"), routes, args);
            if found != *expected {
                writeln!(wrong, "{name} ({routes:?}): {found:#?}").unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Every rule that needs nothing but the JSON, and those about how a response fits its API.
const ABOUT_RESPONSES: [&str; 16] = [
    "action-without-invoke",
    "duplicate-element",
    "empty-resource",
    "invalid-effect",
    "invalid-input",
    "invalid-version",
    "missing-element",
    "nested-context",
    "null-condition",
    "principal-in-policy",
    "recovered-syntax",
    "response-kind-mismatch",
    "response-too-large",
    "stringified-policy",
    "unknown-element",
    "wrong-type",
];

#[test]
fn what_aws_documents_is_well_formed() {
    let folder = responses("documented");
    let table = fs::read_to_string(folder.join("cases.txt")).unwrap();
    let cases = table.lines().filter(|line| !line.starts_with('#'));
    let cases: BTreeMap<&str, &str> = cases.map(|line| line.split_once('|').unwrap()).collect();
    let named: BTreeSet<String> = cases.keys().map(|name| name.trim().to_owned()).collect();
    assert_eq!(names(&folder, "json"), named, "the table and the folder");
    for (name, args) in cases {
        let mut found = found(&folder, &format!("{}.json", name.trim()), None, args);
        found.retain(|(_, rule, _)| ABOUT_RESPONSES.contains(&rule.as_str()));
        assert_eq!(found, [], "{name}");
    }
}

#[test]
fn nothing_is_found_in_what_is_right() {
    let mut wrong = String::new();
    let mut policies = 0;
    for (folder, routes) in [("rest", "routes.txt"), ("http", "openapi.yaml"), ("websocket", "routes.txt")] {
        let folder = responses("healthy").join(folder);
        let args = if folder.ends_with("websocket") { "--api websocket" } else { "" };
        let texts = names(&folder, "json").into_iter().map(|name| format!("{name}.json"));
        for name in texts.chain(names(&folder, "jsonl").into_iter().map(|name| format!("{name}.jsonl"))) {
            policies += 1;
            let found = found(&folder, &name, Some(routes), args);
            if !found.is_empty() {
                writeln!(wrong, "{name}: {found:#?}").unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(policies > 40, "{policies} policies");
}

#[test]
fn an_allow_list_is_a_warning_until_it_says_what_it_denies() {
    let found = |policy| found(&responses("read-only"), policy, Some("routes.txt"), "");
    let one_warning: Vec<(String, String)> =
        found("allow-list.json").into_iter().map(|(severity, rule, _)| (severity, rule)).collect();
    assert_eq!(one_warning, [("warning".to_owned(), "uncovered-routes".to_owned())]);
    assert_eq!(found("allow-list-and-deny.json"), []);
}

/// What is found in a file, in the order of its texts.
fn found(folder: &Path, policy: &str, routes: Option<&str>, args: &str) -> Vec<Said> {
    let mut sources = Sources::default();
    let mut add = |name: &str| sources.add(name, fs::read_to_string(folder.join(name)).unwrap());
    let policies = vec![PolicyInput { source: add(policy), met: Met::Named }];
    let inputs = Inputs { policies, routes: routes.map(&mut add).into_iter().collect(), ..Inputs::default() };
    let mut settings = Settings::default();
    if let Some(wanted) = args.trim().strip_prefix("--api ") {
        let kinds = [ApiKind::Rest, ApiKind::Http, ApiKind::WebSocket];
        settings.api = kinds.into_iter().find(|kind| kind.name() == wanted);
        assert!(settings.api.is_some(), "{args}");
    } else {
        assert_eq!(args.trim(), "");
    }
    let project = load::project(&sources, &inputs, settings);
    let findings = rules::run(&facts(&project, &sources, Effort::Usual), &Levels::default());
    let mut said: Vec<Said> = findings
        .into_iter()
        .map(|finding| {
            let text = sources.slice(finding.primary.span).to_owned();
            (finding.severity.name().to_owned(), finding.rule.to_owned(), text)
        })
        .collect();
    said.sort();
    said
}

/// The names of the files of a folder, without their ending.
fn names(folder: &Path, ending: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.filter(|path| path.extension().is_some_and(|is| is == ending));
    files.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect()
}

fn responses(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/responses").join(folder)
}
