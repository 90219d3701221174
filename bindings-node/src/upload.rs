//! Files: what is sent, where a download goes, and the pieces that JavaScript streams give.

use std::sync::Arc;

use bytes::Bytes;
use napi::bindgen_prelude::{ClassInstance, Either, Uint8Array};
use napi_derive::napi;
use polywrite::UploadSession;
use polywrite_bridge::{Attached, Content, Pieces};

use crate::error::thrown;

/// What is known about an upload that may have to be taken up again.
#[napi]
pub struct NativeUploadSession(UploadSession);

#[napi]
impl NativeUploadSession {
    /// A session as JSON text has it; of which nothing was sent without one.
    #[napi(constructor)]
    pub fn new(json: Option<String>) -> napi::Result<Self> {
        thrown(json.map_or(Ok(UploadSession::new()), |json| UploadSession::from_json(&json))).map(Self)
    }

    /// What it knows, as JSON text.
    #[napi]
    pub fn json(&self) -> String {
        self.0.to_json()
    }
}

/// The file of a command.
#[napi]
pub struct NativeFile(pub(crate) Attached);

#[napi]
impl NativeFile {
    /// A file on disk, or bytes in memory; without either, pieces are given when events want them. `size` is how many
    /// bytes these have together, if it is known.
    #[napi(constructor)]
    pub fn new(
        source: Option<Either<String, Uint8Array>>,
        size: Option<f64>,
        session: Option<ClassInstance<'_, NativeUploadSession>>,
    ) -> Self {
        let content = match source {
            Some(Either::A(path)) => Content::Path(path.into()),
            Some(Either::B(bytes)) => Content::Bytes(Bytes::copy_from_slice(&bytes)),
            None => Content::Pieces(Arc::new(Pieces::asked_for()), size.map(|size| size as u64)),
        };
        Self(Attached { content: Some(content), session: session.map(|session| session.0.clone()) })
    }

    /// Gives the piece that an event wanted; none at the end of the file.
    #[napi]
    pub fn give(&self, piece: Option<Uint8Array>) {
        if let Some(Content::Pieces(pieces, _)) = &self.0.content {
            pieces.give(piece.map_or_else(Bytes::new, |piece| Bytes::copy_from_slice(&piece)));
        }
    }
}
