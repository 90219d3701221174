//! Connections to one server that wait for their next call.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::time::Instant;

use super::connections::Connection;
use super::http1::Http1;
use super::http2::Http2;
use super::servers::Server;

/// Shorter than the keep-alive of common proxies (nginx: 75 s), so that we close the connection first.
const KEPT: Duration = Duration::from_secs(60);
/// How often those are closed that have waited for too long or were closed by the other side.
const SWEEP: Duration = Duration::from_secs(15);
/// For how long a connection rests while there are others: what a server sends too much has mostly come by then, and
/// ends it.
const REST: Duration = Duration::from_millis(5);
/// For how long each connection rests to a server that has sent too much before.
const LONG_REST: Duration = Duration::from_millis(250);

/// The connections to one server that no call has to itself.
#[derive(Default)]
pub(super) struct Idle(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    /// The one that was used last is at the end.
    http1: VecDeque<(Box<Http1>, Instant)>,
    http2: Option<(Http2, Instant)>,
    /// The server has sent more than it was asked for.
    is_distrusted: bool,
    /// Whether a task closes those that have waited for too long. There is one as long as any wait.
    is_swept: bool,
}

impl Waiting {
    fn shared(&mut self) -> Option<&mut (Http2, Instant)> {
        self.http2.as_mut().filter(|(http2, _)| http2.is_usable())
    }

    /// Of those that have rested the one that was used last, so that the others can be closed in time; else the one that
    /// has rested for longest.
    fn rested(&mut self, now: Instant) -> Option<(Box<Http1>, Instant)> {
        let rest = if self.is_distrusted { LONG_REST } else { REST };
        let rested = self.http1.partition_point(|(_, used)| now - *used >= rest);
        if rested == 0 && self.is_distrusted {
            return None;
        }
        self.http1.remove(rested.saturating_sub(1))
    }
}

impl Idle {
    /// A connection to the server and for how long it has waited.
    pub(super) fn take(&self) -> Option<(Connection, Duration)> {
        let now = Instant::now();
        let mut waiting = self.lock();
        if let Some((http2, used)) = waiting.shared() {
            let waited = now - std::mem::replace(used, now);
            return Some((Connection::Http2(http2.clone()), waited));
        }
        let (connection, used) = waiting.rested(now)?;
        let waited = now - used;
        (waited < KEPT).then_some((Connection::Http1(connection), waited))
    }

    /// The connection that all calls share, if there is one.
    pub(super) fn shared(&self) -> Option<Http2> {
        self.lock().shared().map(|(http2, _)| http2.clone())
    }

    /// Whether no connection waits.
    pub(super) fn is_empty(&self) -> bool {
        let waiting = self.lock();
        waiting.http1.is_empty() && waiting.http2.is_none()
    }

    /// Closes all that wait, and says how many; of one that is shared only the next calls learn.
    pub(super) fn close(&self) -> usize {
        std::mem::take(&mut self.lock().http1).len()
    }

    /// Lets connections rest for long from now on: the server sends more than it is asked for.
    pub(super) fn distrust(&self) {
        self.lock().is_distrusted = true;
    }

    /// Closes so many of those that have waited for longest.
    pub(super) fn close_oldest(&self, count: usize) {
        let mut waiting = self.lock();
        let count = count.min(waiting.http1.len());
        let closed: Vec<_> = waiting.http1.drain(..count).collect();
        drop(waiting);
        drop(closed);
    }

    /// Closes what need not wait any longer; false when nothing waits any more.
    fn sweep(&self) -> bool {
        let now = Instant::now();
        let mut waiting = self.lock();
        let mut sent_too_much = false;
        waiting.http1.retain_mut(|(connection, used)| {
            let is_ready = connection.is_ready();
            sent_too_much |= connection.has_surplus();
            now - *used < KEPT && is_ready
        });
        waiting.is_distrusted |= sent_too_much;
        waiting.http2 = waiting.http2.take().filter(|(http2, _)| http2.is_usable());
        if let Some((http2, used)) = &mut waiting.http2 {
            if http2.has_calls() {
                *used = now;
            } else if now - *used >= KEPT {
                waiting.http2 = None;
            }
        }
        waiting.is_swept = !waiting.http1.is_empty() || waiting.http2.is_some();
        waiting.is_swept
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        // Nothing leaves it half changed, so a panic elsewhere does not matter.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Server {
    /// Keeps a connection for the next call, unless it is over. The caller still has its place.
    pub(super) fn keep(self: &Arc<Self>, mut connection: Box<Http1>) {
        if !connection.is_ready() {
            if connection.has_surplus() {
                self.idle.distrust();
            }
            return;
        }
        self.add(|waiting| waiting.http1.push_back((connection, Instant::now())));
        let too_many = self.too_many(0);
        if too_many > 0 {
            self.idle.close_oldest(too_many);
        }
        self.freed.notify_one();
    }

    /// Shares a connection among all calls to the server; the one to use is returned, as another call may have been
    /// quicker to open one.
    pub(super) fn share(self: &Arc<Self>, fresh: Http2) -> Http2 {
        self.add(|waiting| {
            let present = waiting.http2.take().filter(|(http2, _)| http2.is_usable());
            let (http2, _) = present.unwrap_or((fresh, Instant::now()));
            waiting.http2 = Some((http2.clone(), Instant::now()));
            http2
        })
    }

    fn add<T>(self: &Arc<Self>, add: impl FnOnce(&mut Waiting) -> T) -> T {
        let mut waiting = self.idle.lock();
        let added = add(&mut waiting);
        if !waiting.is_swept {
            waiting.is_swept = true;
            drop(waiting);
            // Calls are made inside a runtime; see `pool`.
            if let Ok(runtime) = Handle::try_current() {
                runtime.spawn(Sweeper { server: Arc::downgrade(self), is_needed: true }.run());
            }
        }
        added
    }
}

/// Closes connections in time, and all of them when the runtime ends: without it they would stay open, useless.
struct Sweeper {
    server: Weak<Server>,
    is_needed: bool,
}

impl Sweeper {
    async fn run(mut self) {
        while self.is_needed {
            tokio::time::sleep(SWEEP).await;
            self.is_needed = self.server.upgrade().is_some_and(|server| {
                server.tries_more_files();
                server.idle.sweep()
            });
        }
    }
}

impl Drop for Sweeper {
    fn drop(&mut self) {
        if self.is_needed
            && let Some(server) = self.server.upgrade()
        {
            *server.idle.lock() = Waiting::default();
        }
    }
}
