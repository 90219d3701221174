//! What a call gives Python.

use bytes::Bytes;
use jiter::PythonParse;
use polywrite_bridge::Outcome;
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::decode::decode;
use crate::error::raised;
use crate::stream::Stream;

/// How a call ended well.
pub(crate) enum Value {
    /// A whole response, or a file that was written.
    Outcome(Outcome),
    /// A download that has begun.
    Stream(Stream),
    /// The next bytes of a download; empty at its end.
    Piece(Bytes),
    /// Whether more of a file object is wanted.
    GoesOn(bool),
}

impl Value {
    /// Must run on the thread that wants the result: decoding is the expensive part of a call.
    pub(crate) fn into_python(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        match self {
            Value::Outcome(Outcome::Empty) => Ok(py.None()),
            Value::Outcome(Outcome::Json(response)) => decode(py, &response),
            Value::Outcome(Outcome::Text(response)) => raised(response.text())?.into_py_any(py),
            Value::Outcome(Outcome::Bytes(pieces)) => Ok(joined(py, pieces)?.into_any().unbind()),
            Value::Outcome(Outcome::Location(location)) => location.into_py_any(py),
            Value::Outcome(Outcome::Written(bytes)) => bytes.into_py_any(py),
            Value::Outcome(Outcome::Stream(stream)) => Stream(stream).into_py_any(py),
            Value::Stream(stream) => stream.into_py_any(py),
            Value::Piece(bytes) => Ok(PyBytes::new(py, &bytes).into_any().unbind()),
            Value::GoesOn(wanted) => wanted.into_py_any(py),
        }
    }
}

/// The record of how far a transfer is, which comes as JSON text.
pub(crate) fn progress(py: Python<'_>, record: &str) -> PyResult<Py<PyAny>> {
    let value = PythonParse::default().python_parse(py, record.as_bytes());
    Ok(value.map_err(|cause| PyValueError::new_err(cause.description(record.as_bytes())))?.unbind())
}

/// One bytes object of many pieces. Each piece is freed once it is copied, so that memory holds the body about once.
fn joined(py: Python<'_>, pieces: Vec<Bytes>) -> PyResult<Bound<'_, PyBytes>> {
    let size = pieces.iter().map(Bytes::len).sum();
    PyBytes::new_with(py, size, |buffer| {
        let mut start = 0;
        for piece in pieces {
            buffer[start..start + piece.len()].copy_from_slice(&piece);
            start += piece.len();
        }
        Ok(())
    })
}
