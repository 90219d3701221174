//! The requests of late, for people who want to see what their program does.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

use bytes::Bytes;
use serde_json::{Value, json};
use tokio::sync::watch;

/// How many requests are kept.
const KEPT: usize = 1000;

/// How much of a body is kept, in bytes.
const BODY: usize = 16 * 1024;

/// The last requests.
#[derive(Debug)]
pub(crate) struct Journal {
    entries: Mutex<Entries>,
    /// The number of the newest.
    newest: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct Entries {
    all: VecDeque<(u64, Entry)>,
    count: u64,
}

/// A request and how it was answered.
#[derive(Debug, Default)]
pub(crate) struct Entry {
    /// When it came.
    pub(crate) at: String,
    /// Its project, if it names one.
    pub(crate) project: String,
    /// The HTTP method.
    pub(crate) method: String,
    /// Path and query.
    pub(crate) path: String,
    /// The operation, once the route is known.
    pub(crate) operation: String,
    /// Who called: `key NAME`, `user ID` or `guest`.
    pub(crate) caller: String,
    /// The roles that permissions are matched against; a key has none and needs none.
    pub(crate) roles: Vec<String>,
    /// The HTTP status.
    pub(crate) status: u16,
    /// `type` and message of an error.
    pub(crate) error: Option<(String, String)>,
    /// How long it took, in milliseconds.
    pub(crate) milliseconds: f64,
    /// The parameters as JSON, without those that are secret.
    pub(crate) params: Bytes,
    /// The response, if it is text.
    pub(crate) response: Bytes,
}

impl Default for Journal {
    fn default() -> Self {
        Self { entries: Mutex::default(), newest: watch::Sender::new(0) }
    }
}

impl Journal {
    fn entries(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps an entry, in place of the oldest once there are many.
    pub(crate) fn add(&self, mut entry: Entry) {
        for text in [&mut entry.params, &mut entry.response] {
            if text.len() > BODY {
                // A copy, so that the rest is not kept with it.
                *text = Bytes::copy_from_slice(&text[..BODY]);
            }
        }
        let mut entries = self.entries();
        entries.count += 1;
        let number = entries.count;
        if entries.all.len() == KEPT {
            entries.all.pop_front();
        }
        entries.all.push_back((number, entry));
        drop(entries);
        self.newest.send_replace(number);
    }

    /// The entries after one, oldest first, with the scopes of which the caller of an operation needs one.
    pub(crate) fn after(&self, number: u64, scopes: impl Fn(&str) -> Vec<String>) -> Vec<Value> {
        let entries = self.entries();
        let first = entries.all.partition_point(|(other, _)| *other <= number);
        entries
            .all
            .range(first..)
            .map(|(number, entry)| entry.record(*number, &scopes(&entry.operation)))
            .collect()
    }

    /// The entries of a project, oldest first, with the scopes of which the caller of an operation needs one. Parameters
    /// are JSON, unless they are too long to be kept whole.
    pub(crate) fn of(&self, project: &str, scopes: impl Fn(&str) -> Vec<String>) -> Vec<Value> {
        let entries = self.entries();
        let of_project = entries.all.iter().filter(|(_, entry)| entry.project == project);
        of_project
            .map(|(number, entry)| {
                let mut record = entry.record(*number, &scopes(&entry.operation));
                if let Ok(params) = serde_json::from_slice(&entry.params) {
                    record["params"] = params;
                }
                record
            })
            .collect()
    }

    /// Hears of new entries.
    pub(crate) fn newest(&self) -> watch::Receiver<u64> {
        self.newest.subscribe()
    }
}

impl Entry {
    fn record(&self, number: u64, scopes: &[String]) -> Value {
        let error = self.error.as_ref().map(|(kind, message)| json!({"type": kind, "message": message}));
        json!({
            "number": number, "at": self.at, "project": self.project, "method": self.method, "path": self.path,
            "operation": self.operation, "caller": self.caller, "scopes": scopes, "roles": self.roles,
            "status": self.status, "error": error, "milliseconds": self.milliseconds, "params": String::from_utf8_lossy(&self.params),
            "response": String::from_utf8_lossy(&self.response),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_go_and_bodies_are_cut() {
        let journal = Journal::default();
        for _ in 0..=KEPT {
            journal.add(Entry { response: vec![b'a'; BODY + 1].into(), ..Entry::default() });
        }
        let left = journal.after(0, |_| Vec::new());
        assert_eq!((left.len(), &left[0]["number"]), (KEPT, &json!(2)));
        assert_eq!(left[0]["response"].as_str().map(str::len), Some(BODY));
        assert_eq!(journal.after(KEPT as u64, |_| Vec::new()).len(), 1);
        assert_eq!(*journal.newest().borrow(), KEPT as u64 + 1);
    }
}
