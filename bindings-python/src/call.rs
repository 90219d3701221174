//! One call: made ready in Python, then waited for on the calling thread or started for an event loop.

mod answer;
mod decode;
mod options;
pub(crate) mod params;
mod warnings;

use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::Mutex;

use polywrite::Operation;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use tokio::sync::mpsc::UnboundedReceiver;

pub(crate) use answer::{Event, Outcome, ResponseType};
pub(crate) use options::options;
pub(crate) use warnings::{Done, keep};

use crate::error::Failure;
use crate::runtime::block_on;

/// What a call does once it runs.
pub(crate) type Task = Pin<Box<dyn Future<Output = Done> + Send>>;

/// A call that has not been started, and is started once.
#[pyclass(frozen, module = "polywrite._polywrite")]
pub(crate) struct Call {
    work: Mutex<Option<Work>>,
    warnings: Mutex<Vec<String>>,
}

/// A task and what it reports on its way.
pub(crate) struct Work {
    task: Task,
    events: Option<UnboundedReceiver<Event>>,
}

/// What a call that reports events comes to next.
enum Step {
    Event(Event),
    Done(Done),
}

#[pymethods]
impl Call {
    /// Runs the call on this thread, without the GIL, and returns its result.
    fn wait(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let task = self.take()?.task;
        let Done { result, warnings } = block_on(py, async { Ok(task.await) })?;
        if let Ok(mut heard) = self.warnings.lock() {
            *heard = warnings;
        }
        Ok(result?.into_python(py)?)
    }

    /// What the server warned of, once the call is done. Each warning is given once.
    #[getter]
    fn warnings(&self) -> Vec<String> {
        self.warnings.lock().map(|mut warnings| std::mem::take(&mut *warnings)).unwrap_or_default()
    }

    /// Runs the call as `wait` does until it reports something; `None` once it is done.
    fn event(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        let mut work = self.take()?;
        let Some(events) = &mut work.events else {
            self.put(work);
            return Ok(None);
        };
        let step = block_on(py, async {
            tokio::select! {
                biased;
                Some(event) = events.recv() => Ok(Step::Event(event)),
                done = &mut work.task => Ok(Step::Done(done)),
            }
        })?;
        let event = match step {
            Step::Event(event) => Some(event),
            Step::Done(done) => {
                work.task = Box::pin(ready(done));
                events.try_recv().ok()
            }
        };
        self.put(work);
        event.map(|event| event.into_python(py)).transpose()
    }

    /// Gives the call up.
    fn close(&self) {
        // What is dropped must not find the slot locked.
        drop(self.take());
    }
}

impl Call {
    pub(crate) fn new(task: impl Future<Output = Result<Outcome, Failure>> + Send + 'static) -> Self {
        Self::of(Work { task: Box::pin(warnings::keeping(task)), events: None })
    }

    /// A call that reports events.
    pub(crate) fn reporting(
        task: impl Future<Output = Result<Outcome, Failure>> + Send + 'static,
        events: UnboundedReceiver<Event>,
    ) -> Self {
        Self::of(Work { task: Box::pin(warnings::keeping(task)), events: Some(events) })
    }

    fn of(work: Work) -> Self {
        Self { work: Mutex::new(Some(work)), warnings: Mutex::default() }
    }

    fn put(&self, work: Work) {
        if let Ok(mut slot) = self.work.lock() {
            *slot = Some(work);
        }
    }

    /// Takes the work out; a call runs once.
    pub(crate) fn take(&self) -> PyResult<Work> {
        let work = self.work.lock().ok().and_then(|mut slot| slot.take());
        work.ok_or_else(|| PyRuntimeError::new_err("this call has been started already"))
    }
}

impl Work {
    /// Runs the call and hands its events to `report`.
    pub(crate) async fn run(self, report: impl Fn(Event)) -> Done {
        let Work { mut task, events } = self;
        let Some(mut events) = events else { return task.await };
        let done = loop {
            tokio::select! {
                biased;
                Some(event) = events.recv() => report(event),
                done = &mut task => break done,
            }
        };
        while let Ok(event) = events.try_recv() {
            report(event);
        }
        done
    }
}

/// A call of an operation.
pub(crate) fn execute(
    client: polywrite::Client,
    operation: &'static Operation,
    params: &Bound<'_, PyDict>,
    call_options: Option<&Bound<'_, PyDict>>,
) -> PyResult<Call> {
    let params = params::read(params, Some(operation))?;
    let call_options = options(call_options)?;
    Ok(Call::new(async move {
        let response = client.execute(operation, params, call_options).await?;
        Ok(Outcome::Answer(operation, response))
    }))
}

/// A call of anything below the endpoint.
pub(crate) fn request(
    client: polywrite::Client,
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    params: &Bound<'_, PyDict>,
    response_type: ResponseType,
) -> PyResult<Call> {
    let params = params::read(params, None)?;
    Ok(Call::new(async move {
        let response = match response_type {
            ResponseType::Location => client.redirect(&method, &path, &headers, params).await?,
            _ => client.request(&method, &path, &headers, params).await?,
        };
        Ok(Outcome::Raw(response_type, response))
    }))
}
