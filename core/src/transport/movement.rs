//! Whether a request still gets further.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use tokio::time::{Instant, timeout_at};

/// When a body last got further: shared by the pieces on their way and by who waits for the answer. Requests that wait for
/// each other, such as the chunks of one file, share one.
#[derive(Clone)]
pub(crate) struct Movement {
    began: Instant,
    /// Nanoseconds from then on.
    last: Arc<AtomicU64>,
}

impl Movement {
    /// One that begins now.
    pub(crate) fn new() -> Self {
        Self { began: Instant::now(), last: Arc::default() }
    }

    /// The same bytes, which tell when the connection is through with them.
    ///
    /// It takes pieces ahead of time, so that it has taken one says little: on a slow line it may wait for long.
    pub(super) fn watch(&self, bytes: Bytes) -> Bytes {
        Bytes::from_owner(Piece { bytes, movement: self.clone() })
    }

    /// Notes that something has got further.
    pub(super) fn note(&self) {
        let now = u64::try_from(self.began.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.last.fetch_max(now, Ordering::Relaxed);
    }

    /// Waits for an answer until nothing has moved for as long as the limit; then `None`.
    pub(super) async fn or_silence<T>(
        &self,
        limit: Duration,
        mut answer: Pin<&mut impl Future<Output = T>>,
    ) -> Option<T> {
        // Others may have moved last long before this request began.
        let begun = u64::try_from(self.began.elapsed().as_nanos()).unwrap_or(u64::MAX);
        loop {
            let last = self.last.load(Ordering::Relaxed).max(begun);
            let Some(end) = (self.began + Duration::from_nanos(last)).checked_add(limit) else {
                return Some(answer.await);
            };
            if let Ok(answer) = timeout_at(end, answer.as_mut()).await {
                return Some(answer);
            }
            if self.last.load(Ordering::Relaxed) <= last {
                return None;
            }
        }
    }
}

struct Piece {
    bytes: Bytes,
    movement: Movement,
}

impl AsRef<[u8]> for Piece {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for Piece {
    fn drop(&mut self) {
        self.movement.note();
    }
}
