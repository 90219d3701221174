//! Keeping connections for later calls, and closing them in time.

use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::runtime::Handle;

use super::http1::Http1;
use super::http2::Http2;
use super::origin::Origin;

/// How often those are closed that have waited for too long or that the server has closed.
const SWEEP: Duration = Duration::from_secs(15);

/// Keeps a connection for the next request, unless it has ended. The caller still has its permit.
pub(super) fn keep(origin: &Arc<Origin>, mut connection: Box<Http1>) {
    if !connection.is_ready() {
        if connection.has_surplus() {
            origin.idle.distrust();
        }
        return;
    }
    let needs_sweeper = origin.idle.add(connection);
    start(origin, needs_sweeper);
    let too_many = origin.too_many(0);
    if too_many > 0 {
        origin.idle.close_oldest(too_many);
    }
    origin.freed.notify_one();
}

/// Shares a connection among all calls to the server and returns the one to use: another call may have been quicker to
/// open one.
pub(super) fn share(origin: &Arc<Origin>, fresh: Http2) -> Http2 {
    let (http2, needs_sweeper) = origin.idle.share(fresh);
    start(origin, needs_sweeper);
    http2
}

fn start(origin: &Arc<Origin>, is_needed: bool) {
    // Calls run inside a runtime; see `registry`.
    if !is_needed {
        return;
    }
    if let Ok(runtime) = Handle::try_current() {
        runtime.spawn(Sweeper { origin: Arc::downgrade(origin), is_needed: true }.run());
    }
}

/// Closes connections in time, and all of them when the runtime ends: without it they would stay open, useless.
struct Sweeper {
    origin: Weak<Origin>,
    is_needed: bool,
}

impl Sweeper {
    async fn run(mut self) {
        while self.is_needed {
            tokio::time::sleep(SWEEP).await;
            self.is_needed = self.origin.upgrade().is_some_and(|origin| {
                origin.allow_more_connections();
                origin.idle.sweep()
            });
        }
    }
}

impl Drop for Sweeper {
    fn drop(&mut self) {
        if let (true, Some(origin)) = (self.is_needed, self.origin.upgrade()) {
            origin.idle.clear();
        }
    }
}
