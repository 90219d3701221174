//! What a call gives Python.

use bytes::{BufMut, Bytes};
use jiter::StringCacheMode;
use polywrite_bridge::Outcome;
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::decode::decode;
use crate::error::raised;
use crate::messages::Messages;

/// A download that has begun; its methods are in `download`.
#[pyclass(frozen, module = "polywrite._polywrite")]
pub(crate) struct Stream(pub(crate) polywrite_bridge::Stream);

/// Must run on the thread that wants the result: decoding is the expensive part of a call.
pub(crate) fn into_python(py: Python<'_>, outcome: Outcome) -> PyResult<Py<PyAny>> {
    match outcome {
        Outcome::Empty => Ok(py.None()),
        Outcome::Json(response) => decode(py, &response, StringCacheMode::All),
        Outcome::Messages(messages) => Messages(messages).into_py_any(py),
        Outcome::Text(response) => raised(response.text())?.into_py_any(py),
        Outcome::Bytes(pieces) => Ok(joined(py, pieces)?.into_any().unbind()),
        Outcome::Location(location) => location.into_py_any(py),
        Outcome::Written(bytes) => bytes.into_py_any(py),
        Outcome::Stream(stream) => Stream(stream).into_py_any(py),
        Outcome::Piece(bytes) => Ok(PyBytes::new(py, &bytes.unwrap_or_default()).into_any().unbind()),
        Outcome::Wanted(wanted) => wanted.into_py_any(py),
    }
}

/// One bytes object of many pieces. Each piece is freed once it is copied, so that memory holds the body about once.
fn joined(py: Python<'_>, pieces: Vec<Bytes>) -> PyResult<Bound<'_, PyBytes>> {
    let size = pieces.iter().map(Bytes::len).sum();
    PyBytes::new_with(py, size, |mut buffer| {
        pieces.into_iter().for_each(|piece| buffer.put(piece));
        Ok(())
    })
}
