//! A download that has begun, as a Python object; its methods are in `download`.

use pyo3::prelude::*;

/// A download that has begun.
#[pyclass(frozen, module = "polywrite._polywrite")]
pub(crate) struct Stream(pub(crate) polywrite_bridge::Stream);
