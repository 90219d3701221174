//! How an upload is made.

use super::progress::{Listener, Progress};
use super::session::UploadSession;
use crate::operations::UPLOAD_CONCURRENCY;
use crate::options::CallOptions;

/// How an upload is made.
#[derive(Clone, Debug)]
pub struct UploadOptions {
    pub(super) call: CallOptions,
    pub(super) parallel: usize,
    pub(super) progress: Listener<Progress>,
    pub(super) session: Option<UploadSession>,
}

impl Default for UploadOptions {
    fn default() -> Self {
        Self {
            call: CallOptions::default(),
            parallel: UPLOAD_CONCURRENCY,
            progress: Listener::default(),
            session: None,
        }
    }
}

impl UploadOptions {
    /// The client's settings, 8 chunks at a time, no progress.
    pub fn new() -> Self {
        Self::default()
    }

    /// Settings of each request: every chunk is one, and is repeated by itself.
    #[must_use]
    pub fn call(mut self, call: CallOptions) -> Self {
        self.call = call;
        self
    }

    /// How many chunks are in flight at the same time. Default 8; at least 1.
    #[must_use]
    pub fn parallel(mut self, chunks: usize) -> Self {
        self.parallel = chunks.max(1);
        self
    }

    /// Called each time the server has received a chunk, at last with 100 percent.
    #[must_use]
    pub fn on_progress(mut self, listener: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.progress = Listener::new(listener);
        self
    }

    /// Continues an upload where it broke off; see [`UploadSession`].
    #[must_use]
    pub fn session(mut self, session: &UploadSession) -> Self {
        self.session = Some(session.clone());
        self
    }
}
