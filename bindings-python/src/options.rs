//! What may differ from call to call.

use std::time::Duration;

use polywrite::CallOptions;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyMapping, PyString};

use crate::params::json_text;

/// Reads `timeout` and `deadline` (seconds), `retries`, `max_response_bytes` and `headers`; `None` leaves the client's setting.
pub(crate) fn options(given: Option<&Bound<'_, PyDict>>) -> PyResult<CallOptions> {
    let mut options = CallOptions::new();
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
            "timeout" => options.timeout = Some(seconds("timeout", &value)?),
            "deadline" => options.deadline = Some(seconds("deadline", &value)?),
            "max_response_bytes" => {
                let bytes: Option<u64> = value.extract().ok().filter(|bytes| *bytes > 0);
                let refused =
                    || PyValueError::new_err("max_response_bytes must be a whole number, more than 0");
                options.max_response_bytes = Some(bytes.ok_or_else(refused)?);
            }
            "retries" => {
                let refused = || PyValueError::new_err("retries must be a whole number, 0 or more");
                options.retries = Some(value.extract().map_err(|_| refused())?);
            }
            "headers" => options.headers = headers(&value)?,
            _ => return Err(PyTypeError::new_err(format!("there is no argument or call option `{name}`"))),
        }
    }
    Ok(options)
}

fn seconds(name: &str, value: &Bound<'_, PyAny>) -> PyResult<Duration> {
    let refused = || PyValueError::new_err(format!("{name} must be a number of seconds, more than 0"));
    let seconds: f64 = value.extract().map_err(|_| refused())?;
    match Duration::try_from_secs_f64(seconds) {
        Ok(duration) if !duration.is_zero() => Ok(duration),
        _ => Err(refused()),
    }
}

/// A text, unless half of a character stands in it.
fn text(place: &str, value: &Bound<'_, PyString>) -> PyResult<String> {
    if let Ok(text) = value.to_str() {
        return Ok(text.to_owned());
    }
    json_text(value, place)
}

/// Reads a mapping of names to values. What is refused is not shown: it may be a credential.
fn headers(value: &Bound<'_, PyAny>) -> PyResult<Vec<(String, String)>> {
    let refused = || PyTypeError::new_err("headers must be a mapping of names to values, both text");
    let mut headers = Vec::new();
    for item in value.cast::<PyMapping>().map_err(|_| refused())?.items()? {
        let (name, value): (Bound<'_, PyString>, Bound<'_, PyString>) =
            item.extract().map_err(|_| refused())?;
        let name = text("headers", &name)?;
        let value = text(&format!("headers.{name}"), &value)?;
        headers.push((name, value));
    }
    Ok(headers)
}
