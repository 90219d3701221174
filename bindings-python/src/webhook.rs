//! Requests of webhooks.

use pyo3::prelude::*;

use crate::decode::decode;
use crate::error::raised;

/// What a request says, or the signature of its body, as the record asks, which is JSON text.
#[pyfunction]
pub(crate) fn webhook(py: Python<'_>, record: &str, body: &[u8]) -> PyResult<Py<PyAny>> {
    decode(py, &raised(polywrite_bridge::webhook(record, body))?)
}
