//! What a language wants to hear of a command beside its outcome: hooks, log lines and the response itself.

use std::sync::{Arc, Mutex};
use std::time::UNIX_EPOCH;

use polywrite::{CallEvent, Client, Hooks, Level, ResponseInfo, host};
use serde::{Deserialize, Serialize};
use serde_json::json;
use serde_json::value::RawValue;

use crate::lock::lock;
use crate::news::{Heard, Hook, News};
use crate::note::{Note, Notes};

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
    /// The hooks that the program has.
    hooks: Vec<Hook>,
    /// Up to which level the program's logger takes lines; an unknown one leaves it to the environment.
    log: Option<String>,
    /// Whether the response itself is wanted.
    pub(crate) response: bool,
    /// The headers that name the span of the command to the server, where the program makes one.
    span: Option<Vec<(String, String)>>,
}

impl Watch {
    /// A client of whose calls what is wanted is heard.
    pub(crate) fn watched(&self, client: Client, heard: &Arc<Gathered>) -> Client {
        if self.hooks.is_empty() && self.log.is_none() && self.span.is_none() {
            return client;
        }
        let hook = |hook: Hook, in_span: Option<&'static str>| {
            let (heard, has_hook) = (heard.clone(), self.hooks.contains(&hook));
            let in_span = in_span.filter(|_| self.span.is_some());
            (has_hook || in_span.is_some()).then_some(move |event: &CallEvent<'_>| {
                if has_hook {
                    heard.add(Heard::event(hook, event));
                }
                if let Some(name) = in_span {
                    heard.add(Heard::record(name, &in_trace(event)));
                }
                if hook == Hook::BeforeRetry {
                    heard.pass(false);
                }
            })
        };
        let mut hooks = Hooks::new();
        if let Some(hook) = hook(Hook::BeforeAttempt, None) {
            hooks = hooks.before_attempt(hook);
        }
        if let Some(hook) = hook(Hook::AfterAttempt, Some("attempt")) {
            hooks = hooks.after_attempt(hook);
        }
        if let Some(hook) = hook(Hook::BeforeRetry, Some("retry")) {
            hooks = hooks.before_retry(hook);
        }
        if let Some(level) = &self.log {
            let heard = heard.clone();
            hooks = hooks.logger(Level::named(level), move |level: Level, line: &str| {
                heard.add(Heard::Log(level, line.to_owned()));
                heard.pass(false);
            });
        }
        if let Some(span) = &self.span {
            let span = span.clone();
            hooks = hooks.headers(move || span.clone());
        }
        client.with_hooks(hooks)
    }
}

/// What is heard of a command: what comes before a retry and log lines at once, and all else with it, or with the end of the
/// command. To cross at each event would cost more than the call. Work that takes several commands has one, whose notes are
/// those of the command that runs; between two commands it waits.
#[derive(Default)]
pub(crate) struct Gathered(Mutex<Gathering>);

#[derive(Default)]
struct Gathering {
    news: News,
    notes: Option<Notes>,
}

impl Gathered {
    /// Has notes go there from now on; without, what is heard waits.
    pub(crate) fn pass_to(&self, notes: Option<Notes>) {
        lock(&self.0).notes = notes;
    }

    /// Adds what happened.
    pub(crate) fn add(&self, heard: Heard) {
        let is_much = lock(&self.0).news.add(heard);
        if is_much {
            self.pass(false);
        }
    }

    /// Passes on what was heard since the last time.
    pub(crate) fn pass(&self, may_wait: bool) {
        let (news, notes) = {
            let gathering = &mut *lock(&self.0);
            match &gathering.notes {
                Some(notes) if !gathering.news.is_empty() => {
                    (std::mem::take(&mut gathering.news), notes.clone())
                }
                _ => return,
            }
        };
        notes(Note::Heard { news, may_wait });
    }
}

/// What a span and the metrics have of an attempt.
fn in_trace(event: &CallEvent<'_>) -> impl Serialize {
    let seconds = event.elapsed.unwrap_or_default().as_secs_f64();
    let time = host::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64();
    let (request, operation, again) = (event.request, event.operation, event.wait.is_some());
    let attributes = event.attributes();
    json!({
        "request": request, "operation": operation, "again": again,
        "attributes": attributes, "seconds": seconds, "time": time,
    })
}

/// The note of a response that was asked for while the call ran.
pub(crate) fn response_note(response: &ResponseInfo) -> Note {
    let news = News::of(Heard::record("response", &response.record()));
    Note::Heard { news, may_wait: true }
}
