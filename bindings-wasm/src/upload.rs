//! Files: what is sent, where a download goes, and the pieces that JavaScript streams give.

use std::sync::Arc;

use bytes::Bytes;
use js_sys::Uint8Array;
use polywrite::UploadSession;
use polywrite_bridge::{Attached, Content, Pieces};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};

use crate::error::thrown;

// wasm-bindgen takes no borrowed object that may be missing; one that is given whole would be lost to JavaScript. So
// JavaScript's own object comes, and is asked for another of the same content.
#[wasm_bindgen]
extern "C" {
    /// A [`NativeFile`].
    pub type GivenFile;
    #[wasm_bindgen(method)]
    pub(crate) fn share(this: &GivenFile) -> NativeFile;

    /// A [`NativeUploadSession`].
    pub type GivenSession;
    #[wasm_bindgen(method)]
    pub(crate) fn share(this: &GivenSession) -> NativeUploadSession;
}

/// What is known about an upload that may have to be taken up again.
#[wasm_bindgen]
pub struct NativeUploadSession(UploadSession);

#[wasm_bindgen]
impl NativeUploadSession {
    /// A session as JSON text has it; of which nothing was sent without one.
    #[wasm_bindgen(constructor)]
    pub fn new(json: Option<String>) -> Result<Self, JsError> {
        thrown(json.map_or(Ok(UploadSession::new()), |json| UploadSession::from_json(&json))).map(Self)
    }

    /// The same session.
    pub fn share(&self) -> Self {
        Self(self.0.clone())
    }

    /// What it knows, as JSON text.
    pub fn json(&self) -> String {
        self.0.to_json()
    }
}

/// The file of a command.
#[wasm_bindgen]
pub struct NativeFile(pub(crate) Attached);

#[wasm_bindgen]
impl NativeFile {
    /// A file on disk, or bytes in memory; without either, pieces are given when events want them. `size` is how many
    /// bytes these have together, if it is known.
    #[wasm_bindgen(constructor)]
    pub fn new(source: JsValue, size: Option<f64>, session: Option<GivenSession>) -> Self {
        let content = if let Some(path) = source.as_string() {
            Content::Path(path.into())
        } else if source.is_undefined() {
            Content::Pieces(Arc::new(Pieces::asked_for()), size.map(|size| size as u64))
        } else {
            Content::Bytes(Uint8Array::new(&source).to_vec().into())
        };
        Self(Attached { content: Some(content), session: session.map(|session| session.share().0) })
    }

    /// The same file.
    pub fn share(&self) -> Self {
        Self(self.0.clone())
    }

    /// Gives the piece that an event wanted; none at the end of the file.
    pub fn give(&self, piece: Option<Box<[u8]>>) {
        if let Some(Content::Pieces(pieces, _)) = &self.0.content {
            pieces.give(piece.map_or_else(Bytes::new, Bytes::from));
        }
    }
}
