//! What is heard of a command: hooks, log lines and the response itself, each with its own values, so that a language
//! can make its own of them. As JSON they are listed by name:
//! `{"heard":[["afterAttempt",[…]],["log",["debug","…"]],["response",{…}]]}`; `attempt` and `retry` are for the span of a
//! program with OpenTelemetry.

use std::time::Duration;

use polywrite::{CallEvent, ErrorKind, Level};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;

/// A hook that a program may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Hook {
    /// Called before each attempt.
    BeforeAttempt,
    /// Called after each attempt.
    AfterAttempt,
    /// Called before the wait that another attempt follows.
    BeforeRetry,
}

/// The values of a `CallEvent` that outlive it; times in milliseconds.
#[derive(Debug)]
#[expect(missing_docs, reason = "`CallEvent` describes them")]
pub struct Moment {
    pub request: u64,
    pub operation: &'static str,
    pub method: &'static str,
    pub host: String,
    pub path: &'static str,
    pub attempt: u32,
    pub status: Option<u16>,
    pub elapsed: Option<f64>,
    pub wait: Option<f64>,
    pub kind: Option<ErrorKind>,
    pub error: Option<String>,
}

/// One thing that was heard.
#[derive(Debug)]
pub enum Heard {
    /// A moment of a call, for a hook.
    Event(Hook, Moment),
    /// A line of the log.
    Log(Level, String),
    /// What has no type here, under its name, as JSON.
    Record(&'static str, Box<RawValue>),
}

/// What was heard of a command since the last time.
#[derive(Debug, Default, Serialize)]
pub struct News {
    heard: Vec<Heard>,
    /// How much memory the texts take, about.
    #[serde(skip)]
    size: usize,
}

impl Hook {
    /// Its name, as JSON has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Hook::BeforeAttempt => "beforeAttempt",
            Hook::AfterAttempt => "afterAttempt",
            Hook::BeforeRetry => "beforeRetry",
        }
    }
}

impl Moment {
    fn of(event: &CallEvent<'_>) -> Self {
        let millis = |time: Duration| time.as_micros() as f64 / 1000.0;
        let CallEvent { request, operation, method, host, path, attempt, status, kind, error, .. } = *event;
        let (elapsed, wait) = (event.elapsed.map(millis), event.wait.map(millis));
        let (host, error) = (host.to_owned(), error.map(str::to_owned));
        Self { request, operation, method, host, path, attempt, status, elapsed, wait, kind, error }
    }
}

impl Serialize for Moment {
    /// The list of its values, in the order of its fields.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { request, operation, method, host, path, attempt, status, elapsed, wait, kind, error } =
            self;
        (request, operation, method, host, path, attempt, status, elapsed, wait, kind, error)
            .serialize(serializer)
    }
}

impl Heard {
    pub(crate) fn event(hook: Hook, event: &CallEvent<'_>) -> Self {
        Heard::Event(hook, Moment::of(event))
    }

    /// What has no type here.
    pub(crate) fn record(name: &'static str, record: &impl Serialize) -> Self {
        Heard::Record(name, serde_json::value::to_raw_value(record).unwrap_or_default())
    }

    fn size(&self) -> usize {
        const VALUES: usize = 256;
        VALUES
            + match self {
                Heard::Event(_, moment) => moment.error.as_ref().map_or(0, String::len),
                Heard::Log(_, line) => line.len(),
                Heard::Record(_, record) => record.get().len(),
            }
    }
}

impl Serialize for Heard {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Heard::Event(hook, moment) => (hook.as_str(), moment).serialize(serializer),
            Heard::Log(level, line) => ("log", (level.as_str(), line)).serialize(serializer),
            Heard::Record(name, record) => (name, record).serialize(serializer),
        }
    }
}

impl News {
    /// From this size on, in bytes, what is heard is passed on at once.
    const MUCH: usize = 16 * 1024;

    pub(crate) fn of(heard: Heard) -> Self {
        let mut news = Self::default();
        news.add(heard);
        news
    }

    /// Adds one thing. Says whether that is much now.
    pub(crate) fn add(&mut self, heard: Heard) -> bool {
        self.size += heard.size();
        self.heard.push(heard);
        self.size > Self::MUCH
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.heard.is_empty()
    }

    /// The things, in the order in which they happened.
    pub fn into_heard(self) -> Vec<Heard> {
        self.heard
    }

    /// As JSON text.
    pub fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
