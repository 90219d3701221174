//! What is known of the servers of one pool.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::idle::Idle;
use super::places::Places;
use super::turns::{Turn, Turns};

/// How many servers are remembered. Past this those go that have neither calls nor connections.
const REMEMBERED: usize = 256;

/// The servers that have been called.
pub(super) struct Servers {
    by_origin: Mutex<HashMap<Arc<str>, Arc<Server>>>,
    max_connections: usize,
}

/// One of them.
pub(super) struct Server {
    /// Its connections that wait for a call.
    pub(super) idle: Idle,
    /// How many calls may be under way.
    pub(super) places: Places,
    /// How many connections for one call at a time are open.
    pub(super) open: Arc<AtomicUsize>,
    /// How many may be; fewer than the client allows while the program may open no more files.
    max_connections: AtomicUsize,
    allowed_connections: usize,
    /// How many calls have been left untouched on a connection for HTTP/2 that ended, and wait for the next one.
    returning: AtomicUsize,
    /// Told for each connection that no call needs any more.
    pub(super) freed: Notify,
    /// It has chosen HTTP/1.1, so every call needs a connection anyway.
    is_http1: AtomicBool,
    /// The last scout has found HTTP/2.
    is_http2: AtomicBool,
    /// How many scouts have come back, successful or not.
    returned: AtomicU32,
    /// Who opens a connection for all.
    pub(super) turns: Arc<Turns>,
}

/// The right to connect while all others wait for what comes of it: whether the server speaks HTTP/2, where one
/// connection is enough for all calls.
pub(super) struct Scout<'server> {
    server: &'server Server,
    _turn: Turn,
    is_needed: bool,
}

impl Servers {
    /// Knows none yet; to each at most so many connections are opened.
    pub(super) fn new(max_connections: usize) -> Self {
        Self { by_origin: Mutex::default(), max_connections }
    }

    /// The server with this scheme, host and port.
    pub(super) fn get(&self, origin: &str) -> Arc<Server> {
        let mut servers = self.lock();
        if let Some(known) = servers.get(origin) {
            return known.clone();
        }
        if servers.len() >= REMEMBERED {
            // Whoever has a call to it under way holds it.
            servers.retain(|_, server| Arc::strong_count(server) > 1 || !server.idle.is_empty());
        }
        let server = Arc::new(Server::new(self.max_connections));
        servers.insert(origin.into(), server.clone());
        server
    }

    /// Closes every connection that no call needs; says how many.
    pub(super) fn close_idle(&self) -> usize {
        self.lock().values().map(|server| server.idle.close()).sum()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Arc<str>, Arc<Server>>> {
        // Nothing leaves it half changed, so a panic elsewhere does not matter.
        self.by_origin.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Server {
    fn new(max_connections: usize) -> Self {
        Self {
            idle: Idle::default(),
            places: Places::new(max_connections),
            open: Arc::default(),
            max_connections: AtomicUsize::new(max_connections),
            allowed_connections: max_connections,
            returning: AtomicUsize::default(),
            freed: Notify::new(),
            is_http1: AtomicBool::default(),
            is_http2: AtomicBool::default(),
            returned: AtomicU32::default(),
            turns: Arc::default(),
        }
    }

    /// How many connections would be too many if others were opened.
    pub(super) fn too_many(&self, others: usize) -> usize {
        let open = self.open.load(Ordering::Relaxed) + others;
        open.saturating_sub(self.max_connections.load(Ordering::Relaxed))
    }

    /// Each call needs a connection of its own.
    pub(super) fn speaks_http1(&self) {
        self.is_http1.store(true, Ordering::Relaxed);
        self.places.resize(self.max_connections.load(Ordering::Relaxed));
    }

    /// Has fewer connections from now on than it was possible to open, so that the rest of the program can open files.
    pub(super) fn is_short_of_files(&self) {
        let fewer = (self.open.load(Ordering::Relaxed) * 3 / 4).max(1);
        let before = self.max_connections.fetch_min(fewer, Ordering::Relaxed);
        self.places.resize(before.min(fewer));
    }

    /// Whether calls that were left untouched wait for a connection: all others queue behind them.
    pub(super) fn has_returning(&self) -> bool {
        self.returning.load(Ordering::Relaxed) > 0
    }

    /// Has more connections again, a while later.
    pub(super) fn tries_more_files(&self) {
        let fewer = self.max_connections.load(Ordering::Relaxed);
        if fewer < self.allowed_connections {
            self.max_connections.store(self.allowed_connections.min(fewer * 2), Ordering::Relaxed);
            if self.is_http1.load(Ordering::Relaxed) {
                self.speaks_http1();
            }
        }
    }

    /// Waits for the scout that is on its way, if there is one, and for all whose tickets are lower. `None` where each call
    /// needs a connection of its own.
    pub(super) async fn scout(&self, ticket: u64) -> Option<Scout<'_>> {
        if self.is_http1.load(Ordering::Relaxed) {
            return None;
        }
        let returned = self.returned.load(Ordering::Relaxed);
        let turn = self.turns.turn(ticket).await;
        let is_first = self.returned.load(Ordering::Relaxed) == returned;
        let is_needed = is_first || self.is_http2.load(Ordering::Relaxed);
        Some(Scout { server: self, _turn: turn, is_needed })
    }
}

/// A call that was left untouched, and waits for another connection until this is dropped.
pub(super) struct Returning(Arc<Server>);

impl Returning {
    pub(super) fn to(server: &Arc<Server>) -> Self {
        server.returning.fetch_add(1, Ordering::Relaxed);
        Self(server.clone())
    }
}

impl Drop for Returning {
    fn drop(&mut self) {
        self.0.returning.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Scout<'_> {
    /// Whether there is something to find out, or one connection to open for all. Where a scout has failed, each call
    /// connects by itself: all fail at the same time, or some do not.
    pub(super) fn is_needed(&self) -> bool {
        self.is_needed
    }

    /// Tells what was found out; `None` when connecting failed.
    pub(super) fn returns(self, is_http2: Option<bool>) {
        self.server.is_http2.store(is_http2 == Some(true), Ordering::Relaxed);
        if let Some(is_http2) = is_http2 {
            self.server.is_http1.store(!is_http2, Ordering::Relaxed);
        }
        self.server.returned.fetch_add(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_that_nobody_calls_any_more_are_forgotten() {
        let servers = Servers::new(1);
        let in_use = servers.get("http://in.use");
        for number in 0..10 * REMEMBERED {
            servers.get(&format!("http://{number}"));
        }
        assert!(servers.lock().len() <= REMEMBERED);
        assert!(Arc::ptr_eq(&in_use, &servers.get("http://in.use")));
    }
}
