use crate::error::{Error, Result};

/// Runs something that may wait for a disk where it doesn't hold up the connections.
///
/// # Errors
/// `Cancelled` when the runtime shuts down meanwhile.
pub(crate) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|cause| Error::cancelled().with_hint("the runtime was shut down").with_source(cause))
}
