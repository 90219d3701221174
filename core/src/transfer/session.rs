//! What is known about an upload that may have to be taken up again.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::CHUNK;

/// Remembers what the server has acknowledged of one upload, so that a second try sends only the rest.
///
/// Make one, hand it to [`UploadOptions::session`](crate::UploadOptions::session), and hand it over again when the
/// upload has failed and is repeated with the same file. Clones are the same session. It lives as long as the
/// process; across processes, repeat an upload under the same file ID instead, which sends all chunks again and
/// does no harm to those that are there.
#[derive(Clone, Debug, Default)]
pub struct UploadSession {
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    id: Option<String>,
    size: u64,
    acknowledged: BTreeSet<u64>,
    finished: bool,
}

impl UploadSession {
    /// A session of which nothing has been sent.
    pub fn new() -> Self {
        Self::default()
    }

    /// The ID of the file or deployment, once one is chosen.
    pub fn id(&self) -> Option<String> {
        self.state().id.clone()
    }

    /// How many chunks of 5 MiB the server has acknowledged.
    pub fn chunks_acknowledged(&self) -> u64 {
        self.state().acknowledged.len() as u64
    }

    /// Begins or takes up an upload. After a finished one, or with another size or ID, it is another upload.
    pub(crate) fn begin(&self, id: Option<String>, size: u64) {
        let mut state = self.state();
        if state.finished || state.size != size || (id.is_some() && state.id != id) {
            *state = State { id, size, ..State::default() };
        }
    }

    /// Says that the server has the whole file: whatever comes next is another upload.
    pub(crate) fn finish(&self) {
        self.state().finished = true;
    }

    pub(crate) fn set_id(&self, id: String) {
        self.state().id = Some(id);
    }

    pub(crate) fn is_acknowledged(&self, chunk: u64) -> bool {
        self.state().acknowledged.contains(&chunk)
    }

    pub(crate) fn acknowledge(&self, chunk: u64) {
        self.state().acknowledged.insert(chunk);
    }

    /// Forgets what was acknowledged: the server has not kept it.
    pub(crate) fn forget_chunks(&self) {
        self.state().acknowledged.clear();
    }

    /// How many bytes have been acknowledged.
    pub(crate) fn bytes_acknowledged(&self) -> u64 {
        let state = self.state();
        let length = |chunk: &u64| CHUNK.min(state.size.saturating_sub(chunk * CHUNK));
        state.acknowledged.iter().map(length).sum()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
