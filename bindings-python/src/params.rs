//! Python values as JSON. The core refuses what JSON cannot express, and words the error.

use std::cell::Cell;

use polywrite::{CallOptions, Kind, Operation, Params, RAW_CALL};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};
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

/// Reads options by their names in Python; `None` leaves the client's setting. The core checks their values.
///
/// # Errors
/// `TypeError` for a name that no option has, as Python raises it for an unknown argument, and `Foreign` as [`read`].
pub(crate) fn options(given: Option<&Bound<'_, PyDict>>, operation: &Operation) -> PyResult<CallOptions> {
    let mut options = Params::new();
    for (name, value) in given.into_iter().flatten().filter(|(_, value)| !value.is_none()) {
        let name: String = name.extract()?;
        if !CallOptions::is_known(&name) {
            let message = format!("`{name}` is neither an argument nor an option of calls");
            return Err(PyTypeError::new_err(message));
        }
        plain(&value, |json| options.set(name, json))?;
    }
    let read = CallOptions::from_snake_case(&options);
    raised(read.map_err(|error| error.with_operation(operation.id)))
}

/// A value as JSON text, as calls send it.
///
/// # Errors
/// `Foreign` as [`read`], `Failed` for what JSON cannot write.
#[pyfunction]
pub(crate) fn json_text(value: &Bound<'_, PyAny>, name: &str) -> PyResult<String> {
    let text = raised(plain(value, |json| polywrite::json(name, json))?)?;
    Ok(Box::<str>::from(text).into())
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
                Err(_) => half()?.serialize(serializer),
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
                    Err(_) => map.serialize_entry("\u{fffd}", &half()?)?,
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

/// Stands for text with half of a surrogate pair, which Rust's texts cannot have and the core refuses: JSON of the same kind.
fn half<E: Error>() -> Result<Box<RawValue>, E> {
    RawValue::from_string(r#""\ud800""#.to_owned()).map_err(E::custom)
}
