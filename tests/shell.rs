//! What shells, manuals and terminals get of this program: completions that are really completed, pages that are really read, progress that
//! is seen on a terminal and nowhere else, and what an interrupt leaves behind. A shell that is not installed is not asked.
#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may panic, and looks at its own folders")]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;
use std::thread;
use std::time::Duration;
use std::time::Instant;

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_authorizer-lint"));
    command.stdin(Stdio::null()).env_remove("CI").env_remove("AUTHORIZER_LINT_IDENTITY").env("TERM", "xterm");
    command
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn script(shell: &str) -> String {
    let output = program().args(["completions", shell]).output().unwrap();
    assert!(output.status.success(), "{shell}");
    text(&output)
}

/// What a program says to a text on its standard input; nothing where there is no such program.
fn asked(program: &[&str], input: &str) -> Option<Output> {
    let (name, arguments) = program.split_first().unwrap();
    let child =
        Command::new(name).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = child.ok()?;
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    Some(child.wait_with_output().unwrap())
}

/// What is typed after the name of the program, and some of what completes its last word.
const TYPED: &[(&str, &[&str])] = &[
    ("ro", &["routes"]),
    ("explain method", &["method-arn-echo"]),
    ("check --format sa", &["sarif"]),
    ("coverage --format c", &["csv"]),
    ("routes --routes-format ter", &["terraform"]),
    ("check --fail-on e", &["error"]),
    ("completions p", &["powershell"]),
    ("events --output", &["--output-dir"]),
];

#[test]
fn bash_completes() {
    let function = "try() { local words=(authorizer-lint \"$@\"); COMP_WORDS=(\"${words[@]}\"); COMP_CWORD=$#; COMPREPLY=();
        $(complete -p authorizer-lint | sed 's/.*-F \\([^ ]*\\).*/\\1/') authorizer-lint \"${words[$#]}\" \"${words[$#-1]}\"
        echo \"${COMPREPLY[*]}\"; }\n";
    let tries: Vec<String> = TYPED.iter().map(|(typed, _)| format!("try {typed}\n")).collect();
    let input = format!("{}\n{function}{}", script("bash"), tries.concat());
    let output = asked(&["bash", "--norc"], &input).expect("bash is installed");
    let completed = text(&output);
    let lines: Vec<&str> = completed.lines().collect();
    assert_eq!(lines.len(), TYPED.len(), "{}{completed}", String::from_utf8_lossy(&output.stderr));
    for ((typed, expected), line) in TYPED.iter().zip(lines) {
        let completed: Vec<&str> = line.split_whitespace().collect();
        assert_eq!(completed, *expected, "{typed}");
    }
}

#[test]
fn fish_completes() {
    let script = script("fish");
    for (typed, expected) in TYPED {
        let input = format!("{script}\ncomplete -C 'authorizer-lint {typed}'\n");
        let Some(output) = asked(&["fish", "--no-config"], &input) else { return };
        let completed = text(&output);
        let completed: Vec<&str> = completed.lines().filter_map(|line| line.split('\t').next()).collect();
        assert_eq!(completed, *expected, "{typed}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn the_other_scripts_can_be_read_and_know_the_rules() {
    for (shell, reader) in [
        ("zsh", &["zsh", "-n"][..]),
        ("elvish", &["elvish", "-compileonly", "/dev/stdin"]),
        ("powershell", &["pwsh", "-Command", "-"]),
    ] {
        let script = script(shell);
        assert!(script.contains("--output-dir") && script.contains("coverage"), "{shell}");
        if let Some(output) = asked(reader, &script) {
            let errors = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success() && errors.is_empty(), "{shell}: {errors}");
        }
    }
    assert!(script("zsh").contains("method-arn-echo"));
}

#[test]
fn every_command_has_a_page() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("man1");
    assert!(program().args(["man", "--output-dir"]).arg(&pages).status().unwrap().success());
    let main = text(&program().arg("man").output().unwrap());
    assert_eq!(main, fs::read_to_string(pages.join("authorizer-lint.1")).unwrap());
    let help = text(&program().arg("--help").output().unwrap());
    let commands = help.split("Commands:").nth(1).unwrap().split("\n\n").next().unwrap();
    let commands = commands.lines().filter_map(|line| line.split_whitespace().next());
    for command in commands.filter(|command| *command != "help") {
        let page = fs::read_to_string(pages.join(format!("authorizer-lint-{command}.1"))).expect(command);
        assert!(page.contains("Examples:"), "{command}");
        assert!(main.contains(&format!("authorizer\\-lint\\-{command}(1)")), "{command} is not in the main page");
    }
    for page in fs::read_dir(&pages).unwrap() {
        let page = page.unwrap().path();
        let Ok(output) = Command::new("man").args(["--warnings", "-l"]).arg(&page).output() else { return };
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{}", page.display());
    }
}

