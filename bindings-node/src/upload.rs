//! Calls that send a file, and the bridge over which JavaScript streams give its bytes.

use std::collections::HashMap;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use napi::Env;
use napi::bindgen_prelude::Uint8Array;
use napi_derive::napi;
use polywrite::{FileSource, Progress, UploadOptions};
use tokio::io::{AsyncRead, ReadBuf};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::call::{answer, read};
use crate::client::NativeClient;
use crate::runtime::{Event, Manner, NativeQueue, Queue};

/// A file to send. Without `path` and `bytes`, its pieces are asked for one by one.
#[napi(object)]
pub struct NativeFile {
    /// The name that the server is told.
    pub name: String,
    /// The MIME type that the server is told.
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
    /// The parameters that a path gave, as they stand there.
    pub params: HashMap<String, String>,
}

#[napi]
impl NativeClient {
    /// The call that sends a file to this path below the endpoint, if there is one.
    #[napi]
    pub fn upload_at(&self, method: String, path: String) -> Option<NativeUpload> {
        polywrite::operations().find_map(|operation| {
            let upload = operation.upload?;
            let params = path_params(operation.path, &path)?;
            (operation.method.as_str() == method).then(|| NativeUpload {
                operation: operation.id.to_owned(),
                file: upload.file.to_owned(),
                params,
            })
        })
    }

    /// Makes a call that sends a file. Before its end come events of progress, when `told`, and of pieces wanted.
    #[napi]
    pub fn upload(
        &self,
        env: &Env,
        operation: u32,
        params: String,
        options: String,
        file: NativeFile,
        told: bool,
    ) -> u32 {
        let id = self.queue.next_id();
        let client = self.client.clone();
        let queue = Arc::clone(&self.queue);
        let events = Arc::clone(&self.queue);
        let source = source(&queue, id, file);
        self.queue.start(env, id, Manner::Cancellable, async move {
            let (operation, params, options) = read(operation, &params, &options)?;
            let mut upload = UploadOptions::new().call(options);
            if told {
                upload = upload.on_progress(move |progress| report(&queue, id, &progress));
            }
            answer(operation.answer, client.upload(operation, params, source, upload).await?, &events)
        })
    }
}

#[napi]
impl NativeQueue {
    /// Gives the piece of a file that an event wanted; none at the end of the file.
    #[napi]
    pub fn feed(&self, id: u32, piece: Option<Uint8Array>) {
        self.shared.feed(id, piece.map_or_else(Bytes::new, |piece| Bytes::copy_from_slice(&piece)));
    }
}

/// What stands in a path where its pattern has names in braces; `None` when the two do not fit.
fn path_params(pattern: &str, path: &str) -> Option<HashMap<String, String>> {
    let (mut names, mut values) = (pattern.split('/'), path.split('/'));
    let mut params = HashMap::new();
    loop {
        match (names.next(), values.next()) {
            (None, None) => return Some(params),
            (Some(name), Some(value)) => match name.strip_prefix('{').and_then(|name| name.strip_suffix('}'))
            {
                Some(name) => drop(params.insert(name.to_owned(), value.to_owned())),
                None if name == value => {}
                None => return None,
            },
            _ => return None,
        }
    }
}

fn source(queue: &Arc<Queue>, id: u32, file: NativeFile) -> FileSource {
    let source = match file {
        NativeFile { path: Some(path), .. } => FileSource::path(path).file_name(file.name),
        NativeFile { bytes: Some(bytes), .. } => FileSource::bytes(file.name, Bytes::copy_from_slice(&bytes)),
        NativeFile { size, .. } => {
            let (sender, pieces) = unbounded_channel();
            queue.expect_pieces(id, sender);
            let reader =
                PieceReader { queue: Arc::clone(queue), id, pieces, piece: Bytes::new(), wanted: false };
            FileSource::reader(file.name, size.map(|size| size as u64), reader)
        }
    };
    match file.mime_type {
        Some(mime_type) => source.mime_type(mime_type),
        None => source,
    }
}

fn report(queue: &Arc<Queue>, id: u32, progress: &Progress) {
    if let Ok(text) = serde_json::to_string(progress) {
        queue.push(id, Event::Progress(text));
    }
}

/// Reads what JavaScript feeds: asks for a piece, hands it out, asks for the next.
struct PieceReader {
    queue: Arc<Queue>,
    id: u32,
    pieces: UnboundedReceiver<Bytes>,
    /// What is left of the last piece.
    piece: Bytes,
    /// A piece was asked for and has not come yet. At most one is on its way, so memory stays bounded.
    wanted: bool,
}

impl AsyncRead for PieceReader {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if this.piece.is_empty() {
            if !this.wanted {
                this.wanted = true;
                this.queue.push(this.id, Event::Wanted);
            }
            match ready!(this.pieces.poll_recv(context)) {
                // An empty piece is the end.
                Some(piece) => this.piece = piece,
                None => return Poll::Ready(Err(io::ErrorKind::UnexpectedEof.into())),
            }
            this.wanted = false;
        }
        let length = this.piece.len().min(buffer.remaining());
        buffer.put_slice(&this.piece[..length]);
        this.piece.advance(length);
        Poll::Ready(Ok(()))
    }
}

impl Drop for PieceReader {
    fn drop(&mut self) {
        self.queue.forget_pieces(self.id);
    }
}
