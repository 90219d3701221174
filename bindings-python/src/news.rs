//! What is heard of a call, as Python has it: a list of names and what each stands for.

use polywrite_bridge::{Heard, Moment, News};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::PyList;

use crate::decode::decode_record;

/// A list, where a transfer's progress is a dict.
pub(crate) fn into_list(py: Python<'_>, news: News) -> PyResult<Py<PyAny>> {
    let list = PyList::empty(py);
    for heard in news.into_heard() {
        list.append(match heard {
            Heard::Event(hook, moment) => (hook.as_str(), values(py, moment)?).into_py_any(py)?,
            Heard::Log(level, line) => ("log", (level.as_str(), line)).into_py_any(py)?,
            Heard::Record(name, record) => (name, decode_record(py, record.get())?).into_py_any(py)?,
        })?;
    }
    list.into_py_any(py)
}

/// The values of `CallEvent` in its order; times in seconds.
fn values(py: Python<'_>, moment: Moment) -> PyResult<Py<PyAny>> {
    let seconds = |millis: Option<f64>| millis.map(|millis| millis / 1000.0);
    let Moment { request, operation, method, host, path, attempt, status, elapsed, wait, kind, error } =
        moment;
    let (elapsed, wait, kind) = (seconds(elapsed), seconds(wait), kind.map(|kind| kind.as_str()));
    (request, operation, method, host, path, attempt, status, elapsed, wait, kind, error).into_py_any(py)
}
