//! Files on their way up.

use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use polywrite::{FileSource, Operation, UploadOptions};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyDict;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::sync::mpsc::{self, Receiver, Sender};

use crate::call::{Call, Event, Outcome, options, params};

/// How many pieces of a Python file object may wait to be sent.
const PIECES: usize = 2;

/// What is known about an upload that may have to be taken up again.
#[pyclass(frozen, module = "polywrite._polywrite")]
#[derive(Default)]
pub(crate) struct UploadSession(polywrite::UploadSession);

#[pymethods]
impl UploadSession {
    #[new]
    fn new() -> Self {
        Self::default()
    }
}

/// Where a thread of Python's puts what it reads of a file object. One of ours would take the process down when the
/// interpreter ends in the middle of a `read`.
#[pyclass(frozen, module = "polywrite._polywrite")]
pub(crate) struct Pieces {
    sender: Sender<io::Result<Bytes>>,
    /// Until the upload takes it.
    receiver: Mutex<Option<Receiver<io::Result<Bytes>>>>,
}

#[pymethods]
impl Pieces {
    #[new]
    fn new() -> Self {
        let (sender, receiver) = mpsc::channel(PIECES);
        Self { sender, receiver: Mutex::new(Some(receiver)) }
    }

    /// A call that waits for room, and says whether to go on: not after an empty piece, nor when nobody wants more.
    fn put(&self, piece: PyBackedBytes) -> Call {
        let goes_on = !piece.is_empty();
        self.sending(Ok(Bytes::from_owner(piece)), goes_on)
    }

    /// A call that ends with an error.
    fn fail(&self, reason: &str) -> Call {
        self.sending(Err(io::Error::other(format!("the file object cannot be read: {reason}"))), false)
    }
}

impl Pieces {
    fn sending(&self, piece: io::Result<Bytes>, goes_on: bool) -> Call {
        let sender = self.sender.clone();
        Call::new(async move { Ok(Outcome::GoesOn(sender.send(piece).await.is_ok() && goes_on)) })
    }
}

/// Where the bytes are: a path, bytes, or pieces with, where that is known, their size.
#[derive(FromPyObject)]
pub(crate) enum Origin {
    Bytes(PyBackedBytes),
    Path(PathBuf),
    Pieces(Py<Pieces>, Option<u64>),
}

/// A file to send.
pub(crate) struct File {
    pub(crate) origin: Origin,
    pub(crate) name: String,
    pub(crate) mime_type: Option<String>,
}

/// The operation that uploads to a path below the endpoint, with the parameters that stand in the path.
pub(crate) fn at(method: &str, path: &str) -> Option<(&'static str, Vec<(&'static str, String)>)> {
    polywrite::operations()
        .filter(|operation| {
            operation.upload.is_some() && operation.method.as_str().eq_ignore_ascii_case(method)
        })
        .find_map(|operation| Some((operation.id, in_path(operation.path, path)?)))
}

/// What stands in a path where a template has names in braces, if it fits.
fn in_path(template: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
    let mut found = Vec::new();
    let mut given = path.trim_matches('/').split('/');
    for part in template.trim_matches('/').split('/') {
        let value = given.next()?;
        match part.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(name) => found.push((name, value.to_owned())),
            None if part == value => {}
            None => return None,
        }
    }
    given.next().is_none().then_some(found)
}

/// A call that sends a file. It reports its progress if `reports`.
pub(crate) fn upload(
    client: polywrite::Client,
    operation: &'static Operation,
    given: &Bound<'_, PyDict>,
    file: File,
    session: &UploadSession,
    call_options: Option<&Bound<'_, PyDict>>,
    reports: bool,
) -> PyResult<Call> {
    let given = params::read(given, Some(operation))?;
    let mut upload_options = UploadOptions::new().call(options(call_options)?).session(&session.0);
    let (sender, events) = mpsc::unbounded_channel();
    if reports {
        upload_options =
            upload_options.on_progress(move |progress| drop(sender.send(Event::upload(&progress))));
    }
    let source = file.open()?;
    let task = async move {
        let response = client.upload(operation, given, source, upload_options).await?;
        Ok(Outcome::Answer(operation, response))
    };
    Ok(if reports { Call::reporting(task, events) } else { Call::new(task) })
}

impl File {
    fn open(self) -> PyResult<FileSource> {
        let source = match self.origin {
            Origin::Path(path) => FileSource::path(path).file_name(self.name),
            Origin::Bytes(bytes) => FileSource::bytes(self.name, Bytes::from_owner(bytes)),
            Origin::Pieces(pieces, size) => {
                let receiver = pieces.get().receiver.lock().ok().and_then(|mut slot| slot.take());
                let pieces =
                    receiver.ok_or_else(|| PyRuntimeError::new_err("this file is being read already"))?;
                FileSource::reader(self.name, size, PieceReader { pieces, present: Bytes::new() })
            }
        };
        Ok(match self.mime_type {
            Some(mime_type) => source.mime_type(mime_type),
            None => source,
        })
    }
}

/// The pieces that another thread reads, as a reader.
struct PieceReader {
    pieces: Receiver<io::Result<Bytes>>,
    present: Bytes,
}

impl AsyncRead for PieceReader {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.present.is_empty() {
            match ready!(self.pieces.poll_recv(context)) {
                Some(piece) => self.present = piece?,
                None => return Poll::Ready(Ok(())),
            }
        }
        let length = self.present.len().min(buffer.remaining());
        buffer.put_slice(&self.present[..length]);
        self.present.advance(length);
        Poll::Ready(Ok(()))
    }
}
