//! The program itself: its commands are there, and hand on what they are given.

#![allow(clippy::unwrap_used, reason = "a test stops where it must")]

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_polywrite"))
}

#[test]
fn each_command_has_its_help() {
    for (arguments, words) in [
        (&["--help"][..], "emulator"),
        (&["emulator", "--help"], "Usage: polywrite emulator [options]"),
        (&["import", "--help"], "OpenAPI"),
        (&["build", "--help"], "definition"),
        (&["webhook", "--help"], "listen"),
        (&["schema", "diff", "--help"], "Exit codes"),
    ] {
        let output = program().args(arguments).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && text.contains(words), "{arguments:?}: {text}");
    }
    assert_eq!(program().arg("fly").output().unwrap().status.code(), Some(2));
    assert_eq!(program().args(["emulator", "--fly"]).output().unwrap().status.code(), Some(2));
}

#[test]
fn the_emulator_announces_itself() {
    let mut child =
        program().args(["emulator", "--port", "0", "--key", "k"]).stdout(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().take(3);
    let lines: Vec<String> = lines.map(Result::unwrap).collect();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(lines[0].starts_with("APPWRITE_ENDPOINT=http://127.0.0.1:"), "{lines:?}");
    assert_eq!(lines[1..], ["APPWRITE_PROJECT_ID=demo", "APPWRITE_API_KEY=k"]);
}

/// A program that does not outlive a test that fails.
struct Killed(std::process::Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_webhook_that_is_sent_is_received_checked_and_passed_on() {
    let listen = |arguments: &[&str]| {
        let mut listener = Killed(
            program()
                .args(["webhook", "listen", "--port", "0"])
                .args(arguments)
                .env("APPWRITE_WEBHOOK_SECRET", "s")
                .stdout(Stdio::piped())
                .spawn()
                .unwrap(),
        );
        let mut lines = BufReader::new(listener.0.stdout.take().unwrap()).lines().map(Result::unwrap);
        let first = lines.next().unwrap();
        let url = first.split_whitespace().find(|word| word.starts_with("http")).unwrap().to_owned();
        (listener, lines, url)
    };
    let (_last, mut at_last, last) = listen(&["--url", "https://example.com/hook"]);
    let (_first, mut at_first, url) = listen(&["--url", "https://example.com/hook", "--forward", &last]);
    let send = |secret: &str| {
        let body = tempfile();
        let sent = program()
            .args(["webhook", "send", &url, "--registered", "https://example.com/hook", "--secret", secret])
            .args(["--event", "users.ada.create", "--user", "bob", "--body", body.to_str().unwrap()])
            .output()
            .unwrap();
        (sent.status.success(), String::from_utf8(sent.stdout).unwrap())
    };
    let (fine, printed) = send("s");
    assert!(fine && printed.starts_with("200 OK"), "{printed}");
    for lines in [&mut at_first, &mut at_last] {
        assert_eq!(lines.next().unwrap(), "users.ada.create in demo for \"webhook\" by user bob");
        assert_eq!(lines.by_ref().take(3).collect::<String>(), "{  \"$id\": \"ada\"}");
    }
    assert_eq!(at_first.next().unwrap(), "Forwarded: 200 OK");

    let (fine, printed) = send("other");
    assert!(!fine && printed.starts_with("401"), "{printed}");
    assert!(at_first.next().unwrap().starts_with("Rejected: "));
}

/// A file with the payload of a webhook.
fn tempfile() -> std::path::PathBuf {
    let path = std::env::temp_dir().join(format!("polywrite-webhook-{}.json", std::process::id()));
    std::fs::write(&path, r#"{"$id":"ada"}"#).unwrap();
    path
}
