//! Python values on their way into JSON.

use std::cell::RefCell;

use polywrite::{Kind, Operation, Params};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

/// Deeper values are refused: most likely they contain themselves.
const DEPTH: usize = 128;

/// Reads parameters by wire name. `None` is left out unless the parameter must be there, or no operation says what may be
/// left out: then it is `null`.
pub(crate) fn read(given: &Bound<'_, PyDict>, operation: Option<&Operation>) -> PyResult<Params> {
    let mut params = Params::new();
    for (name, value) in given.iter() {
        let name: String = name.extract()?;
        let param = operation.and_then(|operation| operation.param(&name));
        if value.is_none() && operation.is_some() && param.is_none_or(|param| !param.required) {
            continue;
        }
        let trouble = RefCell::new(None);
        let json = Json { value: &value, depth: 0, trouble: &trouble };
        match whole(&value, param.map(|param| param.kind)) {
            Some(number) => params.set(name.clone(), &number),
            None => params.set(name.clone(), &json),
        };
        if let Some(error) = trouble.into_inner() {
            return Err(at(given.py(), &name, error));
        }
    }
    Ok(params)
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

/// Says which parameter could not be written, without showing it.
fn at(py: Python<'_>, name: &str, error: PyErr) -> PyErr {
    let message = format!("{name}: {}", error.value(py));
    if error.is_instance_of::<PyValueError>(py) {
        PyValueError::new_err(message)
    } else if error.is_instance_of::<PyTypeError>(py) {
        PyTypeError::new_err(message)
    } else {
        error
    }
}

/// A Python value that serializes itself. The first exception is kept in `trouble`.
struct Json<'a, 'py> {
    value: &'a Bound<'py, PyAny>,
    depth: usize,
    trouble: &'a RefCell<Option<PyErr>>,
}

impl<'py> Json<'_, 'py> {
    fn inner<'b>(&'b self, value: &'b Bound<'py, PyAny>) -> Json<'b, 'py> {
        Json { value, depth: self.depth + 1, trouble: self.trouble }
    }

    fn refuse<E: serde::ser::Error>(&self, error: PyErr) -> E {
        self.trouble.borrow_mut().get_or_insert(error);
        E::custom("not JSON")
    }
}

impl Serialize for Json<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = self.value;
        if self.depth > DEPTH {
            return Err(self.refuse(PyValueError::new_err("lists and dicts are nested too deep")));
        }
        if let Ok(text) = value.cast::<PyString>() {
            return match text.to_str() {
                Ok(text) => serializer.serialize_str(text),
                Err(_) => Err(self.refuse(PyValueError::new_err("text with half a surrogate pair"))),
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
                Err(_) => match value.extract::<i128>() {
                    Ok(number) => serializer.serialize_i128(number),
                    Err(_) => Err(self.refuse(PyValueError::new_err("a whole number of more than 128 bits"))),
                },
            };
        }
        if let Ok(number) = value.cast::<PyFloat>() {
            let number = number.value();
            return if number.is_finite() {
                serializer.serialize_f64(number)
            } else {
                Err(self.refuse(PyValueError::new_err("nan and infinity are not JSON")))
            };
        }
        if let Ok(dict) = value.cast::<PyDict>() {
            let mut map = serializer.serialize_map(Some(dict.len()))?;
            for (key, item) in dict.iter() {
                match key.cast::<PyString>().ok().and_then(|key| key.to_str().ok()) {
                    Some(key) => map.serialize_entry(key, &self.inner(&item))?,
                    None => {
                        let key = key_text(&key).map_err(|error| self.refuse(error))?;
                        map.serialize_entry(&key, &self.inner(&item))?;
                    }
                }
            }
            return map.end();
        }
        if let Ok(list) = value.cast::<PyList>() {
            let mut sequence = serializer.serialize_seq(Some(list.len()))?;
            for item in list.iter() {
                sequence.serialize_element(&self.inner(&item))?;
            }
            return sequence.end();
        }
        if let Ok(tuple) = value.cast::<PyTuple>() {
            let mut sequence = serializer.serialize_seq(Some(tuple.len()))?;
            for item in tuple.iter() {
                sequence.serialize_element(&self.inner(&item))?;
            }
            return sequence.end();
        }
        match convert(value) {
            Ok(plain) => self.inner(&plain).serialize(serializer),
            Err(error) => Err(self.refuse(error)),
        }
    }
}

/// A key that is no text: numbers are written as text, as Python's own `json` does.
fn key_text(key: &Bound<'_, PyAny>) -> PyResult<String> {
    if key.is_instance_of::<PyInt>() && !key.is_instance_of::<PyBool>() {
        return key.str()?.extract();
    }
    Err(PyTypeError::new_err(format!("keys must be text, not {}", key.get_type().name()?)))
}

/// Everything else, such as enums, dates and models: Python says what it is in plain values.
fn convert<'py>(value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    static PLAIN: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    PLAIN.import(value.py(), "polywrite._values", "plain")?.call1((value,))
}
