//! The formats that other programs read, end to end: files with awkward names, where the checkout is, the published schema of SARIF, and
//! fingerprints. Every place that a format names is looked up in the file that it names.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test may panic, and looks at its own folders"
)]

mod fixture_files;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::process::Output;

use jsonschema::Validator;
use quick_xml::Reader;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;
use serde_json::Value;
use tempfile::TempDir;

const ECHO: &str = include_str!("../fixtures/quickstart/policy.json");
const ROUTES: &str = include_str!("../fixtures/quickstart/routes.txt");

/// Names that some format has to escape. A backslash is a character like any other where it doesn't part folders.
const NAMES: &[&str] = &[
    "plain.json",
    "a b/50% of #1.json",
    "größe/日本?.json",
    "x,y:z;&<\"'>[1].json",
    #[cfg(unix)]
    "back\\slash.json",
    #[cfg(unix)]
    "two\nlines.json",
];

/// A folder with a policy under each of the names, all of them finding the same.
fn project() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in NAMES.iter().filter(|name| cfg!(unix) || !name.contains([':', '?', '"', '<'])) {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        // Characters of several bytes stand before the place in its line.
        fs::write(path, ECHO.replace("\"arn:", "\"größe🦀\", \"arn:")).unwrap();
    }
    fs::write(folder.path().join("routes.txt"), ROUTES).unwrap();
    folder
}

