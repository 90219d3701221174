//! What may differ from call to call.

use polywrite::{CallOptions, Operation};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde_json::{Map, Value};

use crate::error::raised;
use crate::params::written;

/// Reads options by their names in snake case; `None` leaves the client's setting. The core checks their values.
///
/// # Errors
/// `Foreign` for values that Python has to make plain before.
pub(crate) fn read(operation: &Operation, given: Option<&Bound<'_, PyDict>>) -> PyResult<CallOptions> {
    let mut members = Map::new();
    for (name, value) in given.into_iter().flatten().filter(|(_, value)| !value.is_none()) {
        let name: String = name.extract()?;
        // Methods with a parameter of that name take the option with a prefix.
        let name = name.strip_prefix("call_").unwrap_or(&name);
        if !CallOptions::is_known(name) {
            return Err(PyTypeError::new_err(format!(
                "`{name}` is neither an argument nor an option of calls"
            )));
        }
        let text = raised(written(&value, name)?.map_err(|error| error.with_operation(operation.id)))?;
        members.insert(name.to_owned(), serde_json::from_str(&text).unwrap_or(Value::Null));
    }
    let read = CallOptions::from_snake_case(members);
    raised(read.map_err(|error| error.with_operation(operation.id)))
}
