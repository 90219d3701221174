//! What a pool knows of the servers it has called.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::idle::Idle;
use super::negotiation::Negotiations;
use super::permits::Permits;

/// How many servers a pool remembers. Past this those go that have neither calls nor connections.
const REMEMBERED: usize = 256;

/// The servers that were called, each by its scheme, host and port.
pub(super) struct Origins {
    by_name: Mutex<HashMap<Arc<str>, Arc<Origin>>>,
    max_connections: usize,
}

/// One server.
pub(super) struct Origin {
    /// Its connections that wait for a request.
    pub(super) idle: Idle,
    /// How many calls may be in flight.
    pub(super) permits: Arc<Permits>,
    /// How many HTTP/1.1 connections are open.
    pub(super) open: Arc<AtomicUsize>,
    /// Whether it speaks HTTP/2, and who finds out.
    pub(super) negotiations: Negotiations,
    /// Notified for each connection that a call gives back.
    pub(super) freed: Notify,
    /// How many connections may be open; fewer than the client allows while the program may open no more files.
    max_connections: AtomicUsize,
    allowed_connections: usize,
    /// How many calls wait for another connection because an HTTP/2 connection ended before it processed them.
    returning: AtomicUsize,
}

impl Origins {
    /// Without any server yet; each gets at most so many connections.
    pub(super) fn new(max_connections: usize) -> Self {
        Self { by_name: Mutex::default(), max_connections }
    }

    /// The server with this scheme, host and port.
    pub(super) fn get(&self, name: &str) -> Arc<Origin> {
        let mut origins = self.lock();
        if let Some(known) = origins.get(name) {
            return known.clone();
        }
        if origins.len() >= REMEMBERED {
            // A call in flight holds its origin.
            origins.retain(|_, origin| Arc::strong_count(origin) > 1 || !origin.idle.is_empty());
        }
        let origin = Arc::new(Origin::new(self.max_connections));
        origins.insert(name.into(), origin.clone());
        origin
    }

    /// Closes every connection that no call needs and returns how many.
    pub(super) fn close_idle(&self) -> usize {
        self.lock().values().map(|origin| origin.idle.close()).sum()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Arc<str>, Arc<Origin>>> {
        // No code leaves the map half changed, so a panic elsewhere does not matter.
        self.by_name.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Origin {
    fn new(max_connections: usize) -> Self {
        Self {
            idle: Idle::default(),
            permits: Arc::new(Permits::new(max_connections)),
            open: Arc::default(),
            negotiations: Negotiations::default(),
            freed: Notify::new(),
            max_connections: AtomicUsize::new(max_connections),
            allowed_connections: max_connections,
            returning: AtomicUsize::default(),
        }
    }

    /// By how many connections the limit would be passed if `others` were opened.
    pub(super) fn too_many(&self, others: usize) -> usize {
        let open = self.open.load(Ordering::Relaxed) + others;
        open.saturating_sub(self.max_connections.load(Ordering::Relaxed))
    }

    /// Notes that each call needs a connection of its own.
    pub(super) fn set_http1(&self) {
        self.negotiations.set_http1();
        self.permits.resize(self.max_connections.load(Ordering::Relaxed));
    }

    /// Allows fewer connections than could be opened, so that the rest of the program can open files.
    pub(super) fn allow_fewer_connections(&self) {
        let fewer = (self.open.load(Ordering::Relaxed) * 3 / 4).max(1);
        let before = self.max_connections.fetch_min(fewer, Ordering::Relaxed);
        self.permits.resize(before.min(fewer));
    }

    /// Allows more connections again, a while later.
    pub(super) fn allow_more_connections(&self) {
        let fewer = self.max_connections.load(Ordering::Relaxed);
        if fewer < self.allowed_connections {
            self.max_connections.store(self.allowed_connections.min(fewer * 2), Ordering::Relaxed);
            if self.negotiations.is_http1() {
                self.set_http1();
            }
        }
    }

    /// Whether calls that were not processed wait for a connection: all others queue behind them.
    pub(super) fn has_returning(&self) -> bool {
        self.returning.load(Ordering::Relaxed) > 0
    }
}

/// A call that was not processed, and waits for another connection until this is dropped.
pub(super) struct Returning(Arc<Origin>);

impl Returning {
    pub(super) fn to(origin: &Arc<Origin>) -> Self {
        origin.returning.fetch_add(1, Ordering::Relaxed);
        Self(origin.clone())
    }
}

impl Drop for Returning {
    fn drop(&mut self) {
        self.0.returning.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_that_nobody_calls_any_more_are_forgotten() {
        let origins = Origins::new(1);
        let in_use = origins.get("http://in.use");
        for number in 0..10 * REMEMBERED {
            origins.get(&format!("http://{number}"));
        }
        assert!(origins.lock().len() <= REMEMBERED);
        assert!(Arc::ptr_eq(&in_use, &origins.get("http://in.use")));
    }
}
