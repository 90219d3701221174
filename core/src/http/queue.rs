//! The queue of the pool, seen from above a client that wraps the pool.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::send_progress::SendProgress;

/// Whether a request still waits until the pool lets it go out. Each request carries its own as an extension.
#[derive(Clone)]
pub(crate) struct Queue {
    progress: SendProgress,
    is_waiting: Arc<AtomicBool>,
}

/// A request that waits until this is dropped.
struct Waiting<'queue>(&'queue Queue);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.progress.note();
        self.0.is_waiting.store(false, Ordering::Relaxed);
    }
}

impl Queue {
    /// For a request that has not begun to wait.
    pub(crate) fn new(progress: SendProgress) -> Self {
        Self { progress, is_waiting: Arc::default() }
    }

    /// Waits for the request's turn.
    pub(crate) async fn wait<T>(&self, turn: impl Future<Output = T>) -> T {
        self.is_waiting.store(true, Ordering::Relaxed);
        let _waiting = Waiting(self);
        turn.await
    }

    /// Waits for a response. `None` when there was no progress for as long as `limit`, the time in the queue not counted.
    pub(crate) async fn or_silence<T>(
        &self,
        limit: Duration,
        mut response: Pin<&mut (impl Future<Output = T> + ?Sized)>,
    ) -> Option<T> {
        loop {
            let response = self.progress.or_silence(limit, response.as_mut()).await;
            if response.is_some() || !self.is_waiting.load(Ordering::Relaxed) {
                return response;
            }
        }
    }
}
