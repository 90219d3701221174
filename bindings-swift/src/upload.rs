//! Files that calls send, and what is known of those that the server has in part.

use std::sync::Arc;

use polywrite::UploadSession;
use polywrite_bridge::{Attached, Content};

use crate::error::Result;

/// A file that a call sends or writes.
#[derive(uniffi::Record)]
pub struct NativeFile {
    /// Where it is on disk.
    pub path: Option<String>,
    /// Its bytes, where it is in memory.
    pub bytes: Option<Vec<u8>>,
    /// What is known about its upload.
    pub session: Option<Arc<NativeUploadSession>>,
}

impl NativeFile {
    pub(crate) fn attached(self) -> Attached {
        let path = self.path.map(|path| Content::Path(path.into()));
        let content = path.or_else(|| self.bytes.map(|bytes| Content::Bytes(bytes.into())));
        Attached { content, session: self.session.map(|session| session.0.clone()) }
    }
}

/// What is known about an upload that may have to be continued.
#[derive(uniffi::Object)]
pub struct NativeUploadSession(UploadSession);

#[uniffi::export]
impl NativeUploadSession {
    /// A session of which nothing was sent.
    #[uniffi::constructor]
    pub fn new() -> Arc<Self> {
        Arc::new(Self(UploadSession::new()))
    }

    /// The session that `json` has written.
    #[uniffi::constructor]
    pub fn from_json(json: &str) -> Result<Arc<Self>> {
        Ok(Arc::new(Self(UploadSession::from_json(json)?)))
    }

    /// What it knows, as JSON text.
    pub fn json(&self) -> String {
        self.0.to_json()
    }
}
