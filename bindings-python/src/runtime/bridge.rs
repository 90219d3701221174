//! How results reach an event loop: a queue that Python empties when a byte arrives in a pipe, or when a thread of
//! Python's that waits here says so.
//!
//! The threads of the runtime never need the GIL this way, and many results cost one wake-up.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyString;
use tokio::task::AbortHandle;

use super::{driven, released};
use crate::call::{Call, Done, Event};
use crate::error::Failure;

const RESULT: u8 = 0;
const ERROR: u8 = 1;
const PROGRESS: u8 = 2;
const WARNING: u8 = 3;

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
    /// Something arrived since a thread last waited.
    woken: bool,
    closed: bool,
}

/// What a call has to say while and when it is done.
enum Message {
    Event(Event),
    Done(Done),
}

/// Makes sure that nobody waits for ever for a call whose task panicked.
struct Promise {
    shared: Arc<Shared>,
    id: u64,
}

/// How the event loop learns that something arrived.
enum Wake {
    /// The writing end of a pipe that the loop watches; closed with the last call.
    #[cfg(unix)]
    Pipe(std::fs::File),
    /// Wakes a thread of Python's, for loops that cannot watch a pipe.
    Thread(Condvar),
}

#[pymethods]
impl Bridge {
    /// `pipe` is the number of a pipe's writing end, which must not block and is ours from now on. Without one a thread
    /// has to call `awaits`.
    #[new]
    fn new(pipe: Option<i32>) -> Self {
        #[cfg(unix)]
        let wake = match pipe {
            Some(pipe) => {
                use std::os::fd::FromRawFd;
                #[expect(unsafe_code, reason = "Python has just opened it and gives it away")]
                Wake::Pipe(unsafe { std::fs::File::from_raw_fd(pipe) })
            }
            None => Wake::Thread(Condvar::new()),
        };
        #[cfg(not(unix))]
        let wake = Wake::Thread(Condvar::new());
        let shared = Shared { wake, state: Mutex::default() };
        Self { shared: Arc::new(shared), next: AtomicU64::new(1) }
    }

    /// Waits until there is something to drain; false when nobody wants it any more.
    fn awaits(&self, py: Python<'_>) -> bool {
        let shared = self.shared.clone();
        released(py, move || shared.wait())
    }

    /// Ends `awaits`.
    fn close(&self) {
        self.shared.lock().closed = true;
        self.shared.wake.call();
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

    /// Takes what has arrived: `(number, state, value)`, with the states 0 result, 1 error, 2 progress, 3 warning.
    fn drain(&self, py: Python<'_>) -> Vec<(u64, u8, Py<PyAny>)> {
        let arrived = std::mem::take(&mut self.shared.lock().arrived);
        let mut told = Vec::with_capacity(arrived.len());
        for (id, message) in arrived {
            message.tell(py, |state, value| {
                told.push(match value {
                    Ok(value) => (id, state, value),
                    Err(error) => (id, ERROR, error.into_value(py).into_any()),
                });
            });
        }
        told
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for what arrives, or for the end.
    fn wait(&self) -> bool {
        let mut state = self.lock();
        #[cfg_attr(not(unix), expect(irrefutable_let_patterns, reason = "there are pipes on Unix only"))]
        if let Wake::Thread(wake) = &self.wake {
            while !state.woken && !state.closed {
                state = wake.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
            state.woken = false;
        }
        !state.closed
    }

    fn send(&self, id: u64, message: Message) {
        let mut state = self.lock();
        if matches!(message, Message::Done(_)) && state.running.remove(&id).is_none() {
            return;
        }
        state.arrived.push((id, message));
        let first = state.arrived.len() == 1;
        state.woken |= first;
        drop(state);
        if first {
            self.wake.call();
        }
    }
}

impl Message {
    /// Hands over what it says, state by state.
    fn tell(self, py: Python<'_>, mut told: impl FnMut(u8, PyResult<Py<PyAny>>)) {
        match self {
            Message::Event(event) => told(PROGRESS, event.into_python(py)),
            Message::Done(Done { result, warnings }) => {
                for warning in warnings {
                    told(WARNING, Ok(PyString::new(py, &warning).into_any().unbind()));
                }
                let value = result.and_then(|outcome| outcome.into_python(py));
                told(RESULT, value.map_err(PyErr::from));
            }
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
            Wake::Thread(wake) => wake.notify_all(),
        }
    }
}
