//! What a call gives Python.

use jiter::PythonParse;
use polywrite::{Answer, DownloadProgress, Operation, Progress, Response};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes};
use serde::Serialize;

use super::decode::decode;
use crate::download::Stream;
use crate::error::Failure;

/// How a call ended well.
pub(crate) enum Outcome {
    /// An answer, decoded as its operation says.
    Answer(&'static Operation, Response),
    /// An answer of a call that no operation describes.
    Raw(ResponseType, Response),
    /// A download that has begun.
    Stream(Stream),
    /// The next bytes of a download; empty at its end.
    Chunk(bytes::Bytes),
    /// A whole body, in the pieces it came in.
    Pieces(Vec<bytes::Bytes>),
    /// How many bytes were written to a file.
    Written(u64),
    /// Whether more of a file object is wanted.
    GoesOn(bool),
}

/// What an answer of a call that no operation describes becomes.
#[derive(Clone, Copy)]
pub(crate) enum ResponseType {
    /// What its content type says: decoded JSON, or bytes.
    AsSent,
    Text,
    /// Where it leads.
    Location,
}

/// What a call reports on its way: a record, as JSON.
pub(crate) struct Event(Vec<u8>);

impl Outcome {
    /// Must run on the thread that wants the result: decoding is the expensive part of a call.
    pub(crate) fn into_python(self, py: Python<'_>) -> Result<Py<PyAny>, Failure> {
        Ok(match self {
            Outcome::Answer(operation, response) => match operation.answer {
                Answer::Object | Answer::Data | Answer::Json => decode(py, &response)?,
                Answer::Empty => py.None(),
                Answer::Bytes => PyBytes::new(py, response.body()).into_any().unbind(),
                Answer::Text => response.text()?.into_pyobject(py).map_err(PyErr::from)?.into_any().unbind(),
                Answer::Redirect => {
                    response.location()?.into_pyobject(py).map_err(PyErr::from)?.into_any().unbind()
                }
            },
            Outcome::Raw(ResponseType::Location, response) => {
                response.header("location").into_pyobject(py).map_err(PyErr::from)?.into_any().unbind()
            }
            Outcome::Raw(ResponseType::Text, response) => {
                response.text()?.into_pyobject(py).map_err(PyErr::from)?.into_any().unbind()
            }
            Outcome::Raw(ResponseType::AsSent, response) => {
                let kind = response.header("content-type").unwrap_or_default();
                if kind.starts_with("application/json") && !response.body().is_empty() {
                    decode(py, &response)?
                } else {
                    PyBytes::new(py, response.body()).into_any().unbind()
                }
            }
            Outcome::Stream(stream) => Py::new(py, stream)?.into_any(),
            Outcome::Chunk(bytes) => PyBytes::new(py, &bytes).into_any().unbind(),
            Outcome::Pieces(pieces) => joined(py, pieces)?.into_any().unbind(),
            Outcome::GoesOn(wanted) => PyBool::new(py, wanted).to_owned().into_any().unbind(),
            Outcome::Written(bytes) => bytes.into_pyobject(py).map_err(PyErr::from)?.into_any().unbind(),
        })
    }
}

impl From<&str> for ResponseType {
    fn from(name: &str) -> Self {
        match name {
            "text" => ResponseType::Text,
            "location" => ResponseType::Location,
            _ => ResponseType::AsSent,
        }
    }
}

impl Event {
    /// How far an upload is.
    pub(crate) fn upload(progress: &Progress) -> Self {
        Self::of(progress)
    }

    /// How far a download is.
    pub(crate) fn download(progress: &DownloadProgress) -> Self {
        Self::of(progress)
    }

    fn of(record: &impl Serialize) -> Self {
        Self(serde_json::to_vec(record).unwrap_or_else(|_| b"null".to_vec()))
    }

    pub(crate) fn into_python(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let record = PythonParse::default().python_parse(py, &self.0);
        Ok(record.map_err(|cause| PyValueError::new_err(cause.description(&self.0)))?.unbind())
    }
}

/// One bytes object of many pieces. Each piece is freed once it is copied, so that memory holds the body about once.
fn joined(py: Python<'_>, pieces: Vec<bytes::Bytes>) -> PyResult<Bound<'_, PyBytes>> {
    let size = pieces.iter().map(bytes::Bytes::len).sum();
    PyBytes::new_with(py, size, |buffer| {
        let mut start = 0;
        for piece in pieces {
            buffer[start..start + piece.len()].copy_from_slice(&piece);
            start += piece.len();
        }
        Ok(())
    })
}
