//! The program itself: what it prints where, and what it rejects.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Output, Stdio},
};

use polywrite_emulator::{Emulator, Options};
use reqwest::Method;
use serde_json::{Value, json};

use crate::caller::{Caller, ROWS};

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_polywrite-emulator"))
}

fn run(arguments: &[&str]) -> Output {
    program().args(arguments).output().unwrap()
}

/// Starts it, waits for its first line and returns both.
fn start(arguments: &[&str]) -> (Child, String) {
    begun(program().args(arguments))
}

/// The same with variables of its environment.
pub(crate) fn start_with(arguments: &[&str], variables: &[(&str, &str)]) -> (Killed, String) {
    let (child, line) = begun(program().args(arguments).envs(variables.iter().copied()));
    (Killed(child), line)
}

fn begun(program: &mut Command) -> (Child, String) {
    let mut child = program.stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    (child, line)
}

/// A program that does not outlive a test that fails.
pub(crate) struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
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
        (&["--data", ""], 2),
        (&["--functions", "/nowhere"], 2),
        (&["--host", "nowhere"], 2),
        (&["--key", "", "--port", "0"], 1),
        (&["--key", "with space", "--port", "0"], 1),
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
    let options = String::from_utf8(help.stdout).unwrap();
    let mut options = options.lines().skip_while(|line| !line.contains("--"));
    assert!(options.all(|line| line.starts_with("  --")), "each option has its line");
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
    let root = Caller::at(&endpoint, "k");
    let (status, file) = runtime.block_on(root.get("/storage/buckets/b/files/f"));
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!((status, &file["name"], &file["sizeOriginal"]), (200, &"a.txt".into(), &5.into()));
}

/// What a program says that does not start.
fn problem(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn data_has_a_seed_once() {
    let directory = tempfile::tempdir().unwrap();
    let (seed, data) = (directory.path().join("seed.toml"), directory.path().join("data"));
    std::fs::write(&seed, "[[teams]]\nteamId = 'a'\n").unwrap();
    let arguments = ["--port", "0", "--seed", seed.to_str().unwrap(), "--data", data.to_str().unwrap()];
    for _ in 0..2 {
        let (child, line) = start(&arguments);
        let _killed = Killed(child);
        assert!(line.starts_with("APPWRITE_ENDPOINT="), "{line}");
    }
    std::fs::write(&seed, "[[teams]]\nteamId = 'b'\n").unwrap();
    let said = problem(&arguments);
    assert!(said.contains("the data is of another seed"), "{said}");
}

#[test]
fn data_that_cannot_be_read_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().to_str().unwrap();
    drop(Killed(start(&["--port", "0", "--data", data]).0));
    let database = directory.path().join("emulator.sqlite");
    drop(std::fs::remove_file(directory.path().join("emulator.sqlite-wal")));
    for content in ["no database at all ".repeat(1000), "SQLite format 3\0".repeat(1000)] {
        std::fs::write(&database, content).unwrap();
        let said = problem(&["--port", "0", "--data", data]);
        assert!(said.contains(data) && said.contains("database"), "{said}");
    }
    std::fs::remove_file(&database).unwrap();
    let other = rusqlite::Connection::open(&database).unwrap();
    other.execute_batch("CREATE TABLE documents (x)").unwrap();
    drop(other);
    let said = problem(&["--port", "0", "--data", data]);
    assert!(
        said.contains("it is not an emulator's database: no such column") && said.lines().count() == 1,
        "{said}"
    );
}

#[tokio::test]
async fn who_looks_at_the_emulator_reads_why_it_could_not_do_something() {
    let directory = tempfile::tempdir().unwrap();
    let options = Options { data: Some(directory.path().to_owned()), ..Options::default() };
    let first = Emulator::start(options.clone()).await.unwrap();
    Caller::root(&first).post("/users", json!({"userId": "ada"})).await;
    drop(first);
    let database = rusqlite::Connection::open(directory.path().join("emulator.sqlite")).unwrap();
    database.execute("UPDATE documents SET body = '{' WHERE collection = 'demo/users'", []).unwrap();
    drop(database);

    let emulator = Emulator::start(options).await.unwrap();
    let root = Caller::root(&emulator);
    let (status, error) = root.get("/users").await;
    assert_eq!((status, &error["message"]), (500, &json!("Server Error")));
    let own = Caller { endpoint: root.endpoint.replace("/v1", "/_emulator"), ..root };
    let (_, seen) = own.get("/projects/demo/requests").await;
    assert_eq!(seen["requests"][0]["error"]["message"], "EOF while parsing an object at line 1 column 1");
}

