//! What may differ from call to call.

use polywrite::{CallOptions, Operation, OptionKind};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyMapping, PyString};
use serde_json::{Map, Number, Value};

use crate::error::raised;
use crate::params::written;

/// Reads options by their names in snake case; `None` leaves the client's setting. The core checks their values.
pub(crate) fn options(operation: &Operation, given: Option<&Bound<'_, PyDict>>) -> PyResult<CallOptions> {
    let mut members = Map::new();
    for (name, value) in given.into_iter().flatten() {
        if value.is_none() {
            continue;
        }
        let name: String = name.extract()?;
        // Methods with a parameter of that name take the option with a prefix.
        let name = name.strip_prefix("call_").unwrap_or(&name);
        if name == "headers" {
            members.insert(name.to_owned(), headers(operation, &value)?);
            continue;
        }
        let Some(option) = CallOptions::known().iter().find(|option| option.field == name) else {
            return Err(PyTypeError::new_err(format!("there is no argument or call option `{name}`")));
        };
        let json = plain(operation, name, &value, option.kind == OptionKind::Time)?;
        let refused = || CallOptions::refused(option.name).with_operation(operation.id);
        let json = raised(json.ok_or_else(refused))?;
        members.insert(option.name.to_owned(), json);
    }
    if members.is_empty() {
        return Ok(CallOptions::new());
    }
    let read = CallOptions::from_json(&Value::Object(members).to_string());
    raised(read.map_err(|error| error.with_operation(operation.id)))
}

/// A value as JSON, seconds as milliseconds; none for what JSON cannot write.
fn plain(
    operation: &Operation,
    name: &str,
    value: &Bound<'_, PyAny>,
    is_time: bool,
) -> PyResult<Option<Value>> {
    if value.is_instance_of::<PyBool>() {
        return Ok(None);
    }
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(Some(Value::String(whole(operation, name, text)?)));
    }
    let is_number = value.is_instance_of::<PyInt>() || value.is_instance_of::<PyFloat>();
    if is_time && is_number {
        let milliseconds = value.extract::<f64>().ok().map(|seconds| seconds * 1000.0);
        return Ok(milliseconds.and_then(Number::from_f64).map(Value::Number));
    }
    if value.is_instance_of::<PyInt>() {
        let number =
            value.extract::<u64>().map(Number::from).or_else(|_| value.extract::<i64>().map(Number::from));
        return Ok(number.ok().map(Value::Number));
    }
    let number = value.cast::<PyFloat>().ok().and_then(|number| Number::from_f64(number.value()));
    Ok(number.map(Value::Number))
}

/// A text, unless half of a character stands in it.
fn whole(operation: &Operation, place: &str, value: &Bound<'_, PyString>) -> PyResult<String> {
    match value.to_str() {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => raised(written(value, place)?.map_err(|error| error.with_operation(operation.id))),
    }
}

/// Reads a mapping of names to values. What is refused is not shown: it may be a credential.
fn headers(operation: &Operation, value: &Bound<'_, PyAny>) -> PyResult<Value> {
    let refused = || PyTypeError::new_err("headers must be a mapping of names to values, both text");
    let mut headers = Map::new();
    for item in value.cast::<PyMapping>().map_err(|_| refused())?.items()? {
        let (name, value): (Bound<'_, PyString>, Bound<'_, PyString>) =
            item.extract().map_err(|_| refused())?;
        let name = whole(operation, "headers", &name)?;
        let value = whole(operation, &format!("headers.{name}"), &value)?;
        headers.insert(name, Value::String(value));
    }
    Ok(Value::Object(headers))
}
