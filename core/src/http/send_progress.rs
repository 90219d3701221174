//! Whether the sending of a body still makes progress.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;

use crate::host::timer::{Instant, timeout_at};

/// When bytes of a body last went out: shared by the pieces in flight and by the call that waits for the response. Requests
/// that wait for each other, such as the chunks of one file, share one.
#[derive(Clone)]
pub(crate) struct SendProgress {
    began: Instant,
    /// Nanoseconds since `began`.
    last: Arc<AtomicU64>,
}

impl SendProgress {
    /// Starts now.
    pub(crate) fn new() -> Self {
        Self { began: Instant::now(), last: Arc::default() }
    }

    /// The same bytes, which note progress when the connection drops them, because it has written them.
    ///
    /// That the connection has accepted a piece says little: it buffers pieces, and on a slow network one may wait for long.
    pub(crate) fn watch(&self, bytes: Bytes) -> Bytes {
        Bytes::from_owner(Piece { bytes, progress: self.clone() })
    }

    /// Notes progress.
    pub(crate) fn note(&self) {
        let now = u64::try_from(self.began.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.last.fetch_max(now, Ordering::Relaxed);
    }

    /// Waits for a response. `None` when there was no progress for as long as `limit`.
    pub(crate) async fn or_silence<T>(
        &self,
        limit: Duration,
        mut response: Pin<&mut (impl Future<Output = T> + ?Sized)>,
    ) -> Option<T> {
        // The last progress of other requests may be long before this one began.
        let begun = u64::try_from(self.began.elapsed().as_nanos()).unwrap_or(u64::MAX);
        loop {
            let last = self.last.load(Ordering::Relaxed).max(begun);
            let Some(end) = (self.began + Duration::from_nanos(last)).checked_add(limit) else {
                return Some(response.await);
            };
            if let Ok(response) = timeout_at(end, response.as_mut()).await {
                return Some(response);
            }
            if self.last.load(Ordering::Relaxed) <= last {
                return None;
            }
        }
    }
}

struct Piece {
    bytes: Bytes,
    progress: SendProgress,
}

impl AsRef<[u8]> for Piece {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for Piece {
    fn drop(&mut self) {
        self.progress.note();
    }
}
