//! How results reach an event loop: a queue that Python empties when a byte arrives in a pipe, or when a thread of
//! Python's that waits here says so.
//!
//! The threads of the runtime never need the GIL this way, and many results cost one wake-up.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use polywrite_bridge::runtime::{Threads, driven};
use polywrite_bridge::{Event, Queue, Start, Wake, lock};
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::call::Call;
use crate::error::failed;
use crate::runtime::released;
use crate::value::progress;
use crate::warnings::Done;

const RESULT: u8 = 0;
const ERROR: u8 = 1;
const PROGRESS: u8 = 2;
const WARNING: u8 = 3;

/// Takes calls from one event loop and hands their results back to it.
#[pyclass(frozen, module = "polywrite._polywrite")]
pub(crate) struct Bridge(Arc<Queue<Done, Waker>>);

/// How the event loop learns that something arrived.
enum Waker {
    /// The writing end of a pipe that the loop watches; closed with the last call.
    #[cfg(unix)]
    Pipe(std::fs::File),
    /// A thread of Python's that waits here, for loops that cannot watch a pipe.
    Thread(Mutex<State>, Condvar),
}

#[derive(Default)]
struct State {
    /// Something arrived since the thread last waited.
    woken: bool,
    closed: bool,
}

#[pymethods]
impl Bridge {
    /// `pipe` is the number of a pipe's writing end, which must not block and is ours from now on. Without one a thread
    /// has to call `awaits`.
    #[new]
    fn new(pipe: Option<i32>) -> Self {
        Self(Queue::new(match pipe {
            #[cfg(unix)]
            Some(pipe) => {
                use std::os::fd::FromRawFd;
                #[expect(unsafe_code, reason = "Python has just opened it and gives it away")]
                Waker::Pipe(unsafe { std::fs::File::from_raw_fd(pipe) })
            }
            _ => Waker::Thread(Mutex::default(), Condvar::new()),
        }))
    }

    /// Waits until there is something to drain; false when the loop has gone.
    fn awaits(&self, py: Python<'_>) -> bool {
        let queue = self.0.clone();
        released(py, move || queue.wake().wait())
    }

    /// Ends `awaits`.
    fn close(&self) {
        if let Waker::Thread(state, changed) = self.0.wake() {
            lock(state).closed = true;
            changed.notify_all();
        }
    }

    /// Starts a call; its result arrives under the number returned.
    fn start(&self, call: &Bound<'_, Call>) -> PyResult<u32> {
        let work = call.get().take()?;
        let (id, queue) = (self.0.next_id(), self.0.clone());
        self.0.start(driven(Threads::One), id, Start::Cancellable, async move {
            Ok(work.run(|report| queue.push(id, Event::Progress(report))).await)
        });
        Ok(id)
    }

    /// Gives a call up. Nothing arrives for it any more, except what is in the queue already.
    fn cancel(&self, id: u32) {
        self.0.cancel(id);
    }

    /// Takes what has arrived: `(number, state, value)`, with the states 0 result, 1 error, 2 progress, 3 warning.
    fn drain(&self, py: Python<'_>) -> Vec<(u32, u8, Py<PyAny>)> {
        let events = self.0.drain();
        let mut delivered = Vec::with_capacity(events.len());
        let mut deliver = |id, state, value: PyResult<Py<PyAny>>| match value {
            Ok(value) => delivered.push((id, state, value)),
            Err(error) => delivered.push((id, ERROR, error.into_value(py).into_any())),
        };
        let text = |text: &str| Ok(PyString::new(py, text).into_any().unbind());
        for (id, event) in events {
            match event {
                Event::Done(Done { result, warnings }) => {
                    for warning in warnings {
                        deliver(id, WARNING, text(&warning));
                    }
                    deliver(id, RESULT, result.map_err(failed).and_then(|value| value.into_python(py)));
                }
                Event::Failed(error) => deliver(id, ERROR, Err(failed(error))),
                Event::Progress(record) => deliver(id, PROGRESS, progress(py, &record)),
                Event::Warning(warning) => deliver(id, WARNING, text(&warning)),
                // Python's files are read by threads of its own.
                Event::Wanted => {}
            }
        }
        delivered
    }
}

impl Waker {
    /// Waits for what arrives, or for the end.
    fn wait(&self) -> bool {
        #[cfg_attr(not(unix), expect(irrefutable_let_patterns, reason = "there are pipes on Unix only"))]
        let Self::Thread(state, changed) = self else { return true };
        let state = changed.wait_while(lock(state), |state| !state.woken && !state.closed);
        let mut state = state.unwrap_or_else(PoisonError::into_inner);
        state.woken = false;
        !state.closed
    }
}

impl Wake for Waker {
    fn wake(&self) {
        match self {
            #[cfg(unix)]
            Waker::Pipe(pipe) => {
                use std::io::Write;
                // A full pipe is fine, the loop has a byte to wake up for; a broken one has no loop any more.
                drop((&mut &*pipe).write(&[1]));
            }
            Waker::Thread(state, changed) => {
                lock(state).woken = true;
                changed.notify_all();
            }
        }
    }
}
