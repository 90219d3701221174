//! JavaScript's environments: the main thread and each worker have a queue of their own.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use napi::bindgen_prelude::{Array, Function};
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi::{Env, Status};
use napi_derive::napi;
use polywrite::{Client, ClientConfig};
use polywrite_bridge::runtime::{Threads, driven};
use polywrite_bridge::{Event, Queue, Start, Transferred, Wake, client};
use tokio::runtime::Handle;

use crate::error::thrown;
use crate::value::{Value, put};

/// The function of JavaScript that drains the queue.
type Function0 = ThreadsafeFunction<(), (), (), Status, false, true>;

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
    fn settle(&self, env: &Env, count: u32) {
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

/// The queue of one environment.
#[napi]
pub struct NativeQueue {
    pub(crate) environment: Arc<Environment>,
    /// What every client of this environment starts from.
    pub(crate) client: Client,
}

#[napi]
impl NativeQueue {
    /// `wake` is called when events wait for `drain`; a string may have at most `longest_text` letters.
    #[napi(constructor)]
    pub fn new(wake: Function<'_, (), ()>, settings: String, longest_text: f64) -> napi::Result<Self> {
        let wake = wake.build_threadsafe_function().weak::<true>().callee_handled::<false>().build()?;
        let environment = Environment {
            queue: Queue::new(Waker(Arc::new(wake))),
            in_flight: AtomicU32::new(0),
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "V8 says less than 2 to the 30th"
            )]
            longest_text: longest_text as usize,
        };
        let settings = ClientConfig::from_json(&settings)
            .and_then(|patch| client("Node.js", "nodejs").configure(&patch));
        let warnings = Arc::clone(&environment.queue);
        let client =
            thrown(settings)?.on_new_warning(move |text| warnings.push(0, Event::Warning(text.to_owned())));
        Ok(Self { environment: Arc::new(environment), client })
    }

    /// All events so far, flat: value, tag, call ID, value, tag, call ID …
    #[napi]
    pub fn drain<'env>(&self, env: &'env Env) -> napi::Result<Array<'env>> {
        let events = self.environment.queue.drain();
        let ended = events.iter().filter(|(_, event)| event.is_end()).count();
        self.environment.settle(env, u32::try_from(ended).unwrap_or(u32::MAX));
        let mut flat = env.create_array(0)?;
        for (id, event) in events {
            put(env, &mut flat, id, event)?;
        }
        Ok(flat)
    }

    /// Gives a call up: its connection is closed or its stream reset. No event follows.
    #[napi]
    pub fn cancel(&self, env: &Env, id: u32) {
        if self.environment.queue.cancel(id) {
            self.environment.settle(env, 1);
        }
    }
}
