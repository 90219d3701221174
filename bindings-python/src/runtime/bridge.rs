//! How results reach an asyncio event loop: a queue that Python empties when a byte arrives in a pipe.
//!
//! The threads of the runtime never need the GIL this way, and many results cost one wake-up.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use tokio::task::AbortHandle;

use super::driven;
use crate::call::{Call, Done, Event};
use crate::error::Failure;

/// Takes calls from one event loop and hands their results back to it.
#[pyclass(frozen, module = "polywrite._polywrite")]
pub(crate) struct Bridge {
    shared: Arc<Shared>,
    next: AtomicU64,
}

struct Shared {
    wake: Wake,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    arrived: Vec<(u64, Message)>,
    running: HashMap<u64, Option<AbortHandle>>,
}

/// What a call has to say while and when it is done.
enum Message {
    Event(Event),
    Done(Done),
}

/// Sees to it that nobody waits for ever for a call whose task panicked.
struct Promise {
    shared: Arc<Shared>,
    id: u64,
}

/// How the event loop learns that something arrived.
enum Wake {
    /// The writing end of a pipe that the loop watches; closed with the last call.
    #[cfg(unix)]
    Pipe(std::fs::File),
    /// A function that is safe to call from any thread, for loops that cannot watch a pipe.
    Function(Py<PyAny>),
}

#[pymethods]
impl Bridge {
    /// `wake` is the number of a pipe's writing end, which must not block and is ours from now on, or a function.
    #[new]
    fn new(wake: &Bound<'_, PyAny>) -> PyResult<Self> {
        #[cfg(unix)]
        let wake = match wake.extract::<i32>() {
            Ok(pipe) => {
                use std::os::fd::FromRawFd;
                #[expect(unsafe_code, reason = "Python has just opened it and gives it away")]
                Wake::Pipe(unsafe { std::fs::File::from_raw_fd(pipe) })
            }
            Err(_) => Wake::Function(wake.clone().unbind()),
        };
        #[cfg(not(unix))]
        let wake = Wake::Function(wake.clone().unbind());
        let shared = Shared { wake, state: Mutex::default() };
        Ok(Self { shared: Arc::new(shared), next: AtomicU64::new(1) })
    }

    /// Starts a call; its result arrives under the number returned.
    fn start(&self, call: &Bound<'_, Call>) -> PyResult<u64> {
        let work = call.get().take()?;
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let shared = self.shared.clone();
        shared.lock().running.insert(id, None);
        let task = driven()?.spawn(async move {
            let promise = Promise { shared, id };
            let done = work.run(|event| promise.shared.send(id, Message::Event(event))).await;
            promise.shared.send(id, Message::Done(done));
        });
        // The task may be done already, and then nothing is left to cancel.
        if let Some(running) = self.shared.lock().running.get_mut(&id) {
            *running = Some(task.abort_handle());
        }
        Ok(id)
    }

    /// Gives a call up. Nothing arrives for it any more, except what is in the queue already.
    fn cancel(&self, id: u64) {
        let handle = self.shared.lock().running.remove(&id);
        if let Some(Some(handle)) = handle {
            handle.abort();
        }
    }

    /// Takes what has arrived: `(number, state, value)`, with the states 0 result, 1 error, 2 progress.
    fn drain(&self, py: Python<'_>) -> Vec<(u64, u8, Py<PyAny>)> {
        let arrived = std::mem::take(&mut self.shared.lock().arrived);
        arrived.into_iter().map(|(id, message)| message.into_python(py, id)).collect()
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn send(&self, id: u64, message: Message) {
        let mut state = self.lock();
        if matches!(message, Message::Done(_)) && state.running.remove(&id).is_none() {
            return;
        }
        state.arrived.push((id, message));
        let first = state.arrived.len() == 1;
        drop(state);
        if first {
            self.wake.call();
        }
    }
}

impl Message {
    fn into_python(self, py: Python<'_>, id: u64) -> (u64, u8, Py<PyAny>) {
        let (state, value) = match self {
            Message::Event(event) => (2, event.into_python(py)),
            Message::Done(done) => (0, done.into_python(py).map_err(PyErr::from)),
        };
        match value {
            Ok(value) => (id, state, value),
            Err(error) => (id, 1, error.into_value(py).into_any()),
        }
    }
}

impl Drop for Promise {
    fn drop(&mut self) {
        // Nothing is sent for a call that is done, or that was given up.
        let lost = PyRuntimeError::new_err("the call has panicked; please report this");
        self.shared.send(self.id, Message::Done(Failure::from(lost).into()));
    }
}

impl Wake {
    fn call(&self) {
        match self {
            #[cfg(unix)]
            Wake::Pipe(pipe) => {
                use std::io::Write;
                // A full pipe is fine, the loop has a byte to wake up for; a broken one has no loop any more.
                drop((&mut &*pipe).write(&[1]));
            }
            Wake::Function(wake) => Python::attach(|py| {
                // A closed loop refuses, and then nobody waits for the result.
                drop(wake.call0(py));
            }),
        }
    }
}
