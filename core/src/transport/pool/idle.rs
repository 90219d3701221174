//! Connections to one server that wait for their next request.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::connection::Connection;
use super::http1::Http1;
use super::http2::Http2;

/// Shorter than the keep-alive of common proxies (nginx: 75 s), so that we close the connection first.
const KEPT: Duration = Duration::from_secs(60);
/// For how long a connection rests while there are others: surplus bytes have mostly come by then, and end it.
const REST: Duration = Duration::from_millis(5);
/// For how long each connection rests to a server that has sent surplus bytes before.
const LONG_REST: Duration = Duration::from_millis(250);

/// The connections to one server that no call has to itself.
#[derive(Default)]
pub(super) struct Idle(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    /// The one that was used last is at the end.
    http1: VecDeque<(Box<Http1>, Instant)>,
    http2: Option<(Http2, Instant)>,
    /// The server has sent bytes that no request asked for.
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

    /// Whether the caller must start a task that calls [`Idle::sweep`].
    fn needs_sweeper(&mut self) -> bool {
        !std::mem::replace(&mut self.is_swept, true)
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

    /// Adds a connection for one request at a time. Returns whether a task that sweeps must be started.
    pub(super) fn add(&self, connection: Box<Http1>) -> bool {
        let mut waiting = self.lock();
        waiting.http1.push_back((connection, Instant::now()));
        waiting.needs_sweeper()
    }

    /// Adds a connection for all calls, unless another call was quicker. Returns the one to use, and whether a task that
    /// sweeps must be started.
    pub(super) fn share(&self, fresh: Http2) -> (Http2, bool) {
        let mut waiting = self.lock();
        let present = waiting.http2.take().filter(|(http2, _)| http2.is_usable());
        let (http2, _) = present.unwrap_or((fresh, Instant::now()));
        waiting.http2 = Some((http2.clone(), Instant::now()));
        (http2, waiting.needs_sweeper())
    }

    /// Closes all that wait and returns how many; of one that is shared only the next calls learn.
    pub(super) fn close(&self) -> usize {
        std::mem::take(&mut self.lock().http1).len()
    }

    /// Forgets all connections, because the runtime that drives them ends.
    pub(super) fn clear(&self) {
        *self.lock() = Waiting::default();
    }

    /// Makes connections rest for long from now on: the server sends surplus bytes.
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
    pub(super) fn sweep(&self) -> bool {
        let now = Instant::now();
        let mut waiting = self.lock();
        let mut has_surplus = false;
        waiting.http1.retain_mut(|(connection, used)| {
            let is_ready = connection.is_ready();
            has_surplus |= connection.has_surplus();
            now - *used < KEPT && is_ready
        });
        waiting.is_distrusted |= has_surplus;
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
        // No code leaves the state half changed, so a panic elsewhere does not matter.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
