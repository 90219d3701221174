//! Files that calls send, and what is known of those that the server has in part.

use std::sync::Arc;

use polywrite::UploadSession;
use polywrite_bridge::{Content, File};

use crate::error::Result;

/// A file to send.
#[derive(uniffi::Record)]
pub struct NativeFile {
    /// Where it is on disk; it is read while it is sent.
    pub path: Option<String>,
    /// Its bytes, where it is in memory.
    pub bytes: Option<Vec<u8>>,
    /// Its name for the server; without one, the path's own.
    pub name: Option<String>,
    /// Its MIME type for the server.
    pub mime_type: Option<String>,
}

impl From<NativeFile> for File {
    fn from(file: NativeFile) -> Self {
        let NativeFile { path, bytes, name, mime_type } = file;
        let in_memory = || Content::Bytes(bytes.unwrap_or_default().into());
        Self { content: path.map_or_else(in_memory, |path| Content::Path(path.into())), name, mime_type }
    }
}

/// What is known about an upload that may have to be continued.
#[derive(uniffi::Object)]
pub struct NativeUploadSession(pub(crate) UploadSession);

#[uniffi::export]
impl NativeUploadSession {
    /// A session of which nothing was sent.
    #[uniffi::constructor]
    pub fn new() -> Arc<Self> {
        Arc::new(Self(UploadSession::new()))
    }

    /// The session that `json` has written.
    #[uniffi::constructor]
    pub fn from_json(json: String) -> Result<Arc<Self>> {
        Ok(Arc::new(Self(UploadSession::from_json(&json)?)))
    }

    /// What it knows, as JSON text.
    pub fn json(&self) -> String {
        self.0.to_json()
    }

    /// The ID of the file or deployment, once one is chosen.
    pub fn id(&self) -> Option<String> {
        self.0.id()
    }

    /// How many chunks the server has acknowledged.
    pub fn chunks_acknowledged(&self) -> u64 {
        self.0.chunks_acknowledged()
    }
}
