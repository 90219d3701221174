//! One call: made ready in Python, then waited for on the calling thread or started for an event loop.

mod answer;
mod options;
pub(crate) mod params;
mod warnings;

use std::future::Future;
use std::pin::Pin;
use std::sync::Mutex;

use polywrite::Operation;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use tokio::sync::mpsc::UnboundedReceiver;

pub(crate) use answer::{Event, Outcome, ResponseType};
pub(crate) use options::options;
pub(crate) use warnings::{Done, Warning};

use crate::error::Failure;
use crate::runtime::block_on;

/// What a call does once it runs.
pub(crate) type Task = Pin<Box<dyn Future<Output = Done> + Send>>;

/// A call that has not been started, and is started once.
#[pyclass(frozen, module = "polywrite._polywrite")]
pub(crate) struct Call(Mutex<Option<Work>>);

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
    /// Runs the call on this thread, without the GIL, and returns its result. Progress goes to `report`, on this
    /// thread; an exception from it ends the call.
    #[pyo3(signature = (report = None))]
    fn wait(&self, py: Python<'_>, report: Option<Py<PyAny>>) -> PyResult<Py<PyAny>> {
        let Work { mut task, events } = self.take()?;
        let (Some(mut events), Some(report)) = (events, report) else {
            return Ok(block_on(py, async { Ok(task.await) })?.into_python(py)?);
        };
        let tell = |event: Event| report.call1(py, (event.into_python(py)?,)).map(drop);
        // Told outside of the runtime: a listener may make calls of its own.
        let done = loop {
            let step = block_on(py, async {
                tokio::select! {
                    biased;
                    Some(event) = events.recv() => Ok(Step::Event(event)),
                    done = &mut task => Ok(Step::Done(done)),
                }
            })?;
            match step {
                Step::Event(event) => tell(event)?,
                Step::Done(done) => break done,
            }
        };
        while let Ok(event) = events.try_recv() {
            tell(event)?;
        }
        Ok(done.into_python(py)?)
    }
}

impl Call {
    pub(crate) fn new(task: impl Future<Output = Result<Outcome, Failure>> + Send + 'static) -> Self {
        Self(Mutex::new(Some(Work { task: Box::pin(warnings::keeping(task)), events: None })))
    }

    /// A call that reports events.
    pub(crate) fn reporting(
        task: impl Future<Output = Result<Outcome, Failure>> + Send + 'static,
        events: UnboundedReceiver<Event>,
    ) -> Self {
        Self(Mutex::new(Some(Work { task: Box::pin(warnings::keeping(task)), events: Some(events) })))
    }

    /// Takes the work out; a call runs once.
    pub(crate) fn take(&self) -> PyResult<Work> {
        let work = self.0.lock().ok().and_then(|mut slot| slot.take());
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
