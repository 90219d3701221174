//! A program for one execution: started, given the request, read until it has answered or its time is over.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Deserialize;
use serde_json::json;
use tokio::{io::AsyncReadExt, process::Command};

use super::{Job, Outcome, compiler, environment, environment::Runtime, folder, program::Programs};
use crate::state::State;

/// The most bytes of a response's body, as of a request's.
const LARGEST_BODY: u64 = 20 * 1024 * 1024;

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

/// What calls a function: the program that has the code of it, or the one that is given that code.
async fn command(
    programs: &Arc<Programs>,
    runtime: Runtime<'_>,
    folder: &Path,
    file: &Path,
) -> Result<Command, String> {
    const JAVASCRIPT: &str = include_str!("call.mjs");
    const PYTHON: &str = include_str!("call.py");
    if compiler::builds(runtime) {
        return Ok(Command::new(compiler::build(programs, runtime, folder, file).await?));
    }
    let (program, arguments): (PathBuf, &[&str]) = match runtime.name {
        "node" => ("node".into(), &["--input-type=module", "--eval", JAVASCRIPT]),
        "bun" => ("bun".into(), &["--eval", JAVASCRIPT]),
        "python" | "python-ml" => {
            let own = folder.join(".venv/bin/python");
            (if own.exists() { own } else { "python3".into() }, &["-c", PYTHON])
        }
        name => {
            return Err(format!(
                "The emulator runs functions of Node.js, Bun, Python, Rust and Swift, not of {name}."
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
    let mut command = command(&state.programs, Runtime::of(&job.function), &folder, &file).await?;
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
    command
        .arg(&answer)
        .current_dir(folder)
        .env_clear()
        .envs(
            ["PATH", "HOME", "SYSTEMROOT", "TMPDIR"]
                .iter()
                .filter_map(|name| Some((name, std::env::var_os(name)?))),
        )
        .envs(variables);
    let started = state.programs.start(command).map_err(|problem| {
        let program = command.as_std().get_program().to_string_lossy();
        format!("The emulator could not start {program}: {problem}")
    })?;
    let Some(ended) = started.end(request(job).as_bytes(), job.limit()).await.map_err(failed)? else {
        let is_late = job.is_awaited && job.limit() == super::PATIENCE;
        let errors = "Execution timed out.\n".to_owned();
        return Ok(Outcome { status: 500, errors, is_late, ..Outcome::default() });
    };
    let answer = match tokio::fs::File::open(&answer).await {
        Ok(file) => {
            let mut bytes = Vec::new();
            file.take(LARGEST_BODY * 2).read_to_end(&mut bytes).await.map_err(failed)?;
            bytes
        }
        Err(_) => Vec::new(),
    };
    let Ok(answer) = serde_json::from_slice::<Answer>(&answer) else {
        let errors = ended.stderr + CRASHED;
        return Ok(Outcome { status: 500, logs: ended.stdout, errors, ..Outcome::default() });
    };
    let body = STANDARD.decode(answer.body).unwrap_or_default();
    Ok(Outcome {
        status: answer.status_code,
        headers: answer.headers,
        body: String::from_utf8_lossy(&body).into_owned(),
        logs: answer.logs + &ended.stdout,
        errors: answer.errors + &ended.stderr,
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
