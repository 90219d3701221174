//! What is known about an upload that may have to be taken up again.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use super::CHUNK;
use crate::error::{Error, Result};

/// Remembers what the server has acknowledged of one upload, so that a second try sends only the rest.
///
/// Make one, hand it to [`UploadOptions::session`](crate::UploadOptions::session), and hand it over again when the
/// upload has failed and is repeated with the same file. Clones are the same session. Another process goes on with what
/// [`to_json`](Self::to_json) has written; without a session, repeat an upload under the same file ID, which sends all
/// chunks again and does no harm to those that are there.
#[derive(Clone, Debug, Default)]
pub struct UploadSession {
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct State {
    id: Option<String>,
    /// Of the file, in bytes.
    size: u64,
    /// The numbers of chunks, from 0.
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

    /// What the session knows, as JSON text without secrets: the ID, the size of the file in bytes, and the numbers of the
    /// acknowledged chunks.
    pub fn to_json(&self) -> String {
        let state = self.state();
        serde_json::json!(&*state).to_string()
    }

    /// The session that [`to_json`](Self::to_json) has written, in this process or another. Hand it over with the same
    /// file: nothing of the file is in it but its size.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`](crate::ErrorKind::Argument) for anything else.
    pub fn from_json(text: &str) -> Result<Self> {
        let refused =
            |cause: &dyn fmt::Display| Error::argument(format!("the text is not an upload session: {cause}"));
        let state: State = serde_json::from_str(text).map_err(|cause| refused(&cause))?;
        if state.acknowledged.last().is_some_and(|last| *last >= state.size.div_ceil(CHUNK)) {
            return Err(refused(&"the file has fewer chunks than it lists"));
        }
        Ok(Self { state: Arc::new(Mutex::new(state)) })
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
