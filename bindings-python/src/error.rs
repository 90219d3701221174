//! Errors on their way to Python.

use pyo3::exceptions::{PyException, PyRuntimeError};
use pyo3::prelude::*;

pyo3::create_exception!(
    polywrite._polywrite,
    Failed,
    PyException,
    "An error of the core: its record, as JSON text. Python makes the exception of it that programs see."
);

pyo3::create_exception!(
    polywrite._polywrite,
    Foreign,
    PyException,
    "A value is neither JSON's nor refused: Python makes it plain, and asks again."
);

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
            Failure::Core(error) => match serde_json::to_string(&error.in_snake_case().record()) {
                Ok(record) => Failed::new_err(record),
                Err(cause) => PyRuntimeError::new_err(cause.to_string()),
            },
        }
    }
}
