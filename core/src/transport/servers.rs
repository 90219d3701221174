//! What is known of the servers of one pool.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{MutexGuard, Notify};

/// The servers that have been called.
#[derive(Default)]
pub(super) struct Servers {
    by_origin: Mutex<HashMap<Arc<str>, Arc<Server>>>,
}

/// One of them.
pub(super) struct Server {
    /// Scheme, host and port.
    pub(super) origin: Arc<str>,
    /// Told for each connection that no call needs any more.
    pub(super) freed: Notify,
    /// It has chosen HTTP/1.1, so every call needs a connection anyway.
    is_http1: AtomicBool,
    /// How many scouts have come back, successful or not.
    returned: AtomicU32,
    turn: tokio::sync::Mutex<()>,
}

/// The right to connect while all others wait for what comes of it: whether the server speaks HTTP/2, where one
/// connection is enough for all calls.
pub(super) struct Scout<'server> {
    server: &'server Server,
    _turn: MutexGuard<'server, ()>,
}

impl Servers {
    pub(super) fn get(&self, origin: &str) -> Arc<Server> {
        let mut servers = self.by_origin.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = servers.get(origin) {
            return known.clone();
        }
        let origin: Arc<str> = origin.into();
        servers.entry(origin.clone()).or_insert_with(|| Arc::new(Server::new(origin))).clone()
    }
}

impl Server {
    fn new(origin: Arc<str>) -> Self {
        Self {
            origin,
            freed: Notify::new(),
            is_http1: AtomicBool::default(),
            returned: AtomicU32::default(),
            turn: tokio::sync::Mutex::default(),
        }
    }

    /// Waits for the scout that is on its way, if there is one. `None` once there is nothing more to find out: then
    /// there is a connection to share, or each call connects by itself, be it because a scout failed.
    pub(super) async fn scout(&self) -> Option<Scout<'_>> {
        if self.is_http1.load(Ordering::Relaxed) {
            return None;
        }
        let returned = self.returned.load(Ordering::Relaxed);
        let turn = self.turn.lock().await;
        let is_first = self.returned.load(Ordering::Relaxed) == returned;
        is_first.then_some(Scout { server: self, _turn: turn })
    }
}

impl Scout<'_> {
    /// Tells what was found out; `None` when connecting failed.
    pub(super) fn returns(self, is_http2: Option<bool>) {
        if let Some(is_http2) = is_http2 {
            self.server.is_http1.store(!is_http2, Ordering::Relaxed);
        }
        self.server.returned.fetch_add(1, Ordering::Relaxed);
    }
}
