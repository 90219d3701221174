//! JSON into Python's values.

use std::error::Error;

use jiter::{Jiter, JsonErrorType, Peek, PythonParse, StringCacheMode};
use polywrite::Response;
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString};

use crate::error::{failed, raised};

/// Decodes a response. Integers are exact at any size; repeated short strings become one object.
pub(crate) fn decode(py: Python<'_>, response: &Response) -> PyResult<Py<PyAny>> {
    let body = response.body();
    raised(response.check_numbers())?;
    let parse = PythonParse { cache_mode: StringCacheMode::All, ..PythonParse::default() };
    let _no_collection = NoCollection::begin(py);
    match parse.python_parse(py, body) {
        Ok(value) => Ok(value.unbind()),
        // The decoder stops at 200 levels to protect the stack.
        Err(cause) if cause.error_type == JsonErrorType::RecursionLimitExceeded => {
            raised(response.json_text())?;
            deep(py, response)
        }
        Err(cause) => Err(failed(response.unreadable(cause.description(body)))),
    }
}

/// A list or a dict that is being read, and the key of what comes next.
enum Open<'py> {
    List(Bound<'py, PyList>),
    Dict(Bound<'py, PyDict>, Bound<'py, PyString>),
}

/// Decodes a response of any depth, which costs twice the time and no stack.
fn deep(py: Python<'_>, response: &Response) -> PyResult<Py<PyAny>> {
    read(py, response.body()).map_err(|trouble| match trouble.downcast::<PyErr>() {
        Ok(error) => *error,
        Err(cause) => failed(response.unreadable(cause)),
    })
}

fn read(py: Python<'_>, body: &[u8]) -> Result<Py<PyAny>, Box<dyn Error>> {
    let mut reader = Jiter::new(body);
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut peek = reader.peek()?;
    loop {
        let mut value = match peek {
            Peek::Array => {
                let list = PyList::empty(py);
                if let Some(first) = reader.known_array()? {
                    open.push(Open::List(list));
                    peek = first;
                    continue;
                }
                list.into_any()
            }
            Peek::Object => {
                let dict = PyDict::new(py);
                if let Some(key) = reader.known_object()? {
                    open.push(Open::Dict(dict, PyString::new(py, key)));
                    peek = reader.peek()?;
                    continue;
                }
                dict.into_any()
            }
            Peek::String => PyString::new(py, reader.known_str()?).into_any(),
            Peek::True | Peek::False => reader.known_bool(peek)?.into_bound_py_any(py)?,
            Peek::Null => {
                reader.known_null()?;
                py.None().into_bound(py)
            }
            _ => reader.known_number(peek)?.into_bound_py_any(py)?,
        };
        // The value may be the last one of what is open, and that of what is open around it.
        peek = loop {
            let Some(mut last) = open.pop() else {
                reader.finish()?;
                return Ok(value.unbind());
            };
            let next = match &mut last {
                Open::List(list) => {
                    list.append(value)?;
                    reader.array_step()?
                }
                Open::Dict(dict, key) => {
                    dict.set_item(&*key, value)?;
                    let next = reader.next_key()?.map(|next| PyString::new(py, next));
                    if let Some(next) = next {
                        *key = next;
                        Some(reader.peek()?)
                    } else {
                        None
                    }
                }
            };
            if let Some(next) = next {
                open.push(last);
                break next;
            }
            value = match last {
                Open::List(list) => list.into_any(),
                Open::Dict(dict, _) => dict.into_any(),
            };
        };
    }
}

/// Keeps the garbage collector from running. A decoded body is all alive, so walking it again and again while it grows
/// finds nothing: a tenth of the time of a large list.
struct NoCollection<'py> {
    was_on: bool,
    _py: Python<'py>,
}

impl<'py> NoCollection<'py> {
    fn begin(py: Python<'py>) -> Self {
        // SAFETY: it needs no more than a thread that is attached to the interpreter, as `py` shows.
        #[expect(unsafe_code, reason = "PyO3 offers no safe access to the collector")]
        let was_on = unsafe { pyo3::ffi::PyGC_Disable() } == 1;
        Self { was_on, _py: py }
    }
}

impl Drop for NoCollection<'_> {
    fn drop(&mut self) {
        if self.was_on {
            // SAFETY: as above; the marker in `self` does not outlive the attachment.
            #[expect(unsafe_code, reason = "PyO3 offers no safe access to the collector")]
            unsafe {
                pyo3::ffi::PyGC_Enable()
            };
        }
    }
}
