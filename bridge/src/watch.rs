//! What a language wants to hear of a command beside its outcome: hooks, log lines and the response itself. Each comes as
//! a note under the name of what it is: `{"afterAttempt":{…}}`, `{"log":["debug","…"]}`, `{"response":{…}}`; `attempt` and
//! `retry` are for the span of a program with OpenTelemetry.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use polywrite::{CallEvent, Client, Hooks, Level, Operation, ResponseInfo, Result};
use serde::{Deserialize, Serialize};
use serde_json::json;
use serde_json::value::RawValue;

use crate::error::internal;
use crate::note::Note;

/// A record of a command of which something is heard: `{"watch":{"command":"stream","response":true}}`.
#[derive(Deserialize)]
pub(crate) struct Watched {
    pub(crate) watch: Watch,
}

/// What is wanted, as the record of a command says it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Watch {
    /// The record of the command itself; none for a call.
    pub(crate) command: Option<Box<RawValue>>,
    /// The hooks that the program has, by their names.
    hooks: Vec<String>,
    /// Up to which level the program's logger takes lines; an unknown one leaves it to the environment.
    log: Option<String>,
    /// Whether the response itself is wanted.
    response: bool,
    /// Whether the program makes a span of the command.
    span: bool,
}

impl Watch {
    /// A client whose calls send the notes that are wanted.
    pub(crate) fn watched(
        &self,
        client: Client,
        note: &(impl Fn(Note) + Clone + Send + Sync + 'static),
    ) -> Client {
        if self.hooks.is_empty() && self.log.is_none() && !self.span {
            return client;
        }
        let note = Arc::new(note.clone());
        // What comes before a retry is heard at once, and all else with it, or with the end of the command.
        let hook = |name: &'static str, in_span: Option<&'static str>| {
            let (note, has_hook) = (note.clone(), self.hooks.iter().any(|hook| hook == name));
            let in_span = in_span.filter(|_| self.span);
            let send = move |text| {
                note(if name == "beforeRetry" { Note::Progress(text) } else { Note::Later(text) });
            };
            (has_hook || in_span.is_some()).then_some(move |event: &CallEvent<'_>| {
                if has_hook {
                    send(named(name, event));
                }
                if let Some(name) = in_span {
                    let seconds = event.elapsed.unwrap_or_default().as_secs_f64();
                    let time = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64();
                    let attributes = event.attributes();
                    let record = json!({ "attributes": attributes, "seconds": seconds, "time": time });
                    send(named(name, &record));
                }
            })
        };
        let mut hooks = Hooks::new();
        if let Some(hook) = hook("beforeAttempt", None) {
            hooks = hooks.before_attempt(hook);
        }
        if let Some(hook) = hook("afterAttempt", Some("attempt")) {
            hooks = hooks.after_attempt(hook);
        }
        if let Some(hook) = hook("beforeRetry", Some("retry")) {
            hooks = hooks.before_retry(hook);
        }
        if let Some(level) = &self.log {
            let note = note.clone();
            let log = move |level: Level, line: &str| {
                note(Note::Progress(named("log", &(level.as_str(), line))));
            };
            hooks = hooks.logger(Level::named(level), log);
        }
        client.with_hooks(hooks)
    }

    /// Notes the response, where it is wanted.
    pub(crate) fn note(&self, response: Option<&ResponseInfo>, note: impl Fn(Note)) {
        if let Some(response) = response.filter(|_| self.response) {
            note(response_note(response));
        }
    }
}

/// The note of a response, for a language that asks for it while the call runs.
pub fn response_note(response: &ResponseInfo) -> Note {
    Note::Later(named("response", &response.record()))
}

/// JSON text of what stands under its name.
fn named(name: &str, record: &impl Serialize) -> String {
    format!("{{\"{name}\":{}}}", serde_json::to_string(record).unwrap_or_else(|_| "null".to_owned()))
}

/// The span of a call, as JSON text.
///
/// # Errors
/// `Argument` when there is no such operation.
pub fn span_of(client: &Client, operation: Result<&Operation>) -> Result<String> {
    serde_json::to_string(&client.span_of(operation?)).map_err(|_| internal())
}
