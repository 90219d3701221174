//! Connections that wait for their next call.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use hyper::client::conn::http2::SendRequest;
use tokio::runtime::Handle;
use tokio::time::Instant;

use super::http1::Http1;
use super::outgoing::Outgoing;
use super::servers::Server;

/// Shorter than the keep-alive of common proxies (nginx: 75 s), so that we hang up first.
const KEPT: Duration = Duration::from_secs(60);
/// How often those are closed that have waited for too long or were closed by the other side.
const SWEEP: Duration = Duration::from_secs(15);

/// Shares one connection among any number of calls.
pub(super) type Http2 = SendRequest<Outgoing>;

/// A connection that a call can go out on.
pub(super) enum Connection {
    /// For one call at a time.
    Http1(Box<Http1>),
    /// For many.
    Http2(Http2),
}

/// The connections of one pool that no call has to itself.
#[derive(Default)]
pub(super) struct Idle {
    all: Mutex<All>,
}

#[derive(Default)]
struct All {
    by_origin: HashMap<Arc<str>, Waiting>,
    /// Whether a task sees to those that wait. There is one as long as any do.
    is_swept: bool,
}

/// The connections to one server.
#[derive(Default)]
struct Waiting {
    /// The one that was used last is at the end.
    http1: Vec<(Box<Http1>, Instant)>,
    http2: Option<(Http2, Instant)>,
}

impl Waiting {
    fn shared(&mut self) -> Option<&mut (Http2, Instant)> {
        self.http2.as_mut().filter(|(http2, _)| !http2.is_closed())
    }
}

impl Idle {
    /// A connection to the server and for how long it has waited; of several the one that was used last, so that the
    /// others can be closed in time.
    pub(super) fn take(&self, origin: &str) -> Option<(Connection, Duration)> {
        let now = Instant::now();
        let mut all = self.lock();
        let waiting = all.by_origin.get_mut(origin)?;
        if let Some((http2, used)) = waiting.shared() {
            let waited = now - std::mem::replace(used, now);
            return Some((Connection::Http2(http2.clone()), waited));
        }
        let (connection, used) = waiting.http1.pop()?;
        let waited = now - used;
        (waited < KEPT).then_some((Connection::Http1(connection), waited))
    }

    /// The connection to the server that all calls share, if there is one.
    pub(super) fn shared(&self, origin: &str) -> Option<Http2> {
        self.lock().by_origin.get_mut(origin)?.shared().map(|(http2, _)| http2.clone())
    }

    /// Keeps a connection for the next call, unless it is over.
    pub(super) fn keep(self: &Arc<Self>, mut connection: Box<Http1>) {
        if connection.is_ready() {
            let server = connection.server.clone();
            self.add(&server, |waiting| waiting.http1.push((connection, Instant::now())));
            server.freed.notify_one();
        }
    }

    /// Shares a connection among all calls to the server; the one to use is returned, as another call may have been
    /// quicker to open one.
    pub(super) fn share(self: &Arc<Self>, server: &Server, fresh: Http2) -> Http2 {
        self.add(server, |waiting| {
            let present = waiting.http2.take().filter(|(http2, _)| !http2.is_closed());
            let (http2, _) = present.unwrap_or((fresh, Instant::now()));
            waiting.http2 = Some((http2.clone(), Instant::now()));
            http2
        })
    }

    fn add<T>(self: &Arc<Self>, server: &Server, add: impl FnOnce(&mut Waiting) -> T) -> T {
        let mut all = self.lock();
        let added = add(all.by_origin.entry(server.origin.clone()).or_default());
        if !all.is_swept {
            all.is_swept = true;
            drop(all);
            // Calls are made inside a runtime; see `pool`.
            if let Ok(runtime) = Handle::try_current() {
                runtime.spawn(Sweeper { idle: Arc::downgrade(self), is_needed: true }.run());
            }
        }
        added
    }

    /// Closes what need not wait any longer; false when nothing waits any more.
    fn sweep(&self) -> bool {
        let now = Instant::now();
        let mut all = self.lock();
        all.by_origin.retain(|_, waiting| {
            waiting.http1.retain_mut(|(connection, used)| now - *used < KEPT && connection.is_ready());
            waiting.http2 =
                waiting.http2.take().filter(|(http2, used)| now - *used < KEPT && !http2.is_closed());
            !waiting.http1.is_empty() || waiting.http2.is_some()
        });
        all.is_swept = !all.by_origin.is_empty();
        all.is_swept
    }

    fn lock(&self) -> MutexGuard<'_, All> {
        // Nothing leaves it half changed, so a panic elsewhere does not matter.
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Closes connections in time, and all of them when the runtime ends: without it they would stay open, useless.
struct Sweeper {
    idle: Weak<Idle>,
    is_needed: bool,
}

impl Sweeper {
    async fn run(mut self) {
        while self.is_needed {
            tokio::time::sleep(SWEEP).await;
            self.is_needed = self.idle.upgrade().is_some_and(|idle| idle.sweep());
        }
    }
}

impl Drop for Sweeper {
    fn drop(&mut self) {
        if self.is_needed
            && let Some(idle) = self.idle.upgrade()
        {
            *idle.lock() = All::default();
        }
    }
}
