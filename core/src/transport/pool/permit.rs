//! The right to have one call in flight to a server.

use std::sync::Arc;

use super::origin::Origin;

/// A permit, given back when it is dropped.
pub(in crate::transport) struct Permit {
    pub(super) origin: Arc<Origin>,
}

impl Permit {
    /// Waits in the server's queue.
    pub(super) async fn acquire(origin: Arc<Origin>) -> Self {
        origin.permits.acquire().await;
        Self { origin }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.origin.permits.release();
    }
}
