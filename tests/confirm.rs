//! Does `docs/confirm` do what its page says? The script asks a server of our own in the place of AWS, once as is assumed and once otherwise;
//! the template is an API to us as well.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::io::BufRead as _;
use std::io::BufReader;
use std::io::Write as _;
use std::net::TcpListener;
use std::process::Command;
use std::process::Output;
use std::thread;

/// The status for a path and what the authorizer shall answer with.
type Answer = fn(&str, &str) -> u16;

/// As `docs/limits.md` has it.
fn as_assumed(path: &str, mode: &str) -> u16 {
    match (mode, path) {
        ("echo", "/b" | "/users/2") | ("deny-first", _) => 403,
        ("null-condition" | "nested", _) => 500,
        ("throw-first", "/a") => 401,
        _ => 200,
    }
}

/// Runs the script against a server that answers so.
fn confirm(answer: Answer) -> Output {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for mut stream in listener.incoming().map(Result::unwrap) {
            let lines = BufReader::new(stream.try_clone().unwrap()).lines().map(Result::unwrap);
            let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
            let path = head.first().and_then(|line| line.split(' ').nth(1)).unwrap();
            let token = head.iter().find_map(|line| line.strip_prefix("Authorization: ")).unwrap_or_default();
            let status = answer(path, token.split(':').next().unwrap());
            write!(stream, "HTTP/1.1 {status} x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").unwrap();
        }
    });
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/confirm/confirm.sh");
    Command::new("bash").arg(script).env("REST_URL", &url).env("HTTP_URL", &url).output().unwrap()
}

fn lines(output: &Output, beginning: &str) -> usize {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().filter(|line| line.starts_with(beginning)).count()
}

fn is_installed(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok()
}

#[test]
fn the_script_tells_what_is_as_assumed() {
    if !is_installed("curl") {
        return;
    }
    let all = confirm(as_assumed);
    assert_eq!((all.status.code(), lines(&all, "confirmed "), lines(&all, "not as assumed ")), (Some(0), 16, 0));
    let open = confirm(|_, _| 200);
    assert_eq!((open.status.code(), lines(&open, "confirmed "), lines(&open, "not as assumed ")), (Some(1), 9, 7));
    let dead = confirm(|_, _| 500);
    assert_eq!((dead.status.code(), dead.stdout.len()), (Some(2), 0));
}

#[test]
fn the_script_is_sound() {
    if is_installed("shellcheck") {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/confirm");
        let output = Command::new("shellcheck").arg("confirm.sh").current_dir(folder).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn the_template_holds_the_routes_that_the_script_asks() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_authorizer-lint"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(["routes", "--routes", "docs/confirm/template.yaml"]);
    let shown = String::from_utf8(command.output().unwrap().stdout).unwrap();
    for part in
        ["GET /deep/{proxy+}  token", "ANY /{proxy+}       -", "every route of everybody, by GET", "GET /users/{id}"]
    {
        assert!(shown.contains(part), "{part} is not in\n{shown}");
    }
    assert!(!shown.contains("unknown:"), "{shown}");
}
