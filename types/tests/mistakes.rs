//! Mistakes in a program that uses the types are errors of the Rust compiler where they are.

#![allow(clippy::unwrap_used, reason = "a test stops where it must")]

use std::{fs, path::Path, process::Command};

use serde_json::Value;

const MANIFEST: &str = r#"[package]
name = "mistakes"
version = "0.1.0"
edition = "2024"

[dependencies]
polywrite = { path = "CORE", default-features = false, features = ["tables-db"] }
serde = { version = "1", features = ["derive"] }

[workspace]
"#;

#[test]
fn mistakes_are_errors_where_they_are() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let types = root.join("tests/types");
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    fs::create_dir(folder.path().join("src")).unwrap();
    write("Cargo.toml", &MANIFEST.replace("CORE", root.join("core").to_str().unwrap()));
    write("src/lib.rs", "pub mod cinema;\npub mod wrong;\n");
    fs::copy(root.join("Cargo.lock"), folder.path().join("Cargo.lock")).unwrap();
    fs::copy(types.join("written/cinema.rs"), folder.path().join("src/cinema.rs")).unwrap();
    let program = fs::read_to_string(types.join("programs/wrong.rs")).unwrap();
    write("src/wrong.rs", &program);
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--offline", "--message-format=json", "--target-dir"])
        .arg(root.join("target/mistakes"))
        .current_dir(folder.path())
        .output()
        .unwrap();
    let errors: Vec<(u64, String)> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| {
            message["message"]["level"] == "error" && message["message"]["spans"][0].is_object()
        })
        .map(|message| {
            let spans = message["message"]["spans"].as_array().unwrap();
            let primary = spans.iter().find(|span| span["is_primary"] == true).unwrap();
            assert_eq!(primary["file_name"], "src/wrong.rs", "{message}");
            (
                primary["line_start"].as_u64().unwrap(),
                message["message"]["message"].as_str().unwrap().to_owned(),
            )
        })
        .collect();
    let mut found = errors.clone();
    found.sort();
    let expected: Vec<(u64, &str)> = (2..)
        .zip(program.lines())
        .filter_map(|(next, line)| Some((next, line.trim().strip_prefix("// error: ")?)))
        .collect();
    let lines: Vec<u64> = expected.iter().map(|(line, _)| *line).collect();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(found.iter().map(|(line, _)| *line).collect::<Vec<_>>(), lines, "{found:#?} {stderr}");
    for ((line, message), (_, says)) in found.iter().zip(expected) {
        assert!(message.contains(says), "line {line}: {message}");
    }
}
