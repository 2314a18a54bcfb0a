//! Is anything private printed? In `fixtures/privacy` a canary stands in every private scalar of every shape that is read, and of shapes
//! that can't be read; the mistakes that findings are about stand beside the canaries, and at them.
//!
//! Each file goes through every command and format, as it is and with all of it in one line.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::string_slice,
    reason = "a test may panic, and reads its own repository"
)]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;

/// In place of text, and in place of numbers.
const CANARIES: [&str; 2] = ["CANARY", "424242"];

/// How each text is looked at; `FILE` stands for it.
const LOOKS: &[&str] = &[
    "check FILE --routes routes.txt -v",
    "check FILE --routes routes.txt --pedantic -v --color always",
    "check FILE --routes routes.txt --format concise",
    "check FILE --routes routes.txt --format json",
    "check FILE --routes routes.txt --pedantic --format jsonl",
    "check FILE --routes routes.txt --pedantic --format sarif",
    "check FILE --routes routes.txt --pedantic --format github",
    "check FILE --routes routes.txt --pedantic --format gitlab",
    "check FILE --routes routes.txt --pedantic --format junit",
    "check FILE --routes routes.txt --identity-source context.path --identity-source method.request.header.Authorization",
    "check FILE --no-routes --pedantic",
    "check FILE --routes routes.txt --resource-policy FILE --pedantic",
    "check FILE --routes FILE",
    "check FILE --routes FILE --format json",
    "check FILE --routes FILE --format sarif",
    "coverage FILE --routes routes.txt",
    "coverage FILE --routes routes.txt -v --format csv",
    "coverage FILE --routes routes.txt --format json",
    "coverage FILE --routes routes.txt --format html",
    "coverage FILE --routes FILE --resource-policy FILE --format html",
    "coverage FILE --routes FILE --resource-policy FILE",
    "coverage FILE --routes routes.txt --api http --ttl 300 --identity-source $context.routeKey --format json",
    "routes --routes FILE --resource-policy FILE",
    "routes --routes FILE --format json",
    "events --routes FILE --routes routes.txt",
    "events --routes routes.txt --resource-policy FILE",
    "explain FILE",
];

#[test]
fn no_canary_leaves_in_any_report() {
    let mut leaks = Vec::new();
    for text in texts() {
        let folder = tempfile::tempdir().unwrap();
        fs::copy(privacy().join("routes.txt"), folder.path().join("routes.txt")).unwrap();
        fs::write(folder.path().join(&text.name), &text.text).unwrap();
        // What was given as a list of routes is one, and a text in it is a line that may be quoted.
        let is_list = text.name.contains("scalars");
        for look in LOOKS.iter().filter(|look| !(is_list && look.contains("--routes FILE"))) {
            let typed = look.replace("FILE", &text.name);
            leaks.extend(leak(&typed, &run(folder.path(), &typed, "")));
            let typed = look.replacen("FILE", "-", 1).replace("FILE", &text.name);
            leaks.extend(leak(&format!("{typed} < {}", text.name), &run(folder.path(), &typed, &text.text)));
        }
    }
    assert!(leaks.is_empty(), "{} leaks\n{}", leaks.len(), leaks.join("\n"));
}

#[test]
fn what_may_be_shown_is_shown() {
    for (file, expected) in [
        ("response.json", &["…/GET/shown/{id}\"", "\"context\": {", "\"roles\"", "\"usageIdentifierKey\": …"][..]),
        ("bare-policy.json", &["\"Effect\": \"allow\"", "\"Conditon\": {"]),
        ("pair-token.json", &["POST/shown/*\"", "an ordinary character in the request"]),
        ("simple.json", &["\"isAuthorized\": \"…\"", "\"log\": \"…\""]),
        ("comments.json", &["a comment is not JSON", "a trailing comma is not JSON"]),
        ("wrong-types.json", &["\"principalId\": [\"…\"]", "\"statusCode\": …"]),
        ("truncated.json", &["truncated.json:3:18"]),
    ] {
        let output = run(&privacy(), &format!("check {file} --routes routes.txt --pedantic -v"), "");
        let shown = String::from_utf8(output.stdout).unwrap();
        for part in expected {
            let part = part.strip_prefix('…').unwrap_or(part);
            assert!(shown.contains(part), "{file}: {part} is not in\n{shown}");
        }
    }
}

/// A text with canaries, and the file that it came from.
struct Text {
    name: String,
    text: String,
}

/// Every file, and every file whose line ends mean nothing once more in a single line: then a canary stands beside every finding.
fn texts() -> Vec<Text> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(privacy()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        if !CANARIES.iter().any(|canary| text.contains(canary)) {
            continue;
        }
        if Path::new(&name).extension().is_none_or(|kind| kind != "jsonl") && !text.contains("//") {
            let text = text.replace('\n', " ");
            texts.push(Text { name: format!("flat-{name}"), text });
        }
        texts.push(Text { name, text });
    }
    assert!(texts.len() > 30, "only {} texts", texts.len());
    texts
}

fn leak(typed: &str, output: &Output) -> Option<String> {
    let shown = [&output.stdout[..], &output.stderr[..]].concat();
    let shown = String::from_utf8(shown).unwrap();
    let at = CANARIES.iter().find_map(|canary| shown.find(canary))?;
    let line = shown[..at].matches('\n').count();
    Some(format!("{typed}\n    {}", shown.lines().nth(line).unwrap_or_default()))
}

fn run(folder: &Path, typed: &str, input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_authorizer-lint"))
        .current_dir(folder)
        .args(typed.split(' '))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Not every run reads it.
    let _ = child.stdin.take().expect("it was asked for").write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn privacy() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/privacy")
}
