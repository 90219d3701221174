//! Downloads that a language reads piece by piece.

use std::sync::Arc;

use bytes::Bytes;
use polywrite::{Download, Error, Result};
use tokio::sync::{Mutex, Notify};

/// A download that has begun.
#[derive(Clone, Debug)]
pub struct Stream {
    size: Option<u64>,
    content_type: Option<String>,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    /// Locked by the read that waits for the next piece. None at the end.
    download: Mutex<Option<Download>>,
    /// Ends that read.
    closed: Notify,
}

impl Stream {
    pub(crate) fn new(download: Download) -> Self {
        Self {
            size: download.size(),
            content_type: download.content_type().map(str::to_owned),
            shared: Arc::new(Shared { download: Mutex::new(Some(download)), closed: Notify::new() }),
        }
    }

    /// The size in bytes, if the server said it.
    pub fn size(&self) -> Option<u64> {
        self.size
    }

    /// The MIME type, if the server said it.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Reads the next bytes; `None` at the end. Dropping the future ends the download.
    ///
    /// # Errors
    /// As [`Download::chunk`], and `Cancelled` when it is closed meanwhile.
    pub(crate) fn next(&self) -> impl Future<Output = Result<Option<Bytes>>> + Send + use<> {
        let shared = Arc::clone(&self.shared);
        async move {
            let mut present = shared.download.lock().await;
            let Some(mut download) = present.take() else { return Ok(None) };
            let piece = tokio::select! {
                biased;
                () = shared.closed.notified() => {
                    return Err(Error::cancelled().with_hint("the download was closed"));
                }
                piece = download.chunk() => piece?,
            };
            if piece.is_some() {
                *present = Some(download);
            }
            Ok(piece)
        }
    }

    /// Closes the download and its connection, and ends a read that waits for a piece.
    pub fn close(&self) {
        match self.shared.download.try_lock() {
            Ok(mut download) => *download = None,
            Err(_) => self.shared.closed.notify_one(),
        }
    }
}
