//! One call: made ready in Python, then waited for on the calling thread or started for an event loop.

use std::pin::Pin;
use std::sync::{Arc, Mutex};

use polywrite::Result;
use polywrite_bridge::{Note, Outcome, lock};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

use crate::error::raised;
use crate::runtime::block_on;
use crate::value::into_python;

/// A call that runs.
pub(crate) type Task = Pin<Box<dyn Future<Output = Result<Outcome>> + Send>>;

/// Who hears what a call tells before its end.
pub(crate) type Tell = Option<Arc<dyn Fn(Note) + Send + Sync>>;

type Start = Box<dyn FnOnce(Tell) -> Task + Send>;

/// A call that has not been started, and is started once.
#[pyclass(frozen, module = "polywrite._polywrite")]
pub(crate) struct Call(Mutex<Option<Start>>);

#[pymethods]
impl Call {
    /// Runs the call on this thread, without the GIL, and returns its result.
    fn wait(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        into_python(py, raised(block_on(py, self.start(None)?)?)?)
    }
}

impl Call {
    pub(crate) fn new<F>(start: impl FnOnce(Tell) -> F + Send + 'static) -> Self
    where
        F: Future<Output = Result<Outcome>> + Send + 'static,
    {
        Self(Mutex::new(Some(Box::new(move |tell| Box::pin(start(tell))))))
    }

    /// What is to be run; a call runs once.
    pub(crate) fn start(&self, tell: Tell) -> PyResult<Task> {
        let start = lock(&self.0).take();
        let start = start.ok_or_else(|| PyRuntimeError::new_err("this call has been started already"))?;
        Ok(start(tell))
    }
}

/// What servers warned of since the last time. A call's warnings are there when it is done.
#[pyfunction]
pub(crate) fn warnings() -> Vec<String> {
    polywrite_bridge::runtime::warnings()
}
