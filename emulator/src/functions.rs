//! Functions with a folder on this machine: their executions run its code, with what the server's runtimes give to it.

mod cargo;
mod compiler;
mod environment;
mod folder;
mod process;
mod program;
mod queue;
mod schedule;
mod swift;

pub(crate) use environment::headers;
pub(crate) use folder::{attach, is_runnable};
pub(crate) use program::Programs;
pub(crate) use queue::{Queue, work};
pub(crate) use schedule::keep as keep_schedules;

use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::{clock, failure::Failure, services, state::State};

/// How long a function may run that does not say, in seconds.
pub(crate) const TIMEOUT: u64 = 15;

/// How long a caller waits for a function.
const PATIENCE: Duration = Duration::from_secs(30);

/// The most bytes of logs, and of errors, that an execution keeps.
const LONGEST: usize = 1_000_000;

/// Response headers that an execution keeps; the caller of a synchronous one sees all.
const KEPT_HEADERS: &[&str] = &["content-type", "content-length"];

/// An execution that has begun.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) project: String,
    /// The function as it is stored.
    pub(crate) function: Value,
    /// The execution as it is stored.
    pub(crate) execution: Value,
    pub(crate) method: String,
    /// Path and query string.
    pub(crate) path: String,
    /// Headers by name in small letters.
    pub(crate) headers: Map<String, Value>,
    pub(crate) body: String,
    /// Whether a caller waits for it.
    pub(crate) is_awaited: bool,
}

/// What became of an execution.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
    pub(crate) logs: String,
    pub(crate) errors: String,
    pub(crate) seconds: f64,
    /// Whether the caller's time was over before the function's.
    pub(crate) is_late: bool,
}

impl Job {
    pub(crate) fn id(&self) -> &str {
        self.execution["$id"].as_str().unwrap_or_default()
    }

    pub(crate) fn function_id(&self) -> &str {
        self.function["$id"].as_str().unwrap_or_default()
    }

    /// Where its execution is stored.
    pub(crate) fn collection(&self) -> String {
        format!("{}/resources/functions/{}/executions", self.project, self.function_id())
    }

    /// How long the function has.
    fn limit(&self) -> Duration {
        let own = timeout(&self.function);
        if self.is_awaited { own.min(PATIENCE) } else { own }
    }

    /// Runs the function and writes down what became of it. Returns the execution as its caller sees it.
    pub(crate) async fn run(self, state: &State) -> Result<Value, Failure> {
        let outcome = process::run(state, &self).await;
        let seen = self.finished(&outcome);
        let mut stored = seen.clone();
        stored["responseBody"] = json!("");
        stored["responseHeaders"] = header_list(&outcome, |name| KEPT_HEADERS.contains(&name));
        {
            let _writing = state.writing();
            if state.store.get(&self.collection(), self.id())?.is_none() {
                return Err(Failure::new(
                    404,
                    "execution_not_found",
                    "Execution with the requested ID could not be found.",
                ));
            }
            state.store.put(&self.collection(), self.id(), &stored)?;
        }
        if outcome.is_late {
            return Err(Failure::new(
                408,
                "function_synchronous_timeout",
                "Synchronous function execution timed out. Use asynchronous execution instead, or ensure the execution \
                 duration doesn't exceed 30 seconds.",
            ));
        }
        Ok(seen)
    }

    fn finished(&self, outcome: &Outcome) -> Value {
        let mut execution = self.execution.clone();
        let mut shown = header_list(outcome, |_| true);
        if let Some(shown) = shown.as_array_mut() {
            shown.push(json!({"name": "x-appwrite-execution-id", "value": self.id()}));
        }
        let keeps_logs = self.function["logging"] != false;
        let fields = json!({
            "status": if outcome.status >= 500 { "failed" } else { "completed" },
            "responseStatusCode": outcome.status, "responseHeaders": shown, "responseBody": outcome.body,
            "logs": if keeps_logs { kept(&outcome.logs, "Logs") } else { String::new() },
            "errors": if keeps_logs { kept(&outcome.errors, "Errors") } else { String::new() },
            "duration": outcome.seconds,
        });
        services::set(&mut execution, &fields);
        if !self.is_awaited {
            execution["$updatedAt"] = json!(clock::now());
        }
        execution
    }
}

/// What an execution keeps of its logs or errors: the end, if they are long.
fn kept(lines: &str, what: &str) -> String {
    if lines.len() <= LONGEST {
        return lines.to_owned();
    }
    let warning = format!("[WARNING] {what} truncated. The output exceeded {LONGEST} characters.\n");
    let from = lines.len() - (LONGEST - warning.len());
    let from = (from..=lines.len()).find(|from| lines.is_char_boundary(*from)).unwrap_or(from);
    warning + &lines[from..]
}

/// How long a function may run.
fn timeout(function: &Value) -> Duration {
    Duration::from_secs(function["timeout"].as_u64().unwrap_or(TIMEOUT))
}

fn header_list(outcome: &Outcome, keeps: impl Fn(&str) -> bool) -> Value {
    let shown = outcome.headers.iter().filter(|(name, _)| keeps(name));
    shown.map(|(name, value)| json!({"name": name, "value": value})).collect()
}
