//! JavaScript's environments: the main thread and each worker have one of their own.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi::{Env, Status};
use polywrite_bridge::runtime::{Threads, driven};
use polywrite_bridge::{Event, Queue, Start, Transferred, Wake};
use tokio::runtime::Handle;

use crate::value::Value;

/// The function of JavaScript that drains the queue.
pub(crate) type Function0 = ThreadsafeFunction<(), (), (), Status, false, true>;

/// Wakes JavaScript after all that the runtime can do at once: where threads share a processor, JavaScript runs as soon
/// as it is woken, and would have to be woken again for the next event.
pub(crate) struct Waker(Arc<Function0>);

impl Wake for Waker {
    fn wake(&self) {
        let function = Arc::clone(&self.0);
        // An environment that is shutting down refuses, and no call waits there any more.
        let call = move || {
            function.call((), ThreadsafeFunctionCallMode::NonBlocking);
        };
        match Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn(async move { call() })),
            Err(_) => call(),
        }
    }
}

/// What one environment shares with the runtime's threads.
pub(crate) struct Environment {
    pub(crate) queue: Arc<Queue<Value, Waker>>,
    /// Calls whose end JavaScript has not seen. Changed on its thread only.
    in_flight: AtomicU32,
    /// How many letters a string may have here.
    pub(crate) longest_text: usize,
}

impl Environment {
    /// `wake` drains the queue; a string may have at most `longest_text` letters.
    pub(crate) fn new(wake: Function0, longest_text: usize) -> Self {
        Self { queue: Queue::new(Waker(Arc::new(wake))), in_flight: AtomicU32::new(0), longest_text }
    }

    /// Runs a call whose events come under an ID. Until JavaScript has seen the last one, the process stays alive. Among
    /// others a call is not begun here: they may be waiting for this thread, and the runtime's is awake.
    pub(crate) fn start(
        &self,
        env: &Env,
        id: u32,
        start: Start,
        call: impl Future<Output = polywrite::Result<Value>> + Send + 'static,
    ) -> u32 {
        let is_alone = self.in_flight.fetch_add(1, Ordering::Relaxed) == 0;
        if is_alone {
            self.hold(env);
        }
        let start = if start == Start::Here && !is_alone { Start::Spawned } else { start };
        self.queue.start(driven(Threads::One), id, start, call);
        id
    }

    /// Leaves an event of how far a transfer is.
    pub(crate) fn report(&self, id: u32) -> polywrite_bridge::Report {
        let queue = Arc::clone(&self.queue);
        Box::new(move |moved: Transferred| queue.push(id, Event::Progress(moved.to_json())))
    }

    /// JavaScript has seen calls end.
    pub(crate) fn settle(&self, env: &Env, count: u32) {
        if count > 0 && self.in_flight.fetch_sub(count, Ordering::Relaxed) == count {
            self.release(env);
        }
    }

    /// Keeps the process alive. Can fail only in an environment that is shutting down.
    fn hold(&self, env: &Env) {
        // SAFETY: the function belongs to this environment, and this is its thread.
        #[expect(unsafe_code, reason = "napi-rs offers no safe type for a shared ThreadsafeFunction")]
        let _ = unsafe { napi::sys::napi_ref_threadsafe_function(env.raw(), self.queue.wake().0.raw()) };
    }

    /// Lets the process end.
    fn release(&self, env: &Env) {
        // SAFETY: as in `hold`.
        #[expect(unsafe_code, reason = "as in `hold`")]
        let _ = unsafe { napi::sys::napi_unref_threadsafe_function(env.raw(), self.queue.wake().0.raw()) };
    }
}
