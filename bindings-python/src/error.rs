//! Errors on their way to Python.

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

/// Why a call failed: in the core, or in Python code that the call ran, such as a progress callback.
pub(crate) enum Failure {
    Core(polywrite::Error),
    Python(PyErr),
}

impl From<polywrite::Error> for Failure {
    fn from(error: polywrite::Error) -> Self {
        Failure::Core(error)
    }
}

impl From<PyErr> for Failure {
    fn from(error: PyErr) -> Self {
        Failure::Python(error)
    }
}

impl From<Failure> for PyErr {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Python(error) => error,
            Failure::Core(error) => Python::attach(|py| {
                exception(py, &error).unwrap_or_else(|_| PyRuntimeError::new_err(error.to_string()))
            }),
        }
    }
}

/// Builds the Python exception: the error's record crosses as JSON text, Python picks the class.
fn exception(py: Python<'_>, error: &polywrite::Error) -> PyResult<PyErr> {
    static FROM_RECORD: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let from_record = FROM_RECORD.import(py, "polywrite.exception", "from_record")?;
    let record =
        serde_json::to_string(&error.record()).map_err(|cause| PyRuntimeError::new_err(cause.to_string()))?;
    Ok(PyErr::from_value(from_record.call1((record,))?))
}
