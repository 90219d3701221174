//! `polywrite types`, as it is run.

#![allow(clippy::unwrap_used, reason = "a test stops where it must")]

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use tempfile::TempDir;

fn shared(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/types").join(name)
}

fn types() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_polywrite"));
    command.arg("types");
    for name in ["APPWRITE_ENDPOINT", "APPWRITE_PROJECT_ID", "APPWRITE_API_KEY"] {
        command.env_remove(name);
    }
    command
}

/// The languages, and what their files end with.
const LANGUAGES: [(&str, &str); 4] = [("ts", "ts"), ("python", "py"), ("swift", "swift"), ("rust", "rs")];

/// Types of the schema `cinema`, into a file of the folder.
fn of_file(folder: &TempDir, (language, end): (&str, &str), more: &[&str]) -> Output {
    let from = shared("cinema.json");
    let out = folder.path().join(format!("src/cinema.{end}"));
    types().args(["--lang", language, "--from"]).arg(from).arg("--out").arg(out).args(more).output().unwrap()
}

fn says(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Something that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_file_is_written_and_checked() {
    for language in LANGUAGES {
        let folder = tempfile::tempdir().unwrap();
        let missing = of_file(&folder, language, &["--check"]);
        assert_eq!(missing.status.code(), Some(1), "{}", says(&missing));
        assert!(says(&missing).contains("out of date"));
        assert!(of_file(&folder, language, &[]).status.success());
        let name = format!("cinema.{}", language.1);
        let out = folder.path().join("src").join(&name);
        let expected = fs::read_to_string(shared("written").join(name)).unwrap();
        assert_eq!(fs::read_to_string(&out).unwrap(), expected);
        assert!(!expected.contains('\r') && expected.ends_with('\n'));
        assert_eq!(of_file(&folder, language, &["--check"]).status.code(), Some(0));
        fs::write(&out, expected.replace('\n', "\r\n")).unwrap();
        assert_eq!(
            of_file(&folder, language, &["--check"]).status.code(),
            Some(0),
            "as git writes it on Windows"
        );
        fs::write(&out, "changed").unwrap();
        assert_eq!(of_file(&folder, language, &["--check"]).status.code(), Some(1));
        assert_eq!(fs::read_to_string(&out).unwrap(), "changed", "--check writes nothing");
        assert!(of_file(&folder, language, &[]).status.success());
        assert_eq!(fs::read_to_string(&out).unwrap(), expected, "each run writes the same");
    }
}

#[test]
fn without_a_file_the_types_are_printed() {
    let mut command = types();
    command.args(["--lang", "python", "--python", "pydantic", "--from"]).arg(shared("cinema.json"));
    let expected = fs::read(shared("written/cinema_pydantic.py")).unwrap();
    assert_eq!(command.output().unwrap().stdout, expected);
}

#[test]
fn one_database_can_be_chosen() {
    let of = |database: &str| {
        types()
            .args(["--lang", "ts", "--database", database, "--from"])
            .arg(shared("long.json"))
            .output()
            .unwrap()
    };
    let text = String::from_utf8(of("other").stdout).unwrap();
    assert!(text.contains("export class Other ") && !text.contains("ADatabase"));
    assert!(says(&of("none")).contains("there is no database `none`"));
}

#[test]
fn changes_are_watched() {
    for (language, end) in LANGUAGES {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("appwrite.config.json");
        fs::copy(shared("cinema.json"), &config).unwrap();
        let name = format!("cinema.{end}");
        let out = folder.path().join(&name);
        let mut command = types();
        command.args(["--lang", language, "--watch", "--from"]).arg(&config).arg("--out").arg(&out);
        let mut running = Running(command.stderr(Stdio::piped()).spawn().unwrap());
        let mut lines = BufReader::new(running.0.stderr.take().unwrap()).lines();
        let mut next = || lines.next().unwrap().unwrap();
        assert!(next().ends_with(&format!("{name} is written")));
        let before = fs::read_to_string(&out).unwrap();
        // What cannot be read is said, and does not end it.
        fs::write(&config, "{").unwrap();
        assert!(next().contains("appwrite.config.json"));
        let changed = fs::read_to_string(shared("cinema.json")).unwrap().replace("\"plot\"", "\"story\"");
        fs::write(&config, changed).unwrap();
        while !next().ends_with(&format!("{name} is written")) {}
        let expected = before.replace("plot", "story").replace("PLOT", "STORY");
        assert_eq!(fs::read_to_string(&out).unwrap(), expected);
    }
}

#[test]
fn a_project_on_a_server_gives_the_same_types() {
    let mut emulator = Command::new(env!("CARGO_BIN_EXE_polywrite"));
    emulator.args(["emulator", "--port", "0", "--json", "--key", "k", "--seed"]).arg(shared("seed.json"));
    let mut emulator = Running(emulator.stdout(Stdio::piped()).spawn().unwrap());
    let mut line = String::new();
    BufReader::new(emulator.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let ready: serde_json::Value = serde_json::from_str(&line).unwrap();
    let at = |name: &str| ready[name].as_str().unwrap().to_owned();
    let run = |language: &str, key: &str| {
        types()
            .args(["--lang", language, "--endpoint", &at("endpoint"), "--project", &at("project")])
            .env("APPWRITE_API_KEY", key)
            .output()
            .unwrap()
    };
    // The emulator makes the columns of a seed before the relationships, so that their order is another one.
    let sorted = |text: &[u8]| {
        let mut lines: Vec<String> = String::from_utf8_lossy(text).lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    for (language, end) in LANGUAGES {
        let output = run(language, "k");
        let expected = fs::read(shared("written").join(format!("cinema.{end}"))).unwrap();
        assert!(sorted(&output.stdout) == sorted(&expected), "{language}: {}", says(&output));
        assert_eq!(run(language, "k").stdout, output.stdout, "each run writes the same");
    }
    let refused = run("ts", "wrong");
    assert!(!refused.status.success());
    assert!(!says(&refused).contains("wrong"), "no secret is shown");
    let nowhere = types().args(["--lang", "ts"]).output().unwrap();
    assert!(says(&nowhere).contains("APPWRITE_ENDPOINT"));
}
