//! One call: made ready in Python, then waited for on the calling thread or started for an event loop.

use std::pin::Pin;
use std::sync::{Arc, Mutex};

use polywrite::Result;
use polywrite_bridge::{Note, Outcome, lock};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyList;

use crate::decode::decode_record;
use crate::error::raised;
use crate::runtime::block_on;
use crate::value::into_python;

/// A call that runs.
pub(crate) type Task = Pin<Box<dyn Future<Output = Result<Outcome>> + Send>>;

/// What hears the notes of a call.
pub(crate) type Listener = Arc<dyn Fn(Note) + Send + Sync>;

type Start = Box<dyn FnOnce(Listener) -> Task + Send>;

/// A call that has not been started, and is started once.
#[pyclass(frozen, module = "polywrite._polywrite")]
pub(crate) struct Call(Mutex<Option<Start>>);

#[pymethods]
impl Call {
    /// Runs the call on this thread, without the GIL, and returns its result. What it reports is added to `reports`, whether
    /// it succeeds or not.
    #[pyo3(signature = (reports=None))]
    fn wait(&self, py: Python<'_>, reports: Option<&Bound<'_, PyList>>) -> PyResult<Py<PyAny>> {
        let Some(reports) = reports else {
            return into_python(py, raised(block_on(py, self.start(Arc::new(|_| ()))?)?)?);
        };
        let notes = Arc::<Mutex<Vec<String>>>::default();
        let listener = notes.clone();
        let ended = block_on(
            py,
            self.start(Arc::new(move |note| match note {
                Note::Progress(record) | Note::Later(record) => lock(&listener).push(record),
                Note::Wanted => (),
            }))?,
        );
        lock(&notes).iter().try_for_each(|record| reports.append(decode_record(py, record)?))?;
        into_python(py, raised(ended?)?)
    }
}

impl Call {
    pub(crate) fn new<F>(start: impl FnOnce(Listener) -> F + Send + 'static) -> Self
    where
        F: Future<Output = Result<Outcome>> + Send + 'static,
    {
        Self(Mutex::new(Some(Box::new(move |listener| Box::pin(start(listener))))))
    }

    /// What is to be run; a call runs once.
    pub(crate) fn start(&self, listener: Listener) -> PyResult<Task> {
        let start = lock(&self.0).take();
        let start = start.ok_or_else(|| PyRuntimeError::new_err("this call has been started already"))?;
        Ok(start(listener))
    }
}

/// What servers warned of since the last time. A call's warnings are there when it is done.
#[pyfunction]
pub(crate) fn warnings() -> Vec<String> {
    polywrite_bridge::runtime::warnings()
}
