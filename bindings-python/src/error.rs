//! Errors as Python exceptions.

use polywrite::{Error, Result};
use pyo3::create_exception;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;

// Python makes the exception of it that programs see.
create_exception!(polywrite._polywrite, Failed, PyException, "An error of the core: its record as JSON.");
// Python makes the value plain, and asks again.
create_exception!(polywrite._polywrite, Foreign, PyException, "A value is neither JSON's nor refused.");
// Python decodes it.
create_exception!(polywrite._polywrite, Nested, PyException, "A body that is nested too deeply for jiter.");

/// The exception for an error of the core, with names as Python writes them.
pub(crate) fn failed(error: Error) -> PyErr {
    Failed::new_err(polywrite_bridge::record(&error.in_snake_case()))
}

/// The core's result for Python.
pub(crate) fn raised<T>(result: Result<T>) -> PyResult<T> {
    result.map_err(failed)
}
