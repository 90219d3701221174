//! Which HTTP a server speaks: found out by one call for all that come at the same time.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::MutexGuard;

/// The servers of one pool that may speak HTTP/2, where one connection is enough for all calls.
#[derive(Default)]
pub(super) struct Scouts {
    /// By scheme, host and port.
    servers: Mutex<HashMap<Arc<str>, Arc<Server>>>,
}

/// What is known of a server.
#[derive(Default)]
pub(super) struct Server {
    /// It has chosen HTTP/1.1, so every call needs a connection anyway.
    is_http1: AtomicBool,
    /// How many scouts have come back, successful or not.
    returned: AtomicU32,
    turn: tokio::sync::Mutex<()>,
}

/// The right to connect while all others wait for what comes of it.
pub(super) struct Scout<'server> {
    server: &'server Server,
    _turn: MutexGuard<'server, ()>,
}

impl Scouts {
    pub(super) fn server(&self, origin: &str) -> Arc<Server> {
        let mut servers = self.servers.lock().unwrap_or_else(PoisonError::into_inner);
        servers.get(origin).cloned().unwrap_or_else(|| servers.entry(origin.into()).or_default().clone())
    }
}

impl Server {
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
