//! What a language wants to hear of a command beside its outcome: hooks, log lines and the response itself. Each comes as
//! a note under the name of what it is: `{"afterAttempt":{…}}`, `{"log":["debug","…"]}`, `{"response":{…}}`; `attempt` and
//! `retry` are for the span of a program with OpenTelemetry.

use std::sync::Arc;

use polywrite::{CallEvent, Client, Hooks, Level, ResponseInfo, Result};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::error::internal;
use crate::given::numbered;
use crate::note::Note;

/// What is wanted, as the record of a command says it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Watch {
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
        let hook = |name: &'static str, in_span: Option<&'static str>| {
            let (note, has_hook) = (note.clone(), self.hooks.iter().any(|hook| hook == name));
            let in_span = in_span.filter(|_| self.span);
            (has_hook || in_span.is_some()).then_some(move |event: &CallEvent<'_>| {
                if has_hook {
                    note(named(name, event));
                }
                if let Some(name) = in_span {
                    let seconds = event.elapsed.unwrap_or_default().as_secs_f64();
                    note(named(name, &json!({ "attributes": event.attributes(), "seconds": seconds })));
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
            let log = move |level: Level, line: &str| note(named("log", &(level.as_str(), line)));
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
    named("response", &response.record())
}

fn named(name: &str, record: &impl Serialize) -> Note {
    Note::progress(&json!({ name: record }))
}

/// The span of a call of the operation with a number, as JSON text; see [`number_of`](crate::number_of).
///
/// # Errors
/// `Argument` when there is no such operation.
pub fn span_of(client: &Client, operation: u32) -> Result<String> {
    let span = client.span_of(numbered(operation)?);
    serde_json::to_string(&span).map_err(|_| internal())
}
