//! How results reach an event loop: a queue that Python empties when a byte arrives in a pipe, or when a thread of
//! Python's that waits here says so.
//!
//! The threads of the runtime never need the GIL this way, and many results cost one wake-up.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use polywrite_bridge::runtime;
use polywrite_bridge::{Event, Note, Outcome, Queue, Start, Wake};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use tokio::sync::Notify;

use crate::call::Call;
use crate::decode::decode_record;
use crate::error::{failed, raised};
use crate::news::into_list;
use crate::runtime::{block_on, released};
use crate::value::into_python;

const RESULT: u8 = 0;
const ERROR: u8 = 1;
const PROGRESS: u8 = 2;
const WARNING: u8 = 3;

/// Takes calls from one event loop or thread and hands their results back to it.
#[pyclass(frozen, module = "polywrite._polywrite")]
pub(crate) struct Bridge(Arc<Queue<Outcome, Waker>>);

/// How Python learns that something arrived.
enum Waker {
    /// The writing end of a pipe that a loop watches; closed with the last call.
    #[cfg(unix)]
    Pipe(std::fs::File),
    /// A thread of Python's that waits here, until it is to wait no more.
    Thread(Notify, AtomicBool),
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
            _ => Waker::Thread(Notify::new(), AtomicBool::new(false)),
        }))
    }

    /// Waits until there is something to drain; false when the loop has gone. With `signals` these are handled meanwhile.
    fn awaits(&self, py: Python<'_>, signals: bool) -> PyResult<bool> {
        let queue = self.0.clone();
        let arrival = async move { queue.wake().arrival().await };
        if signals { block_on(py, arrival) } else { raised(released(py, || runtime::block_on(arrival))) }
    }

    /// Ends `awaits`.
    fn close(&self) {
        if let Waker::Thread(arrived, closed) = self.0.wake() {
            closed.store(true, Ordering::Release);
            arrived.notify_one();
        }
    }

    /// Starts a call; its result arrives under the number returned.
    fn start(&self, call: &Bound<'_, Call>) -> PyResult<u32> {
        Ok(self.0.start(Start::Cancellable, call.get().start()?))
    }

    /// Gives a call up. Nothing arrives for it any more, except what is in the queue already.
    fn cancel(&self, id: u32) {
        self.0.cancel(id);
    }

    /// Takes what has arrived: `(number, state, value)`, with the states 0 result, 1 error, 2 progress, 3 warning.
    fn drain(&self, py: Python<'_>) -> Vec<(u32, u8, Py<PyAny>)> {
        let events = self.0.drain().into_iter().filter_map(|(id, event)| match event {
            Event::Warning(text) => Some((id, WARNING, text.into_py_any(py))),
            Event::Done(outcome, _) => Some((id, RESULT, into_python(py, outcome))),
            Event::Failed(error) => Some((id, ERROR, Err(failed(error)))),
            Event::Note(Note::Progress(record)) => Some((id, PROGRESS, decode_record(py, &record))),
            Event::Note(Note::Heard { news, .. }) => Some((id, PROGRESS, into_list(py, news))),
            // Python's files are read by threads of its own.
            Event::Note(Note::Wanted) => None,
        });
        let whole = |(id, state, value): (u32, u8, PyResult<Py<PyAny>>)| match value {
            Ok(value) => (id, state, value),
            Err(error) => (id, ERROR, error.into_value(py).into_any()),
        };
        events.map(whole).collect()
    }
}

impl Waker {
    /// Waits for what arrives, or for the end.
    async fn arrival(&self) -> bool {
        #[cfg_attr(not(unix), expect(irrefutable_let_patterns, reason = "there are pipes on Unix only"))]
        let Self::Thread(arrived, closed) = self else { return true };
        arrived.notified().await;
        !closed.load(Ordering::Acquire)
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
            Waker::Thread(arrived, _) => arrived.notify_one(),
        }
    }
}
