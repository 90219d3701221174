//! Calls that begin on the thread that makes them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

use polywrite::host::Tasks;

use crate::lock::lock;

/// A call, down to its event.
pub(crate) type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Runs a task on the calling thread up to where it has to wait, and leaves the rest to the runtime.
///
/// A call has to wait for nothing, as a rule, before its request is sent. The runtime's thread first hears of it when
/// the response comes, which spares it being woken once more.
pub(crate) fn begin(runtime: &Tasks, mut task: Task) {
    let _context = runtime.enter();
    let begun = Arc::new(Begun { runtime: runtime.clone(), state: Mutex::new(State::Here { woken: false }) });
    let waker = Waker::from(Arc::clone(&begun));
    // A task that panics has left an event; it must not unwind into the language.
    let polled = catch_unwind(AssertUnwindSafe(|| task.as_mut().poll(&mut Context::from_waker(&waker))));
    if !matches!(polled, Ok(Poll::Pending)) {
        return;
    }
    let mut state = lock(&begun.state);
    match *state {
        State::Here { woken: false } => *state = State::Waiting(task),
        _ => drop(runtime.spawn(task)),
    }
}

/// A task that has begun elsewhere and belongs to the runtime as soon as it can go on.
struct Begun {
    runtime: Tasks,
    state: Mutex<State>,
}

enum State {
    /// The thread that begins it has it.
    Here { woken: bool },
    /// It waits for something.
    Waiting(Task),
    /// The runtime has it.
    Handed,
}

impl Wake for Begun {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let mut state = lock(&self.state);
        match std::mem::replace(&mut *state, State::Handed) {
            State::Here { .. } => *state = State::Here { woken: true },
            State::Waiting(task) => drop(self.runtime.spawn(task)),
            State::Handed => {}
        }
    }
}
