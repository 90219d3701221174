//! Downloads that Swift reads piece by piece.

use std::sync::Arc;

use polywrite::RAW_CALL;
use polywrite_bridge::{Outcome, Running, Stream};

use crate::WORKERS;
use crate::body::NativeBody;
use crate::error::Result;

/// A download that has begun. Dropping it closes its request.
#[derive(uniffi::Object)]
pub struct NativeStream(pub(crate) Stream);

#[uniffi::export]
impl NativeStream {
    /// The size in bytes, if the server said it.
    pub fn size(&self) -> Option<u64> {
        self.0.size()
    }

    /// The MIME type, if the server said it.
    pub fn content_type(&self) -> Option<String> {
        self.0.content_type().map(str::to_owned)
    }

    /// Waits for the next bytes; empty at the end.
    pub async fn next(&self) -> Result<Arc<NativeBody>> {
        let next = Running::start(WORKERS, Outcome::next_of(&self.0))?;
        NativeBody::of(&RAW_CALL, next.result().await?.0)
    }

    /// Closes the download; a `next` that waits fails with the kind `cancelled`.
    pub fn close(&self) {
        self.0.close();
    }
}
