//! JavaScript's environments: the main thread and each worker have one of their own.

use std::sync::Arc;

use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi::{Env, Status};
use polywrite_bridge::{Ended, Notes, Queue, Start, Value, Wake};
use tokio::runtime::Handle;

use crate::text::Text;

/// Wakes JavaScript after all that the runtime can do at once: where threads share a processor, JavaScript runs as soon
/// as it is woken, and would have to be woken again for the next event.
pub(crate) struct Waker(pub(crate) Arc<ThreadsafeFunction<(), (), (), Status, false, true>>);

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
    pub(crate) queue: Arc<Queue<Value<Text>, Waker>>,
    /// How many letters a string may have here.
    pub(crate) longest_text: usize,
}

impl Environment {
    /// Runs a call that `make` makes, with what takes its notes, and returns the ID that its events come under. Until
    /// JavaScript has seen the last one, the process stays alive.
    pub(crate) fn start<C>(&self, env: &Env, start: Start, make: impl FnOnce(Notes) -> C) -> u32
    where
        C: Future<Output = polywrite::Result<Ended>> + Send + 'static,
    {
        if self.queue.is_idle() {
            self.hold(env, true);
        }
        let longest = self.longest_text;
        self.queue.start(start, |notes| {
            let call = make(notes);
            async move {
                let (outcome, response) = call.await?;
                Ok((Value::of(outcome, longest)?, response))
            }
        })
    }

    /// Lets the process end when no call runs.
    pub(crate) fn settle(&self, env: &Env) {
        if self.queue.is_idle() {
            self.hold(env, false);
        }
    }

    /// Keeps the process alive, or lets it end. Can fail only in an environment that is shutting down.
    fn hold(&self, env: &Env, is_held: bool) {
        use napi::sys::{napi_ref_threadsafe_function, napi_unref_threadsafe_function};

        let change = if is_held { napi_ref_threadsafe_function } else { napi_unref_threadsafe_function };
        // SAFETY: the function belongs to this environment, and this is its thread.
        #[expect(unsafe_code, reason = "napi-rs offers no safe type for a shared ThreadsafeFunction")]
        let _ = unsafe { change(env.raw(), self.queue.wake().0.raw()) };
    }
}
