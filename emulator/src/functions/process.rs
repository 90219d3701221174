//! A program for one execution: started, given the request, read until it has answered or its time is over.

use std::{
    io,
    path::{Path, PathBuf},
    process::Stdio,
    time::Instant,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Deserialize;
use serde_json::json;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWriteExt},
    process::{Child, Command},
    time::timeout,
};

use super::{Job, Outcome, cargo, environment, folder};
use crate::state::State;

/// The most bytes of a response's body, as of a request's.
const LARGEST_BODY: u64 = 20 * 1024 * 1024;

/// The most bytes of what a program prints by itself.
const LONGEST_PRINT: u64 = 1_000_000;

/// What the server says of a program that ends without an answer. The backslash is the server's.
const CRASHED: &str = r"Runtime crashed\nError Code: 500";

/// What a function's program writes down when it is done.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    status_code: u16,
    headers: Vec<(String, String)>,
    /// In base64.
    body: String,
    logs: String,
    errors: String,
}

/// Starts what calls a function, with the code that does it and the file that has the function.
async fn command(runtime: &str, folder: &Path, file: &Path) -> Result<Command, String> {
    const JAVASCRIPT: &str = include_str!("call.mjs");
    const PYTHON: &str = include_str!("call.py");
    let (program, arguments): (PathBuf, &[&str]) = match runtime {
        "node" => ("node".into(), &["--input-type=module", "--eval", JAVASCRIPT]),
        "bun" => ("bun".into(), &["--eval", JAVASCRIPT]),
        "python" | "python-ml" => {
            let own = folder.join(".venv/bin/python");
            (if own.exists() { own } else { "python3".into() }, &["-c", PYTHON])
        }
        "rust" => return Ok(Command::new(cargo::build(folder, file).await?)),
        _ => {
            return Err(format!(
                "The emulator runs functions of Node.js, Bun, Python and Rust, not of {runtime}."
            ));
        }
    };
    let mut command = Command::new(program);
    command.args(arguments).arg(file);
    Ok(command)
}

/// Runs a function.
pub(super) async fn run(state: &State, job: &Job) -> Outcome {
    answer(state, job).await.unwrap_or_else(|errors| Outcome { status: 500, errors, ..Outcome::default() })
}

async fn answer(state: &State, job: &Job) -> Result<Outcome, String> {
    let (folder, file) = folder::entrypoint(state, &job.function)?;
    let (runtime, _) = environment::runtime(&job.function);
    let mut command = command(runtime, &folder, &file).await?;
    // What builds the program is not a part of its time.
    let started = Instant::now();
    let mut outcome = execution(state, job, &folder, &mut command).await?;
    outcome.seconds = started.elapsed().as_secs_f64();
    Ok(outcome)
}

async fn execution(
    state: &State,
    job: &Job,
    folder: &Path,
    command: &mut Command,
) -> Result<Outcome, String> {
    let failed = |problem: io::Error| format!("The emulator could not run the function: {problem}");
    let scratch = tempfile::tempdir().map_err(failed)?;
    let answer = scratch.path().join("answer.json");
    let variables = environment::variables(state, job).map_err(|failure| failure.message)?;
    let mut child = command
        .arg(&answer)
        .current_dir(folder)
        .env_clear()
        .envs(
            ["PATH", "HOME", "SYSTEMROOT", "TMPDIR"]
                .iter()
                .filter_map(|name| Some((name, std::env::var_os(name)?))),
        )
        .envs(variables)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(|problem| {
            let program = command.as_std().get_program().to_string_lossy();
            format!("The emulator could not start {program}: {problem}")
        })?;
    let Ok(printed) = timeout(job.limit(), attend(&mut child, &request(job))).await else {
        let is_late = job.is_awaited && job.limit() == super::PATIENCE;
        let errors = "Execution timed out.\n".to_owned();
        return Ok(Outcome { status: 500, errors, is_late, ..Outcome::default() });
    };
    let (stdout, stderr) = printed.map_err(failed)?;
    let answer = match tokio::fs::File::open(&answer).await {
        Ok(file) => text(file, LARGEST_BODY * 2).await.map_err(failed)?,
        Err(_) => String::new(),
    };
    let Ok(answer) = serde_json::from_str::<Answer>(&answer) else {
        return Ok(Outcome { status: 500, logs: stdout, errors: stderr + CRASHED, ..Outcome::default() });
    };
    let body = STANDARD.decode(answer.body).unwrap_or_default();
    Ok(Outcome {
        status: answer.status_code,
        headers: answer.headers,
        body: String::from_utf8_lossy(&body).into_owned(),
        logs: answer.logs + &stdout,
        errors: answer.errors + &stderr,
        ..Outcome::default()
    })
}

/// The request as one line of JSON.
fn request(job: &Job) -> String {
    let (path, query) = job.path.split_once('?').unwrap_or((&job.path, ""));
    let request = json!({
        "method": job.method, "path": path, "queryString": query, "headers": job.headers,
        "body": STANDARD.encode(&job.body),
    });
    format!("{request}\n")
}

/// Hands the request over and reads what is printed until the program ends. Its input stays open as long as it is waited
/// for: a program that finds it closed has no one left to answer.
async fn attend(child: &mut Child, request: &str) -> io::Result<(String, String)> {
    let mut input = child.stdin.take();
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let hand_over = async {
        if let Some(input) = &mut input {
            // A program that ended before reading is found out below.
            drop(input.write_all(request.as_bytes()).await);
        }
    };
    let ((), stdout, stderr, status) =
        tokio::join!(hand_over, printed(stdout), printed(stderr), child.wait());
    status?;
    Ok((stdout?, stderr?))
}

async fn printed(stream: Option<impl AsyncRead + Unpin>) -> io::Result<String> {
    match stream {
        Some(stream) => text(stream, LONGEST_PRINT).await,
        None => Ok(String::new()),
    }
}

/// The text that comes, cut at a length; the rest is read, so that the program can go on.
async fn text(mut stream: impl AsyncRead + Unpin, most: u64) -> io::Result<String> {
    let mut bytes = Vec::new();
    (&mut stream).take(most).read_to_end(&mut bytes).await?;
    tokio::io::copy(&mut stream, &mut tokio::io::sink()).await?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