/// Enough routes that their events are not written in a moment.
fn many_routes(folder: &Path) {
    let routes: Vec<String> = (0..3000).map(|number| format!("GET /r{number}")).collect();
    fs::write(folder.join("routes.txt"), routes.join("\n")).unwrap();
}

#[test]
fn an_interrupt_leaves_no_unfinished_file() {
    for round in 0_u64..4 {
        let folder = tempfile::tempdir().unwrap();
        many_routes(folder.path());
        let typed = ["events", "--routes", "routes.txt", "--output-dir", "events"];
        let mut child = program().current_dir(folder.path()).args(typed).spawn().unwrap();
        let events = folder.path().join("events");
        let begun = Instant::now();
        while fs::read_dir(&events).map_or(0, Iterator::count) < 20 {
            assert!(begun.elapsed() < Duration::from_secs(60), "it has begun to write");
        }
        // Not always at the same point of writing a file.
        thread::sleep(Duration::from_micros(300 * round));
        assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
        assert_eq!(child.wait().unwrap().code(), Some(130), "it was still writing");
        let mut written = 0;
        for entry in fs::read_dir(&events).unwrap() {
            let path = entry.unwrap().path();
            assert!(path.extension().is_some_and(|ending| ending == "json"), "{} is left", path.display());
            let event: Result<serde_json::Value, _> = serde_json::from_str(&fs::read_to_string(&path).unwrap());
            assert!(event.is_ok(), "{} is not whole", path.display());
            written += 1;
        }
        assert!((1..3000).contains(&written), "{written} files");
    }
}

/// What a terminal gets of a run whose input comes late.
#[cfg(target_os = "linux")]
fn on_a_terminal(options: &str, variables: &[(&str, &str)]) -> Option<String> {
    let typed = format!("sleep 1.5 | {} check - --no-routes {options}", env!("CARGO_BIN_EXE_authorizer-lint"));
    let mut command = Command::new("script");
    command.args(["-qec", &typed, "/dev/null"]).env_remove("CI").env("TERM", "xterm");
    let output = command.envs(variables.iter().copied()).stdin(Stdio::null()).output().ok()?;
    Some(text(&output))
}

#[test]
#[cfg(target_os = "linux")]
fn long_work_is_seen_on_a_terminal_and_nowhere_else() {
    for (options, variables, seen) in [
        ("", &[][..], true),
        ("-q", &[], false),
        ("", &[("CI", "true")], false),
        ("", &[("TERM", "dumb")], false),
        ("2>/dev/null", &[], false),
    ] {
        let Some(shown) = on_a_terminal(options, variables) else { return };
        assert!(shown.contains("could not be read") || !seen, "{shown}");
        assert_eq!(shown.contains("\r\u{1b}[Kreading …"), seen, "{options} {variables:?}: {shown:?}");
        if seen {
            let (_, after) = shown.rsplit_once("\r\u{1b}[K").unwrap();
            assert!(
                !after.contains('…') && shown.find("reading").unwrap() < shown.find("could not be read").unwrap(),
                "{shown:?}"
            );
        }
    }
}
