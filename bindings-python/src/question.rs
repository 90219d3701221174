//! Questions: what Python asks beside commands.

use jiter::StringCacheMode;
use pyo3::prelude::*;

use crate::decode::decode;
use crate::error::raised;

/// The answer to the question of a record, which is JSON text, and a text.
#[pyfunction]
pub(crate) fn ask(py: Python<'_>, question: &str, text: &[u8]) -> PyResult<Py<PyAny>> {
    decode(py, &raised(polywrite_bridge::ask(question, text))?, StringCacheMode::All)
}
