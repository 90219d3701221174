//! Who hears of a change.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use indexmap::IndexMap;
use serde_json::{Value, json};
use tokio::sync::{Notify, broadcast, mpsc::Sender};

use super::{minute::Minute, subscription::Subscription};
use crate::{auth::identify, clock, state::State};

/// How many changes a watcher may be behind before it misses some.
const BACKLOG: usize = 256;

/// How many changes wait for a client that does not read them. Then its connection ends: a client that connects again
/// knows that it has missed some.
pub(super) const WAITING: usize = 2000;

/// Every open connection.
#[derive(Debug)]
pub(crate) struct Hub {
    /// Those who look at the emulator hear of every change, whatever its readers.
    watchers: broadcast::Sender<Value>,
    listeners: Mutex<Vec<Arc<Listener>>>,
    /// All come from one address: this machine's.
    opened: Mutex<Minute>,
}

/// A connection.
#[derive(Debug)]
pub(super) struct Listener {
    pub(super) project: String,
    pub(super) outgoing: Sender<Value>,
    /// Says that more changes wait for its client than may.
    pub(super) is_behind: Notify,
    pub(super) inner: Mutex<Inner>,
}

/// What changes while it is open.
#[derive(Debug, Default)]
pub(super) struct Inner {
    /// The ID of its user; none for a guest.
    pub(super) user: Option<String>,
    pub(super) subscriptions: IndexMap<String, Subscription>,
}

/// A change.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) events: Vec<String>,
    pub(super) channels: Vec<String>,
    /// The roles that hear of it.
    pub(super) readers: Vec<String>,
    pub(super) payload: Value,
}

impl Listener {
    pub(super) fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Hub {
    fn default() -> Self {
        Self {
            watchers: broadcast::Sender::new(BACKLOG),
            listeners: Mutex::default(),
            opened: Mutex::default(),
        }
    }
}

impl Hub {
    /// Hears of every change of every project.
    pub(crate) fn watch(&self) -> broadcast::Receiver<Value> {
        self.watchers.subscribe()
    }

    fn all(&self) -> MutexGuard<'_, Vec<Arc<Listener>>> {
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a connection, unless there were so many in the last minute. Says whether it did.
    pub(super) fn admits(&self, most: usize) -> bool {
        self.opened.lock().unwrap_or_else(PoisonError::into_inner).admits(most)
    }

    pub(super) fn add(&self, listener: Arc<Listener>) {
        self.all().push(listener);
    }

    pub(super) fn remove(&self, listener: &Arc<Listener>) {
        self.all().retain(|other| !Arc::ptr_eq(other, listener));
    }

    /// Whether a change would reach no connection and no watcher, as in most tests.
    pub(super) fn is_empty(&self) -> bool {
        self.all().is_empty() && self.watchers.receiver_count() == 0
    }

    /// Sends a change to every connection that may hear of it and has subscribed to it.
    pub(super) fn publish(&self, state: &State, project: &str, change: &Change) {
        // Without watchers there is no receiver.
        let _ = self.watchers.send(json!({
            "project": project, "timestamp": clock::now(), "events": change.events, "channels": change.channels,
            "readers": change.readers, "payload": change.payload,
        }));
        for listener in self.all().iter().filter(|listener| listener.project == project) {
            let inner = listener.inner();
            let roles = roles(state, project, inner.user.as_deref());
            if !change.readers.iter().any(|role| roles.contains(role)) {
                continue;
            }
            let matching =
                inner.subscriptions.iter().filter(|(_, it)| it.wants(change, inner.user.as_deref()));
            let ids: Vec<&String> = matching.map(|(id, _)| id).collect();
            if ids.is_empty() {
                continue;
            }
            let data = json!({
                "events": change.events, "channels": change.channels, "timestamp": clock::now(),
                "payload": change.payload, "subscriptions": ids,
            });
            if listener.outgoing.try_send(json!({ "type": "event", "data": data })).is_err() {
                listener.is_behind.notify_one();
            }
        }
    }
}

/// The roles that a connection's user has now: memberships count at once, and a session that has ended still does.
fn roles(state: &State, project: &str, user: Option<&str>) -> Vec<String> {
    let found = user.and_then(|id| state.store.get(&format!("{project}/users"), id).ok().flatten());
    match found {
        Some(user) => identify::roles(state, project, &user).unwrap_or_default(),
        None => vec!["any".to_owned(), "guests".to_owned()],
    }
}
