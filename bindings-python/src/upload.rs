//! Uploads.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use polywrite_bridge::{Content, Outcome};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;

use crate::call::Call;
use crate::error::raised;

/// How many pieces of a Python file object may wait to be sent.
const PIECES: usize = 2;

/// The state of an upload that may have to be continued.
#[pyclass(frozen, module = "polywrite._polywrite")]
pub(crate) struct UploadSession(pub(crate) polywrite::UploadSession);

#[pymethods]
impl UploadSession {
    /// A session as JSON text has it; of which nothing was sent without one.
    #[new]
    #[pyo3(signature = (text = None))]
    fn new(text: Option<&str>) -> PyResult<Self> {
        raised(text.map_or(Ok(Default::default()), polywrite::UploadSession::from_json)).map(Self)
    }

    /// What it knows, as JSON text without secrets: of the file nothing but its size in bytes.
    fn to_json(&self) -> String {
        self.0.to_json()
    }
}

/// Where a thread of Python's puts what it reads of a file object. One of ours would take the process down when the
/// interpreter ends in the middle of a `read`.
#[pyclass(frozen, module = "polywrite._polywrite")]
pub(crate) struct Pieces(Arc<polywrite_bridge::Pieces>, Option<u64>);

#[pymethods]
impl Pieces {
    /// `size` is how many bytes they have together, if that is known.
    #[new]
    fn new(size: Option<u64>) -> Self {
        Self(Arc::new(polywrite_bridge::Pieces::new(PIECES)), size)
    }

    /// A call that waits for room, and says whether to go on: not after an empty piece, nor when no more is wanted.
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
        Call::new(|_| async { Ok((Outcome::Wanted(put.await), None)) })
    }
}

/// Where the bytes are: in memory, on disk, or with Python, which hands them over.
#[derive(FromPyObject)]
pub(crate) enum Origin {
    Bytes(PyBackedBytes),
    Path(PathBuf),
    Pieces(Py<Pieces>),
}

impl Origin {
    pub(crate) fn content(self) -> Content {
        match self {
            Origin::Path(path) => Content::Path(path),
            Origin::Bytes(bytes) => Content::Bytes(Bytes::from_owner(bytes)),
            Origin::Pieces(pieces) => Content::Pieces(Arc::clone(&pieces.get().0), pieces.get().1),
        }
    }
}
