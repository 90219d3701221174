//! One call: made ready in Python, then waited for on the calling thread or started for an event loop.

use std::pin::Pin;
use std::sync::{Arc, Mutex};

use polywrite::Result;
use polywrite_bridge::{Ended, Note, Notes, lock};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyList;

use crate::decode::decode_record;
use crate::error::raised;
use crate::news::into_list;
use crate::runtime::block_on;
use crate::value::into_python;

/// A call that runs.
type Task = Pin<Box<dyn Future<Output = Result<Ended>> + Send>>;

/// What starts a call, with what takes its notes.
type Start = Box<dyn FnOnce(Notes) -> Task + Send>;

/// A call that has not been started, and is started once.
#[pyclass(frozen, module = "polywrite._polywrite")]
pub(crate) struct Call(Mutex<Option<Start>>);

#[pymethods]
impl Call {
    /// Runs the call on this thread, without the GIL, and returns its result. What it reports is added to `reports`, whether
    /// it succeeds or not.
    #[pyo3(signature = (reports=None))]
    fn wait(&self, py: Python<'_>, reports: Option<&Bound<'_, PyList>>) -> PyResult<Py<PyAny>> {
        let heard = Arc::<Mutex<Vec<Note>>>::default();
        let notes = heard.clone();
        let ended = block_on(py, self.start()?(Arc::new(move |note| lock(&notes).push(note))));
        if let Some(reports) = reports {
            for note in std::mem::take(&mut *lock(&heard)) {
                match note {
                    Note::Progress(record) => reports.append(decode_record(py, &record)?)?,
                    Note::Heard { news, .. } => reports.append(into_list(py, news)?)?,
                    Note::Wanted => {}
                }
            }
        }
        into_python(py, raised(ended?)?.0)
    }
}

impl Call {
    pub(crate) fn new<F>(start: impl FnOnce(Notes) -> F + Send + 'static) -> Self
    where
        F: Future<Output = Result<Ended>> + Send + 'static,
    {
        Self(Mutex::new(Some(Box::new(move |notes| Box::pin(start(notes))))))
    }

    /// What starts it; a call is started once.
    pub(crate) fn start(&self) -> PyResult<Start> {
        let start = lock(&self.0).take();
        start.ok_or_else(|| PyRuntimeError::new_err("this call has been started already"))
    }
}

/// What servers warned of since the last time. A call's warnings are there when it is done.
#[pyfunction]
pub(crate) fn warnings() -> Vec<String> {
    polywrite_bridge::runtime::warnings()
}