fn run(folder: &Path, arguments: &[&str], variables: &[(&str, &Path)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_authorizer-lint"));
    command.current_dir(folder).args(arguments);
    for name in ["GITHUB_WORKSPACE", "CI_PROJECT_DIR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command.envs(variables.iter().copied()).output().unwrap()
}

/// What each format says of a run, from files that one run has written.
struct Reports {
    json: Value,
    jsonl: Vec<Value>,
    sarif: Value,
    github: String,
    gitlab: Vec<Value>,
    junit: String,
}

fn reports(folder: &Path, arguments: &[&str], variables: &[(&str, &Path)]) -> Reports {
    let out = tempfile::tempdir().unwrap();
    let targets = ["json", "jsonl", "sarif", "github", "gitlab", "junit"]
        .map(|format| format!("{format}={}", out.path().join(format).display()));
    let mut typed = vec!["check"];
    typed.extend(arguments);
    typed.extend(targets.iter().flat_map(|target| ["--format", target]));
    let output = run(folder, &typed, variables);
    let read = |name: &str| {
        fs::read_to_string(out.path().join(name))
            .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
    };
    assert!(output.stdout.is_empty(), "every report has gone to its file");
    Reports {
        json: serde_json::from_str(&read("json")).unwrap(),
        jsonl: read("jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect(),
        sarif: serde_json::from_str(&read("sarif")).unwrap(),
        github: read("github"),
        gitlab: serde_json::from_str(&read("gitlab")).unwrap(),
        junit: read("junit"),
    }
}

/// A file, and what stands at the place in it.
type Shown = (String, String);

impl Reports {
    fn of_json(&self, folder: &Path) -> Vec<Shown> {
        let findings = self.json["findings"].as_array().unwrap().iter().map(|finding| &finding["location"]);
        findings.map(|at| shown(folder, text(&at["file"]), at, ["line", "column", "end_line", "end_column"])).collect()
    }

    fn results(&self) -> &Vec<Value> {
        self.sarif["runs"][0]["results"].as_array().unwrap()
    }

    fn of_sarif(&self, folder: &Path) -> Vec<Shown> {
        let place = |result: &Value| {
            let at = &result["locations"][0]["physicalLocation"];
            let file = decoded(text(&at["artifactLocation"]["uri"]));
            shown(folder, &file, &at["region"], ["startLine", "startColumn", "endLine", "endColumn"])
        };
        self.results().iter().map(place).collect()
    }

    fn of_gitlab(&self, folder: &Path) -> Vec<Shown> {
        let place = |found: &Value| {
            let positions = &found["location"]["positions"];
            let at = serde_json::json!({
                "line": positions["begin"]["line"], "column": positions["begin"]["column"],
                "end_line": positions["end"]["line"], "end_column": positions["end"]["column"],
            });
            shown(folder, text(&found["location"]["path"]), &at, ["line", "column", "end_line", "end_column"])
        };
        self.gitlab.iter().map(place).collect()
    }

    fn of_github(&self, folder: &Path) -> Vec<Shown> {
        let place = |line: &str| {
            let (properties, _) = line.split_once(' ').unwrap().1.split_once("::").unwrap();
            let mut at = serde_json::Map::new();
            for property in properties.split(',') {
                let (name, value) = property.split_once('=').unwrap();
                at.insert(name.to_owned(), value.parse::<u64>().map_or_else(|_| decoded(value).into(), Value::from));
            }
            let at = Value::Object(at);
            shown(folder, text(&at["file"]), &at, ["line", "col", "endLine", "endColumn"])
        };
        self.github.lines().map(place).collect()
    }

    /// Of JUnit only lines are known.
    fn of_junit(&self) -> Vec<(String, u64)> {
        let mut reader = Reader::from_str(&self.junit);
        let mut found = Vec::new();
        loop {
            match reader.read_event().unwrap() {
                Event::Start(tag) if tag.name().as_ref() == "testcase" => {
                    // What kept the run from its job is in no file.
                    let file = attribute(&tag, "file");
                    found.extend(file.map(|file| (file, attribute(&tag, "line").unwrap().parse().unwrap())));
                }
                Event::Eof => return found,
                _ => {}
            }
        }
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let value = tag.try_get_attribute(name).unwrap()?;
    Some(value.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap().into_owned())
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// What percent signs stand for. Written down again here: what is tested must not test itself.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        if *first == b'%' {
            bytes.push(u8::from_str_radix(std::str::from_utf8(&tail[..2]).unwrap(), 16).unwrap());
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// Looks the place up in the file. Columns are characters.
fn shown(folder: &Path, file: &str, at: &Value, keys: [&str; 4]) -> Shown {
    let [line, column, end_line, end_column] =
        keys.map(|key| usize::try_from(at[key].as_u64().unwrap_or_else(|| panic!("{key} in {at}"))).unwrap());
    assert_eq!(line, end_line);
    let source = fs::read_to_string(folder.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    let line = source.lines().nth(line - 1).unwrap_or_default();
    (file.to_owned(), line.chars().skip(column - 1).take(end_column - column).collect())
}

#[test]
fn places_of_awkwardly_named_files_are_found_in_every_format() {
    let folder = project();
    let folder = folder.path();
    let reports = reports(folder, &[".", "--routes", "routes.txt"], &[]);
    let found = reports.of_json(folder);
    let files: BTreeSet<&str> = found.iter().map(|(file, _)| file.as_str()).collect();
    if cfg!(unix) {
        assert_eq!(files, NAMES.iter().copied().collect());
    }
    let arn = "\"arn:aws:execute-api:us-1:abc:123/prod/GET/v1/users\"";
    assert_eq!(found.iter().filter(|(_, text)| text == arn).count(), files.len(), "{found:?}");
    assert_eq!(reports.of_sarif(folder), found);
    assert_eq!(reports.of_gitlab(folder), found);
    assert_eq!(reports.of_github(folder), found);
    let mut lines: Vec<(String, u64)> = Vec::new();
    for finding in reports.json["findings"].as_array().unwrap() {
        lines.push((text(&finding["location"]["file"]).to_owned(), finding["location"]["line"].as_u64().unwrap()));
    }
    lines.sort();
    assert_eq!(reports.of_junit(), lines);
    assert_eq!(Value::from(reports.jsonl), reports.json["findings"]);
}

#[test]
fn names_are_relative_to_the_checkout() {
    let folder = project();
    let root = folder.path().canonicalize().unwrap();
    fs::create_dir(root.join("api")).unwrap();
    fs::write(root.join("api/plain.json"), ECHO).unwrap();
    let absolute = root.join("api/plain.json");
    for (variable, typed) in [
        ("GITHUB_WORKSPACE", "plain.json"),
        ("CI_PROJECT_DIR", "./plain.json"),
        ("CI_PROJECT_DIR", "../api/plain.json"),
        ("GITHUB_WORKSPACE", absolute.to_str().unwrap()),
    ] {
        let reports = reports(&root.join("api"), &[typed, "--routes", "../routes.txt"], &[(variable, &root)]);
        let expected = "api/plain.json";
        assert_eq!(reports.of_sarif(&root)[0].0, expected, "{typed}");
        assert_eq!(reports.of_gitlab(&root)[0].0, expected, "{typed}");
        assert_eq!(reports.of_github(&root)[0].0, expected, "{typed}");
        let related = &reports.results()[0]["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        assert_eq!(related, "routes.txt");
        assert_eq!(reports.json["findings"][0]["location"]["file"], typed, "for people names stay as they were typed");
    }
    // Without such a variable the working directory counts, and what is outside of it is absolute.
    let reports = reports(&root.join("api"), &["plain.json", "--routes", "../routes.txt"], &[]);
    assert_eq!(reports.of_gitlab(&root.join("api"))[0].0, "plain.json");
    let related = &reports.results()[0]["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert!(text(related).starts_with("file:///") && text(related).ends_with("/routes.txt"), "{related}");
}

#[test]
fn sarif_keeps_to_the_published_schema() {
    let schema = fs::read_to_string(root("fixtures/published/sarif-2.1.0.schema.json")).unwrap();
    // This one pattern, for languages, has a bracket too many; we name no language.
    let schema = schema.replace("]?$", "$");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    let mut seen = BTreeSet::new();
    for folder in folders("fixtures/rules") {
        let more = fs::read_to_string(folder.join("args")).unwrap_or_default();
        let mut typed = vec!["policy.json", "missing.json", "--pedantic"];
        typed.extend(more.lines().filter(|line| *line != "--pedantic"));
        let definitions = fixture_files::definitions(&folder);
        typed.extend(definitions.iter().flat_map(|name| ["--routes", name.as_str()]));
        let sarif = reports(&folder, &typed, &[]).sarif;
        valid(&validator, &sarif);
        seen.extend(sarif["runs"][0]["results"].as_array().unwrap().iter().map(|one| text(&one["ruleId"]).to_owned()));
        for result in sarif["runs"][0]["results"].as_array().unwrap() {
            let at = &result["locations"][0]["physicalLocation"];
            assert!(!text(&at["artifactLocation"]["uri"]).is_empty(), "{result}");
            assert!(at["region"]["endColumn"].as_u64() >= Some(1), "{result}");
        }
        if seen.len() == 1 {
            invalid(&validator, &sarif);
        }
    }
    assert!(seen.len() > 30, "only {seen:?}");
}

fn valid(validator: &Validator, sarif: &Value) {
    let wrong: Vec<String> =
        validator.iter_errors(sarif).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Does the schema see what GitHub would refuse?
fn invalid(validator: &Validator, sarif: &Value) {
    for (pointer, value) in [
        ("/version", Value::from("2.0")),
        ("/runs/0/results/0/level", "fatal".into()),
        ("/runs/0/results/0/ruleIndex", "1".into()),
        ("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri", "a b%".into()),
        ("/runs/0/results/0/locations/0/physicalLocation/region/startLine", 0.into()),
        ("/runs/0/results/0/message", Value::Null),
        ("/runs/0/columnKind", "bytes".into()),
        ("/runs/0/tool/driver/rules/0/defaultConfiguration/level", "fatal".into()),
    ] {
        let mut changed = sarif.clone();
        *changed.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer}")) = value;
        assert!(!validator.is_valid(&changed), "{pointer}");
    }
}

#[test]
fn fingerprints_are_unique_shared_and_survive_moved_lines() {
    let folder = tempfile::tempdir().unwrap();
    let write = |text: &str| fs::write(folder.path().join("policy.json"), text).unwrap();
    let several = ECHO.replace("\"Allow\"", "\"allow\"");
    let several = format!("[{several},\n{several},\n{several}]");
    fs::write(folder.path().join("routes.txt"), ROUTES).unwrap();
    write(&several);
    let before = reports(folder.path(), &["policy.json", "--routes", "routes.txt"], &[]);
    let of = |values: &[Value], pointer: &str| -> Vec<String> {
        values.iter().map(|value| text(value.pointer(pointer).unwrap()).to_owned()).collect()
    };
    let all = of(before.results(), "/partialFingerprints/authorizerLint~1v1");
    assert!(all.len() > 2);
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "GitLab shows only one of equals");
    assert_eq!(of(&before.gitlab, "/fingerprint"), all);
    assert_eq!(of(&before.jsonl, "/fingerprint"), all);
    write(&format!("\n\n\n{}", several.replace('\n', "\r\n  ")));
    let after = reports(folder.path(), &["policy.json", "--routes", "routes.txt"], &[]);
    assert_eq!(of(after.results(), "/partialFingerprints/authorizerLint~1v1"), all);
    let lines = |reports: &Reports| reports.of_junit().iter().map(|(_, line)| *line).collect::<Vec<_>>();
    assert!(lines(&before).iter().zip(lines(&after)).all(|(before, after)| before + 3 == after));
}

#[test]
fn what_has_no_text_has_a_place_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let reports = reports(folder.path(), &["-", "no such.json", "*.yaml", "--no-routes"], &[]);
    let places: Vec<(&str, &Value)> = (reports.results().iter())
        .map(|result| &result["locations"][0]["physicalLocation"])
        .map(|at| (text(&at["artifactLocation"]["uri"]), &at["region"]["startLine"]))
        .collect();
    let one = Value::from(1);
    assert_eq!(places, [("%3Cstdin%3E", &one), ("no%20such.json", &one), ("%2A.yaml", &one)]);
    assert_eq!(reports.gitlab[1]["location"]["path"], "no such.json");
    assert!(reports.github.contains("::error file=<stdin>,line=1,col=1,endLine=1,endColumn=1,"), "{}", reports.github);
    assert_eq!(reports.of_junit()[2], ("no such.json".to_owned(), 1));
    assert_eq!(reports.sarif["runs"][0]["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn text_shows_lines_without_what_ends_them_and_whole_where_they_fit() {
    let folder = tempfile::tempdir().unwrap();
    let text = ECHO.replace("\"Effect\": \"Allow\"", "\"Wirkungsgröße\": \"\", \"Effect\": \"allow\"");
    fs::write(folder.path().join("policy.json"), text.replace('\n', "\r\n")).unwrap();
    let output = run(folder.path(), &["check", "policy.json", "--no-routes"], &[]);
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(shown.contains("\n7 |         \"Wirkungsgröße\": \"\", \"Effect\": \"allow\",\n"), "{shown}");
    assert!(!shown.contains(['\r', '␍']), "{shown}");
}

fn root(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn folders(parent: &str) -> impl Iterator<Item = std::path::PathBuf> {
    let mut folders: Vec<_> = fs::read_dir(root(parent)).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders.into_iter().flat_map(|rule| ["fires", "fixed"].map(|kind| rule.join(kind)))
}