#[test]
fn what_a_link_in_a_data_directory_leads_to_stays() {
    let directory = tempfile::tempdir().unwrap();
    let (precious, data) = (directory.path().join("precious"), directory.path().join("data"));
    std::fs::write(&precious, "precious").unwrap();
    std::fs::create_dir(&data).unwrap();
    std::os::unix::fs::symlink(&precious, data.join("emulator.lock")).unwrap();
    drop(Killed(start(&["--port", "0", "--data", data.to_str().unwrap()]).0));
    assert_eq!(std::fs::read_to_string(precious).unwrap(), "precious");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_emulator_has_the_files_of_what_it_lists_whatever_it_restored() {
    const FILES: &str = "/storage/buckets/b/files";
    for pause in [0, 3, 6, 9, 12, 15] {
        let directory = tempfile::tempdir().unwrap();
        let arguments = ["--port", "0", "--key", "k", "--data", directory.path().to_str().unwrap()];
        let (child, line) = start(&arguments);
        let mut child = Killed(child);
        let root = Caller::at(line.trim().strip_prefix("APPWRITE_ENDPOINT=").unwrap(), "k");
        root.post("/storage/buckets", json!({"bucketId": "b", "name": "B"})).await;
        let content = vec![7; 100_000];
        for number in 0..20 {
            root.chunk(FILES, &format!("f{number}"), 0, &content, content.len()).await;
        }
        let own = Caller { endpoint: root.endpoint.replace("/v1", "/_emulator"), ..root.clone() };
        let snapshot = json!({"name": "s"});
        own.send(Method::POST, "/projects/demo/snapshots", snapshot.clone()).await;
        root.chunk(FILES, "after", 0, &content, content.len()).await;
        // To and fro until the emulator is gone.
        let restoring = tokio::spawn(async move {
            loop {
                for path in ["/projects/demo/snapshots/s/restore", "/projects/demo/snapshots"] {
                    if own.try_send(Method::POST, path, snapshot.clone()).await.is_none() {
                        return;
                    }
                }
            }
        });
        tokio::time::sleep(std::time::Duration::from_millis(pause)).await;
        child.0.kill().unwrap();
        child.0.wait().unwrap();
        restoring.await.unwrap();

        let (child, line) = start(&arguments);
        let _child = Killed(child);
        let root = Caller::at(line.trim().strip_prefix("APPWRITE_ENDPOINT=").unwrap(), "k");
        let own = Caller { endpoint: root.endpoint.replace("/v1", "/_emulator"), ..root.clone() };
        for _ in 0..2 {
            for file in root.get(FILES).await.1["files"].as_array().unwrap() {
                let id = file["$id"].as_str().unwrap();
                assert!(root.download(&format!("{FILES}/{id}/download")).await == content, "{id}");
            }
            own.send(Method::POST, "/projects/demo/snapshots/s/restore", Value::Null).await;
        }
        let copies = std::fs::read_dir(directory.path().join("files/_copies")).unwrap();
        assert!(copies.count() <= 2, "what was left is gone");
    }
}

#[tokio::test]
async fn a_seed_names_functions_from_where_it_is() {
    let directory = tempfile::tempdir().unwrap();
    let folder = directory.path().join("functions/hello");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("main.mjs"), "export default ({ res }) => res.text('hello');").unwrap();
    let seed = "[[functions]]\nfunctionId = 'f'\nruntime = 'node-22'\nentrypoint = 'main.mjs'\npath = 'functions/hello'\n";
    std::fs::write(directory.path().join("seed.toml"), seed).unwrap();
    for name in ["seed.toml", "./seed.toml", "functions/../seed.toml"] {
        let mut program = program();
        program.args(["--port", "0", "--key", "k", "--seed", name]).current_dir(directory.path());
        let (child, line) = begun(&mut program);
        let _killed = Killed(child);
        let root = Caller::at(line.trim().strip_prefix("APPWRITE_ENDPOINT=").unwrap(), "k");
        let execution = root.post("/functions/f/executions", json!({})).await;
        assert_eq!(execution["responseBody"], "hello", "{name}: {execution}");
    }
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

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_emulator_has_every_row_it_confirmed_and_no_part_of_a_call() {
    const AT_A_TIME: usize = 8;
    let directory = tempfile::tempdir().unwrap();
    let arguments =
        ["--port", "0", "--key", "k", "--no-rate-limits", "--data", directory.path().to_str().unwrap()];
    let (child, line) = start(&arguments);
    let mut child = Killed(child);
    let root = Caller::at(line.trim().strip_prefix("APPWRITE_ENDPOINT=").unwrap(), "k");
    root.table(false, json!([])).await;
    root.post(ROWS, json!({"rowId": "counter", "data": {"count": 0}})).await;

    // Until the emulator is gone: single rows, a hundred at once, and a counter.
    let (confirmed, mut progress) = tokio::sync::mpsc::unbounded_channel();
    let writers = (0..AT_A_TIME).map(|writer| {
        let (root, confirmed) = (root.clone(), confirmed.clone());
        tokio::spawn(async move {
            for number in 0.. {
                let id = format!("w{writer}-{number}");
                let rows: Vec<Value> =
                    (0..100).map(|part| json!({"$id": format!("{id}-{part}"), "count": part})).collect();
                let (path, body) = match number % 3 {
                    0 => (ROWS.to_owned(), json!({"rowId": id, "data": {"count": number}})),
                    1 => (ROWS.to_owned(), json!({ "rows": rows })),
                    _ => (format!("{ROWS}/counter/count/increment"), json!({})),
                };
                let method = if number % 3 == 2 { Method::PATCH } else { Method::POST };
                if root.try_send(method, &path, body).await.is_none_or(|(status, _)| status >= 300) {
                    return;
                }
                confirmed.send((number % 3, id)).unwrap();
            }
        })
    });
    let writers: Vec<_> = writers.collect();
    drop(confirmed);
    let mut done = Vec::new();
    while let Some(one) = progress.recv().await {
        done.push(one);
        if done.len() == 60 {
            child.0.kill().unwrap();
        }
    }
    child.0.wait().unwrap();
    for writer in writers {
        writer.await.unwrap();
    }

    let (child, line) = start(&arguments);
    let _child = Killed(child);
    let root = Caller::at(line.trim().strip_prefix("APPWRITE_ENDPOINT=").unwrap(), "k");
    let count = |kind: usize| done.iter().filter(|(of, _)| *of == kind).count();
    for (kind, id) in &done {
        let id = match kind {
            0 => id.clone(),
            1 => format!("{id}-99"),
            _ => continue,
        };
        assert_eq!(root.get(&format!("{ROWS}/{id}")).await.0, 200, "{id}");
    }
    // A call that was under way when the emulator ended is done or not; each writer had at most one.
    let (_, counter) = root.get(&format!("{ROWS}/counter")).await;
    let counted = usize::try_from(counter["count"].as_u64().unwrap()).unwrap();
    assert!((count(2)..=count(2) + AT_A_TIME).contains(&counted), "{counted} of {}", count(2));
    let (_, list) = root.get(ROWS).await;
    let total = usize::try_from(list["total"].as_u64().unwrap()).unwrap() - 1;
    let (singles, bulks) = (total % 100, total / 100);
    assert!((count(1)..=count(1) + AT_A_TIME).contains(&bulks), "{bulks} of {}", count(1));
    assert!((count(0)..=count(0) + AT_A_TIME).contains(&singles), "{singles} of {}", count(0));
}
