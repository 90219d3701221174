//! Python values as JSON. The core refuses what JSON cannot express, and words the error.

use std::cell::Cell;

use polywrite::{Kind, Operation, Params, RAW_CALL};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};
use serde::ser::{Error, Serialize, SerializeMap, Serializer};
use serde_json::value::RawValue;

use crate::error::{Foreign, raised};

/// Reads parameters by wire name. `None` is left out unless the parameter must be there, or the program describes the
/// request itself: then it is `null`.
///
/// # Errors
/// `Foreign` for values that Python has to make plain before.
pub(crate) fn read(given: &Bound<'_, PyDict>, operation: &Operation) -> PyResult<Params> {
    let mut params = Params::new();
    let keeps_none = operation.id == RAW_CALL.id;
    for (name, value) in given.iter() {
        let name: String = name.extract()?;
        let param = operation.param(&name);
        if value.is_none() && !keeps_none && param.is_none_or(|param| !param.required) {
            continue;
        }
        match whole(&value, param.map(|param| param.kind)) {
            Some(number) => params.set(name, &number),
            None => plain(&value, |json| params.set(name, json))?,
        };
    }
    Ok(params)
}

/// A value as JSON text, as calls send it.
///
/// # Errors
/// `Foreign` as [`read`], `Failed` for what JSON cannot write.
#[pyfunction]
pub(crate) fn json_text(value: &Bound<'_, PyAny>, name: &str) -> PyResult<String> {
    raised(written(value, name)?)
}

/// As [`json_text`], with the core's own error.
pub(crate) fn written(value: &Bound<'_, PyAny>, name: &str) -> PyResult<polywrite::Result<String>> {
    let text = plain(value, |json| polywrite::json(name, json))?;
    Ok(text.map(|text| String::from(Box::<str>::from(text))))
}

/// Uses a value as JSON.
fn plain<T>(value: &Bound<'_, PyAny>, work: impl FnOnce(&Json<'_, '_>) -> T) -> PyResult<T> {
    let foreign = Cell::new(false);
    let done = work(&Json { value: value.clone(), foreign: &foreign });
    if foreign.get() { Err(Foreign::new_err("")) } else { Ok(done) }
}

/// `255.0` where a whole number is wanted: programs written for float signatures pass it.
fn whole(value: &Bound<'_, PyAny>, kind: Option<Kind>) -> Option<i64> {
    if kind != Some(Kind::Integer) {
        return None;
    }
    let number = value.cast::<PyFloat>().ok()?.value();
    #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and small")]
    (number.fract() == 0.0 && number.abs() < 9e15).then_some(number as i64)
}

/// A Python value that serializes itself, without running any Python.
struct Json<'a, 'py> {
    value: Bound<'py, PyAny>,
    /// Whether a value was met that only Python can make plain.
    foreign: &'a Cell<bool>,
}

impl<'py> Json<'_, 'py> {
    fn inner(&self, value: Bound<'py, PyAny>) -> Self {
        Json { value, foreign: self.foreign }
    }

    fn leave_to_python<E: Error>(&self) -> E {
        self.foreign.set(true);
        E::custom("not plain")
    }
}

impl Serialize for Json<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = &self.value;
        if let Ok(text) = value.cast::<PyString>() {
            return match text.to_str() {
                Ok(text) => serializer.serialize_str(text),
                Err(_) => half_of(text)?.serialize(serializer),
            };
        }
        if value.is_none() {
            return serializer.serialize_none();
        }
        if let Ok(flag) = value.cast::<PyBool>() {
            return serializer.serialize_bool(flag.is_true());
        }
        if value.is_instance_of::<PyInt>() {
            return match value.extract::<i64>() {
                Ok(number) => serializer.serialize_i64(number),
                // As much too large as any.
                Err(_) => serializer.serialize_u64(u64::MAX),
            };
        }
        if let Ok(number) = value.cast::<PyFloat>() {
            return serializer.serialize_f64(number.value());
        }
        if let Ok(dict) = value.cast::<PyDict>() {
            let mut map = serializer.serialize_map(Some(dict.len()))?;
            for (key, item) in dict.iter() {
                let Ok(key) = key.cast::<PyString>() else { return Err(self.leave_to_python()) };
                match key.to_str() {
                    Ok(text) => map.serialize_entry(text, &self.inner(item))?,
                    Err(_) => map.serialize_entry("\u{fffd}", &half_of(key)?)?,
                }
            }
            return map.end();
        }
        if let Ok(list) = value.cast::<PyList>() {
            return serializer.collect_seq(list.iter().map(|item| self.inner(item)));
        }
        if let Ok(tuple) = value.cast::<PyTuple>() {
            return serializer.collect_seq(tuple.iter().map(|item| self.inner(item)));
        }
        Err(self.leave_to_python())
    }
}

/// Stands for text with half of a surrogate pair, which Rust's texts cannot have: the half, as JSON writes it.
fn half_of<E: Error>(text: &Bound<'_, PyString>) -> Result<Box<RawValue>, E> {
    // SAFETY: a call with a text and two C strings; what it returns is owned, or nothing with an exception set.
    #[expect(unsafe_code, reason = "PyO3 offers no safe function that does not run Python")]
    let encoded = unsafe {
        let bytes =
            pyo3::ffi::PyUnicode_AsEncodedString(text.as_ptr(), c"utf-8".as_ptr(), c"surrogatepass".as_ptr());
        Bound::from_owned_ptr_or_err(text.py(), bytes)
    };
    let encoded = encoded.map_err(E::custom)?;
    let bytes = encoded.cast::<PyBytes>().map_err(E::custom)?.as_bytes();
    let start = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let half = bytes[start..]
        .get(1..3)
        .map_or(0xd800, |rest| 0xd000 | u32::from(rest[0] & 0x3f) << 6 | u32::from(rest[1] & 0x3f));
    RawValue::from_string(format!("\"\\u{half:04x}\"")).map_err(E::custom)
}
