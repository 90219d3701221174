//! What may differ from call to call.

use std::time::Duration;

use polywrite::{CallOptions, Operation};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyMapping, PyString};

use crate::error::{failed, raised};
use crate::params::written;

/// What the values of options must be. That they are more than 0 the core checks.
const SECONDS: &str = "a number of seconds, more than 0";
const COUNT: &str = "a whole number, 0 or more";

/// Reads `timeout` and `deadline` (seconds), `retries`, `max_response_bytes` and `headers`; `None` leaves the client's setting.
pub(crate) fn options(operation: &Operation, given: Option<&Bound<'_, PyDict>>) -> PyResult<CallOptions> {
    let mut options = CallOptions::new();
    let refused = |name: &str, wanted: &str| {
        let message = format!("the option `{name}` must be {wanted}");
        failed(polywrite_bridge::refused(operation.id.to_owned(), message))
    };
    for (name, value) in given.into_iter().flatten() {
        if value.is_none() {
            continue;
        }
        let name: String = name.extract()?;
        if value.is_instance_of::<PyBool>() {
            return Err(PyTypeError::new_err(format!("{name} cannot be true or false")));
        }
        // Methods with a parameter of that name take the option with a prefix.
        match name.strip_prefix("call_").unwrap_or(&name) {
            "timeout" => options.timeout = Some(seconds(&value).ok_or_else(|| refused("timeout", SECONDS))?),
            "deadline" => {
                options.deadline = Some(seconds(&value).ok_or_else(|| refused("deadline", SECONDS))?)
            }
            "max_response_bytes" => {
                options.max_response_bytes =
                    Some(value.extract().map_err(|_| refused("max_response_bytes", COUNT))?);
            }
            "retries" => options.retries = Some(value.extract().map_err(|_| refused("retries", COUNT))?),
            "headers" => options.headers = headers(operation, &value)?,
            _ => return Err(PyTypeError::new_err(format!("there is no argument or call option `{name}`"))),
        }
    }
    Ok(options)
}

fn seconds(value: &Bound<'_, PyAny>) -> Option<Duration> {
    Duration::try_from_secs_f64(value.extract().ok()?).ok()
}

/// A text, unless half of a character stands in it.
fn text(operation: &Operation, place: &str, value: &Bound<'_, PyString>) -> PyResult<String> {
    match value.to_str() {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => raised(written(value, place)?.map_err(|error| error.with_operation(operation.id))),
    }
}

/// Reads a mapping of names to values. What is refused is not shown: it may be a credential.
fn headers(operation: &Operation, value: &Bound<'_, PyAny>) -> PyResult<Vec<(String, String)>> {
    let refused = || PyTypeError::new_err("headers must be a mapping of names to values, both text");
    let mut headers = Vec::new();
    for item in value.cast::<PyMapping>().map_err(|_| refused())?.items()? {
        let (name, value): (Bound<'_, PyString>, Bound<'_, PyString>) =
            item.extract().map_err(|_| refused())?;
        let name = text(operation, "headers", &name)?;
        let value = text(operation, &format!("headers.{name}"), &value)?;
        headers.push((name, value));
    }
    Ok(headers)
}
