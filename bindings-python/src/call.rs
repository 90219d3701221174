//! One call: made ready in Python, then waited for on the calling thread or started for an event loop.

use std::future::ready;
use std::pin::Pin;
use std::sync::Mutex;

use polywrite::Result;
use polywrite_bridge::{Report, Transferred, lock};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::error::raised;
use crate::runtime::block_on;
use crate::value::{Value, progress};
use crate::warnings::{Done, keeping};

/// What a call does once it runs.
type Task = Pin<Box<dyn Future<Output = Done> + Send>>;

/// A call that has not been started, and is started once.
#[pyclass(frozen, module = "polywrite._polywrite")]
pub(crate) struct Call {
    work: Mutex<Option<Work>>,
    warnings: Mutex<Vec<String>>,
}

/// A task, and how far it is as it says on its way: records as JSON text.
pub(crate) struct Work {
    task: Task,
    reports: Option<UnboundedReceiver<String>>,
}

/// What a call that reports comes to next.
enum Step {
    Report(String),
    Done(Done),
}

#[pymethods]
impl Call {
    /// Runs the call on this thread, without the GIL, and returns its result.
    fn wait(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let Done { result, warnings } = block_on(py, self.take()?.task)?;
        *lock(&self.warnings) = warnings;
        raised(result)?.into_python(py)
    }

    /// What the server warned of, once the call is done. Each warning is given once.
    #[getter]
    fn warnings(&self) -> Vec<String> {
        std::mem::take(&mut *lock(&self.warnings))
    }

    /// Runs the call as `wait` does until it reports something; `None` once it is done.
    fn event(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        let mut work = self.take()?;
        let Some(reports) = &mut work.reports else {
            *lock(&self.work) = Some(work);
            return Ok(None);
        };
        let step = block_on(py, async {
            tokio::select! {
                biased;
                Some(report) = reports.recv() => Step::Report(report),
                done = &mut work.task => Step::Done(done),
            }
        })?;
        let report = match step {
            Step::Report(report) => Some(report),
            Step::Done(done) => {
                work.task = Box::pin(ready(done));
                reports.try_recv().ok()
            }
        };
        *lock(&self.work) = Some(work);
        report.map(|report| progress(py, &report)).transpose()
    }

    /// Gives the call up.
    fn close(&self) {
        // What is dropped must not find the slot locked.
        drop(self.take());
    }
}

impl Call {
    pub(crate) fn new(task: impl Future<Output = Result<Value>> + Send + 'static) -> Self {
        Self::of(Work { task: Box::pin(keeping(task)), reports: None })
    }

    /// A call that may report how far it is.
    pub(crate) fn reporting<F: Future<Output = Result<Value>> + Send + 'static>(
        reports: bool,
        task: impl FnOnce(Option<Report>) -> F,
    ) -> Self {
        if !reports {
            return Self::new(task(None));
        }
        let (sender, receiver) = unbounded_channel();
        let report: Report = Box::new(move |moved: Transferred| drop(sender.send(moved.to_json())));
        Self::of(Work { task: Box::pin(keeping(task(Some(report)))), reports: Some(receiver) })
    }

    fn of(work: Work) -> Self {
        Self { work: Mutex::new(Some(work)), warnings: Mutex::default() }
    }

    /// Takes the work out; a call runs once.
    pub(crate) fn take(&self) -> PyResult<Work> {
        let work = lock(&self.work).take();
        work.ok_or_else(|| PyRuntimeError::new_err("this call has been started already"))
    }
}

impl Work {
    /// Runs the call and passes its reports on.
    pub(crate) async fn run(self, report: impl Fn(String)) -> Done {
        let Work { mut task, reports } = self;
        let Some(mut reports) = reports else { return task.await };
        let done = loop {
            tokio::select! {
                biased;
                Some(event) = reports.recv() => report(event),
                done = &mut task => break done,
            }
        };
        while let Ok(event) = reports.try_recv() {
            report(event);
        }
        done
    }
}
