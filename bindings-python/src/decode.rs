//! JSON into Python's values.

use jiter::{JsonErrorType, PythonParse, StringCacheMode};
use polywrite::Response;
use pyo3::exceptions::PyValueError;
use pyo3::ffi::{PyGC_Disable, PyGC_Enable};
use pyo3::prelude::*;
use serde_json::value::RawValue;

use crate::error::{Nested, failed, raised};

/// Decodes a response. Integers are exact at any size; repeated short strings become one object, as far as `cache` says.
pub(crate) fn decode(py: Python<'_>, response: &Response, cache: StringCacheMode) -> PyResult<Py<PyAny>> {
    raised(response.check_numbers())?;
    // A decoded body is all alive, so a garbage collector that walks it again and again while it grows finds nothing: a
    // tenth of the time of a large list.
    // SAFETY: both functions need no more than a thread that is attached to the interpreter, as `py` shows.
    #[expect(unsafe_code, reason = "PyO3 offers no safe access to the collector")]
    let _no_collection = scopeguard::guard(unsafe { PyGC_Disable() }, |was_on| {
        if was_on == 1 {
            unsafe { PyGC_Enable() };
        }
    });
    match parse(cache).python_parse(py, response.body()) {
        Ok(value) => Ok(value.unbind()),
        // The decoder stops at 200 levels to protect the stack, the core at 640.
        Err(cause) if cause.error_type == JsonErrorType::RecursionLimitExceeded => {
            let text = raised(response.json_text())?;
            Err(match serde_json::from_str::<&RawValue>(text) {
                Ok(_) => Nested::new_err(text.to_owned()),
                Err(cause) => failed(response.unreadable(cause)),
            })
        }
        Err(cause) => Err(failed(response.unreadable(cause.description(response.body())))),
    }
}

/// Decodes a record of the bridge's.
pub(crate) fn decode_record(py: Python<'_>, record: &str) -> PyResult<Py<PyAny>> {
    let value = parse(StringCacheMode::All).python_parse(py, record.as_bytes());
    value.map(Bound::unbind).map_err(|cause| PyValueError::new_err(cause.to_string()))
}

fn parse(cache_mode: StringCacheMode) -> PythonParse {
    PythonParse { cache_mode, ..PythonParse::default() }
}
