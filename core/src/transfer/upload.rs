//! Uploads: one request for a small file, many at a time for a large one.

use std::sync::Arc;

use bytes::Bytes;
use http::header::CONTENT_TYPE;

use super::CHUNK;
use super::buffers::BufferPool;
use super::chunk::{FileChunk, ReadFailure};
use super::chunked::{Chunked, choose_id};
use super::progress::{Listener, Progress};
use super::receipt::Receipt;
use super::session::UploadSession;
use super::source::{Content, FileSource};
use crate::client::Client;
use crate::encode::multipart::{FilePart, Form};
use crate::error::{Error, Result};
use crate::operation::{Operation, Upload};
use crate::operations::UPLOAD_CONCURRENCY;
use crate::options::CallOptions;
use crate::params::Params;
use crate::response::Response;
use crate::settings::header_value;
use crate::transport::{Body, Request};

/// How an upload is made.
#[derive(Clone, Debug)]
pub struct UploadOptions {
    pub(super) call: CallOptions,
    pub(super) parallel: usize,
    pub(super) progress: Listener<Progress>,
    session: Option<UploadSession>,
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

    /// How many chunks are on their way at the same time. Default 8; at least 1.
    #[must_use]
    pub fn parallel(mut self, chunks: usize) -> Self {
        self.parallel = chunks.max(1);
        self
    }

    /// Called each time the server has taken a chunk, at last with 100 percent.
    #[must_use]
    pub fn on_progress(mut self, listener: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.progress = Listener::new(listener);
        self
    }

    /// Takes up an upload where it broke off; see [`UploadSession`].
    #[must_use]
    pub fn session(mut self, session: &UploadSession) -> Self {
        self.session = Some(session.clone());
        self
    }
}

impl Client {
    /// Makes a call that sends a file, and returns the answer that describes the finished file.
    ///
    /// Up to 5 MiB, and whatever the size where the operation wants it so, the file travels in one request. Above, it
    /// is cut into chunks, each of them repeated by itself when it fails. The file parameter is `file`, not one of
    /// `params`. Dropping the future stops everything.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`](crate::ErrorKind::Argument) before anything is sent when the file cannot be read, naming
    /// its path; [`ErrorKind::Timeout`](crate::ErrorKind::Timeout) when the deadline passes, which is for all of the
    /// transfer, reading the file included; [`ErrorKind::Conflict`](crate::ErrorKind::Conflict) when another file has this ID already; otherwise as
    /// [`execute`](Client::execute).
    pub async fn upload(
        &self,
        operation: &'static Operation,
        params: Params,
        file: FileSource,
        options: UploadOptions,
    ) -> Result<Response> {
        let named = |error: Error| error.with_operation(operation.id);
        let Some(upload) = operation.upload else {
            return Err(named(Error::argument("this operation takes no file")));
        };
        send(self, operation, upload, params, file, &options).await.map_err(named)
    }
}

async fn send(
    client: &Client,
    operation: &'static Operation,
    upload: Upload,
    params: Params,
    file: FileSource,
    options: &UploadOptions,
) -> Result<Response> {
    // Checks the arguments, before a byte of the file is read.
    let request = client.prepare(operation, &params, &options.call)?;
    let deadline = request.deadline;
    deadline.limit(transfer(client, request, upload, params, file, options)).await?
}

async fn transfer(
    client: &Client,
    mut request: Request,
    upload: Upload,
    mut params: Params,
    file: FileSource,
    options: &UploadOptions,
) -> Result<Response> {
    let opened = file.open(upload.chunked).await?;
    let size = opened.content.size();
    let in_chunks = upload.chunked && size > CHUNK;
    // Without one from the caller it is new each time: options may be used for many files.
    let session = options.session.clone().unwrap_or_default();
    if in_chunks {
        choose_id(upload, &mut params, &session, size)?;
    }
    let part = FilePart { name: upload.file, file_name: &opened.file_name, mime_type: &opened.mime_type };
    let form = Form::new(request.operation, &params, &part)?;
    request.headers.insert(CONTENT_TYPE, header_value("content-type", &form.content_type)?);
    let pieces = Pieces { form, buffers: BufferPool::default(), failure: ReadFailure::default() };
    if in_chunks {
        Chunked::new(client, &params, options, session, request, pieces, size).send(opened.content).await
    } else {
        whole(client, request, &pieces, opened.content, options).await
    }
}

async fn whole(
    client: &Client,
    mut request: Request,
    pieces: &Pieces,
    content: Content,
    options: &UploadOptions,
) -> Result<Response> {
    let size = content.size();
    request.body = pieces.body(&content, 0, size)?;
    let response = client.send_whole(&request, &options.call).await?;
    options.progress.tell(|| Progress {
        id: Receipt::of(&response).id.unwrap_or_default(),
        percent: 100.0,
        size_uploaded: size,
        size_total: size,
        chunks_total: 1,
        chunks_uploaded: 1,
    });
    Ok(response)
}

/// Makes request bodies of parts of a file.
pub(super) struct Pieces {
    pub(super) form: Form,
    buffers: BufferPool,
    failure: ReadFailure,
}

impl Pieces {
    /// The body around a range of bytes in memory or on disk.
    ///
    /// # Errors
    /// `Argument` for a reader, which has no ranges.
    pub(super) fn body(&self, content: &Content, start: u64, length: u64) -> Result<Body> {
        match content {
            Content::Bytes(bytes) => {
                let range = start as usize..(start + length) as usize;
                Ok(self.body_of(bytes.slice(range)))
            }
            Content::File(file) => Ok(Body::Streamed(Arc::new(FileChunk {
                form: self.form.clone(),
                file: file.clone(),
                start,
                length,
                buffers: self.buffers.clone(),
                failure: self.failure.clone(),
            }))),
            Content::Reader(..) => Err(Error::argument("a reader gives its bytes only in order")),
        }
    }

    /// The body around bytes in memory.
    pub(super) fn body_of(&self, bytes: Bytes) -> Body {
        Body::Pieces([self.form.before.clone(), bytes, self.form.after.clone()].into())
    }
}
