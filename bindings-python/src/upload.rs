//! Uploads.

use std::io;
use std::path::PathBuf;

use bytes::Bytes;
use polywrite::Result;
use polywrite_bridge::Content;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;

use crate::call::Call;
use crate::error::raised;
use crate::value::Value;

/// How many pieces of a Python file object may wait to be sent.
const PIECES: usize = 2;

/// The state of an upload that may have to be continued.
#[pyclass(frozen, module = "polywrite._polywrite")]
#[derive(Default)]
pub(crate) struct UploadSession(pub(crate) polywrite::UploadSession);

#[pymethods]
impl UploadSession {
    #[new]
    fn new() -> Self {
        Self::default()
    }

    /// The session that `to_json` has written, in this process or another.
    #[staticmethod]
    fn from_json(text: &str) -> PyResult<Self> {
        raised(polywrite::UploadSession::from_json(text)).map(Self)
    }

    /// What it knows, as JSON text without secrets: of the file nothing but its size in bytes.
    fn to_json(&self) -> String {
        self.0.to_json()
    }

    /// The ID of the file or deployment, once one is chosen.
    #[getter]
    fn id(&self) -> Option<String> {
        self.0.id()
    }

    /// How many chunks of 5 MiB the server has acknowledged.
    #[getter]
    fn chunks_acknowledged(&self) -> u64 {
        self.0.chunks_acknowledged()
    }
}

/// Where a thread of Python's puts what it reads of a file object. One of ours would take the process down when the
/// interpreter ends in the middle of a `read`.
#[pyclass(frozen, module = "polywrite._polywrite")]
pub(crate) struct Pieces(polywrite_bridge::Pieces);

#[pymethods]
impl Pieces {
    #[new]
    fn new() -> Self {
        Self(polywrite_bridge::Pieces::new(PIECES))
    }

    /// A call that waits for room, and says whether to go on: not after an empty piece, nor when nobody wants more.
    fn put(&self, piece: PyBackedBytes) -> Call {
        self.putting(Ok(Bytes::from_owner(piece)))
    }

    /// A call that ends the upload with an error.
    fn fail(&self, reason: &str) -> Call {
        self.putting(Err(io::Error::other(format!("the file object cannot be read: {reason}"))))
    }
}

impl Pieces {
    fn putting(&self, piece: io::Result<Bytes>) -> Call {
        let put = self.0.put(piece);
        Call::new(async move { Ok(Value::GoesOn(put.await)) })
    }
}

/// Where the bytes are: a path, bytes, or pieces with, where that is known, their size.
#[derive(FromPyObject)]
pub(crate) enum Origin {
    Bytes(PyBackedBytes),
    Path(PathBuf),
    Pieces(Py<Pieces>, Option<u64>),
}

impl Origin {
    pub(crate) fn content(self) -> Result<Content> {
        Ok(match self {
            Origin::Path(path) => Content::Path(path),
            Origin::Bytes(bytes) => Content::Bytes(Bytes::from_owner(bytes)),
            Origin::Pieces(pieces, size) => Content::Pieces(pieces.get().0.reader()?, size),
        })
    }
}
