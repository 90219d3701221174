//! Calls that send a file, and the pieces that JavaScript streams give.

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;
use napi::Env;
use napi::bindgen_prelude::{ClassInstance, Uint8Array};
use napi_derive::napi;
use polywrite::UploadSession;
use polywrite_bridge::{Content, Event, File, Pieces, Start, upload_at};

use crate::call::given;
use crate::client::NativeClient;
use crate::error::thrown;
use crate::value::Value;

/// A file to send. Without `path` and `bytes`, it has `NativePieces`.
#[napi(object)]
pub struct NativeFile {
    /// The file's name for the server.
    pub name: String,
    /// The file's MIME type for the server.
    pub mime_type: Option<String>,
    /// A file on disk.
    pub path: Option<String>,
    /// Bytes in memory.
    pub bytes: Option<Uint8Array>,
    /// The number of bytes that the pieces have together, if it is known.
    pub size: Option<f64>,
}

/// A call that takes a file.
#[napi(object)]
pub struct NativeUpload {
    /// The operation's ID.
    pub operation: String,
    /// The name of the parameter that is the file.
    pub file: String,
    /// The parameters that a path gave.
    pub params: HashMap<String, String>,
}

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

    /// The ID of the file or deployment, once one is chosen.
    #[napi]
    pub fn id(&self) -> Option<String> {
        self.0.id()
    }

    /// How many chunks the server has acknowledged.
    #[napi]
    pub fn chunks_acknowledged(&self) -> f64 {
        self.0.chunks_acknowledged() as f64
    }
}

/// The bytes of one file, given piece by piece when an event wants them.
#[napi]
pub struct NativePieces(Pieces);

#[napi]
impl NativePieces {
    /// A file of which nothing was read yet.
    #[napi(constructor)]
    pub fn new() -> Self {
        Self(Pieces::new(1))
    }

    /// Gives the piece that an event wanted; none at the end of the file.
    #[napi]
    pub fn give(&self, piece: Option<Uint8Array>) {
        self.0.give(piece.map_or_else(Bytes::new, |piece| Bytes::copy_from_slice(&piece)));
    }
}

#[napi]
impl NativeClient {
    /// The call that sends a file to this path below the endpoint.
    #[napi]
    pub fn upload_at(&self, method: String, path: String) -> napi::Result<NativeUpload> {
        let target = thrown(upload_at(&method, &path))?;
        Ok(NativeUpload {
            operation: target.operation.id.to_owned(),
            file: target.file.to_owned(),
            params: target.params.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        })
    }

    /// Makes a call that sends a file. Events of progress, when `reports`, and of pieces wanted come before its end.
    #[napi]
    #[allow(clippy::too_many_arguments, reason = "JavaScript calls it in one place")]
    pub fn upload(
        &self,
        env: &Env,
        operation: u32,
        params: String,
        options: String,
        file: NativeFile,
        pieces: Option<ClassInstance<'_, NativePieces>>,
        session: Option<ClassInstance<'_, NativeUploadSession>>,
        reports: bool,
    ) -> napi::Result<u32> {
        let (client, environment) = (self.client.clone(), Arc::clone(&self.environment));
        let id = environment.queue.next_id();
        let content = match (file.path, file.bytes, pieces) {
            (Some(path), ..) => Content::Path(path.into()),
            (None, Some(bytes), _) => Content::Bytes(Bytes::copy_from_slice(&bytes)),
            (None, None, Some(pieces)) => {
                let queue = Arc::clone(&environment.queue);
                let reader = thrown(pieces.0.reader())?.asking(move || queue.push(id, Event::Wanted));
                Content::Pieces(reader, file.size.map(|size| size as u64))
            }
            (None, None, None) => Content::Bytes(Bytes::new()),
        };
        let session = session.map(|session| session.0.clone());
        let file = File { content, name: Some(file.name), mime_type: file.mime_type };
        Ok(self.environment.start(env, id, Start::Cancellable, async move {
            let report = reports.then(|| environment.report(id));
            let given = given(operation, &params, &options)?;
            Value::of(given.upload(client, file, session.as_ref(), report).await?, environment.longest_text)
        }))
    }
}
