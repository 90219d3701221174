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
