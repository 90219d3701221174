//! The program itself: what it prints where, and what it rejects.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Output, Stdio},
};

use polywrite_emulator::{Emulator, Options};

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_polywrite-emulator"))
}

fn run(arguments: &[&str]) -> Output {
    program().args(arguments).output().unwrap()
}

/// Starts it, waits for its first line and returns both.
fn start(arguments: &[&str]) -> (Child, String) {
    let mut child = program().args(arguments).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    (child, line)
}

#[test]
fn problems_go_to_standard_error() {
    let nowhere = tempfile::NamedTempFile::new().unwrap();
    let nowhere = nowhere.path().to_str().unwrap();
    for (arguments, code) in [
        (&["--nonsense"][..], 2),
        (&["--port", "99999"], 2),
        (&["--faults", "hot"], 2),
        (&["--seed", nowhere, "--port", "0"], 1),
        (&["--data", nowhere], 1),
        (&["--project", ""], 1),
        (&["--project", "../up"], 1),
        (&["--project", "console"], 1),
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{arguments:?}: {output:?}");
    }
    let help = run(&["--help"]);
    assert!(help.status.success() && help.stderr.is_empty());
}

#[test]
fn a_closed_output_does_no_harm() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = program().arg("--help").stdout(writer).stderr(Stdio::piped()).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
}

#[tokio::test]
async fn a_directory_has_one_emulator() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().to_str().unwrap();
    let (mut first, line) = start(&["--port", "0", "--data", path]);
    assert!(line.starts_with("APPWRITE_ENDPOINT=http://127.0.0.1:"), "{line}");
    let options = Options { data: Some(directory.path().to_owned()), ..Options::default() };
    let second = Emulator::start(options.clone()).await;
    first.kill().unwrap();
    first.wait().unwrap();
    assert!(second.unwrap_err().to_string().ends_with("another emulator is using it"));
    drop(Emulator::start(options.clone()).await.unwrap());
    drop(Emulator::start(options).await.unwrap());
}

#[test]
fn a_seed_file_may_name_other_files() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("a.txt"), "hello").unwrap();
    let seed = directory.path().join("seed.toml");
    let text = "[[buckets]]\nbucketId = 'b'\n[[buckets.files]]\nfileId = 'f'\npath = 'a.txt'\n";
    std::fs::write(&seed, text).unwrap();
    let (mut child, line) = start(&["--port", "0", "--key", "k", "--seed", seed.to_str().unwrap()]);
    let endpoint = line.trim().strip_prefix("APPWRITE_ENDPOINT=").unwrap().to_owned();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let root = crate::caller::Caller::at(&endpoint, "k");
    let (status, file) = runtime.block_on(root.get("/storage/buckets/b/files/f"));
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!((status, &file["name"], &file["sizeOriginal"]), (200, &"a.txt".into(), &5.into()));
}

#[test]
fn it_ends_with_the_program_that_holds_its_input() {
    let mut child = program()
        .args(["--port", "0", "--end-with-stdin"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with("APPWRITE_ENDPOINT="), "{line}");
    assert!(child.try_wait().unwrap().is_none());
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
}
