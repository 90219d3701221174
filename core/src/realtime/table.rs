//! The subscriptions of one WebSocket, which its readers and its task share.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::buffer::Buffer;
use crate::error::{Error, ErrorKind};
use crate::{Client, process};

/// A subscription as the task of the connection sees it.
pub(super) struct Entry {
    /// What it is called on the wire.
    pub(super) id: String,
    /// What subscribes it.
    pub(super) request: String,
    /// The channels, for errors.
    pub(super) channels: String,
    buffer: Mutex<Buffer>,
}

impl Entry {
    /// What waits for its reader.
    pub(super) fn buffer(&self) -> MutexGuard<'_, Buffer> {
        self.buffer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The subscriptions.
pub(super) struct Table {
    client: Client,
    state: Mutex<State>,
    /// Wakes the task.
    changed: Notify,
}

#[derive(Default)]
struct State {
    last: u64,
    entries: BTreeMap<u64, Arc<Entry>>,
    is_running: bool,
    /// The process that started the task.
    generation: u32,
}

impl Table {
    pub(super) fn new(client: Client) -> Self {
        Self { client, state: Mutex::default(), changed: Notify::new() }
    }

    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a subscription. Whether the task of the connection runs already comes back: otherwise the caller starts it.
    pub(super) fn add(
        self: &Arc<Self>,
        buffer: Buffer,
        channels: String,
        request: impl FnOnce(&str) -> String,
    ) -> (u64, Arc<Entry>, Option<Running>) {
        let mut state = self.state();
        state.last += 1;
        let (number, id) = (state.last, format!("s{}", state.last));
        let entry = Arc::new(Entry { request: request(&id), id, channels, buffer: Mutex::new(buffer) });
        state.entries.insert(number, Arc::clone(&entry));
        let generation = process::generation();
        let is_running = state.is_running && state.generation == generation;
        (state.is_running, state.generation) = (true, generation);
        drop(state);
        self.changed.notify_one();
        (number, entry, (!is_running).then(|| Running(Arc::clone(self))))
    }

    /// Forgets a subscription.
    pub(super) fn remove(&self, number: u64) {
        self.state().entries.remove(&number);
        self.changed.notify_one();
    }

    /// Waits until subscriptions were added or removed.
    pub(super) async fn changed(&self) {
        self.changed.notified().await;
    }

    /// All subscriptions, by number.
    pub(super) fn entries(&self) -> BTreeMap<u64, Arc<Entry>> {
        self.state().entries.clone()
    }

    /// Whether there are none. The task must end then: another one starts with the next subscription.
    pub(super) fn is_over(&self) -> bool {
        let mut state = self.state();
        state.is_running = !state.entries.is_empty();
        !state.is_running
    }

    /// Ends every subscription with an error of its own.
    pub(super) fn fail(&self, error: impl Fn() -> Error) {
        let mut state = self.state();
        state.is_running = false;
        for entry in std::mem::take(&mut state.entries).into_values() {
            entry.buffer().end(Some(error()));
        }
    }
}

/// The task's share of the table. When the task ends otherwise than it should, such as with its runtime, readers end too.
pub(super) struct Running(Arc<Table>);

impl std::ops::Deref for Running {
    type Target = Table;

    fn deref(&self) -> &Table {
        &self.0
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if self.state().is_running {
            self.fail(|| Error::new(ErrorKind::Network, "the task of the realtime connection has ended"));
        }
    }
}
