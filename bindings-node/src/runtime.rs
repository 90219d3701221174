//! The one tokio runtime of the process, and the queue that brings what happened there back to JavaScript.
//!
//! Every JavaScript environment (the main thread and each worker) has a queue of its own. Calls end on a tokio thread,
//! which leaves an event in the queue and wakes JavaScript once; JavaScript then drains all events that have gathered.
//! That costs a fraction of one promise per call made natively.

mod begin;
mod event;

use std::collections::HashMap;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use napi::bindgen_prelude::{Array, Function};
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi::{Env, Status};
use napi_derive::napi;
use polywrite::{Client, ClientConfig, Error};
use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::AbortHandle;

use crate::error;

pub(crate) use event::Event;

/// Started by the first call. Never ended: it serves every environment until the process ends, and its thread does not
/// keep the process alive. One thread is enough for waiting, and quicker than several that pass work around; what takes
/// time, such as reading files, tokio runs elsewhere.
static RUNTIME: LazyLock<io::Result<Handle>> = LazyLock::new(|| {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().thread_name("polywrite-disk").build()?;
    let handle = runtime.handle().clone();
    std::thread::Builder::new().name("polywrite-io-0".into()).spawn(move || runtime.block_on(keep_time()))?;
    Ok(handle)
});

/// Told by every call.
static ACTIVITY: Notify = Notify::const_new();

/// How often the thread wakes by itself while calls are made.
const TICK: Duration = Duration::from_secs(1);

/// Lets a clock tick while calls are made. A timer that is due before all others wakes the thread when it is set, even
/// by the thread itself; with the tick before them, the time limits of calls cost no system call (two of eleven).
async fn keep_time() {
    loop {
        ACTIVITY.notified().await;
        tokio::time::sleep(TICK).await;
    }
}

/// The runtime, for something that is about to start.
pub(crate) fn runtime() -> Result<&'static Handle, Error> {
    match &*RUNTIME {
        Ok(runtime) => {
            ACTIVITY.notify_one();
            Ok(runtime)
        }
        Err(cause) => Err(Error::configuration(format!("no threads could be started: {cause}"))),
    }
}

/// How a call is run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Getting it on its way takes little time.
    Quick,
    /// It may take some.
    Lengthy,
    /// The same, and it can be given up.
    Cancellable,
}

/// A call, down to its event.
type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

type Wake = ThreadsafeFunction<(), (), (), Status, false, true>;

/// What one environment shares with the runtime's threads.
pub(crate) struct Queue {
    last_id: AtomicU32,
    /// Calls whose end JavaScript has not seen. Changed on its thread only.
    in_flight: AtomicU32,
    events: Mutex<Vec<(u32, Event)>>,
    calls: Mutex<HashMap<u32, AbortHandle>>,
    pieces: Mutex<HashMap<u32, UnboundedSender<Bytes>>>,
    wake: Wake,
    /// How many letters a string may have here.
    pub(crate) longest_text: usize,
}

impl Queue {
    /// Leaves an event. The first one since the last drain has JavaScript woken, after all that the runtime can do at
    /// once: where threads share a processor, JavaScript runs as soon as it is woken, and would have to be woken again
    /// for the next event.
    pub(crate) fn push(self: &Arc<Self>, id: u32, event: Event) {
        let is_first = {
            let mut events = lock(&self.events);
            events.push((id, event));
            events.len() == 1
        };
        if is_first {
            let queue = Arc::clone(self);
            match Handle::try_current() {
                Ok(runtime) => drop(runtime.spawn(async move { queue.wake() })),
                Err(_) => queue.wake(),
            }
        }
    }

    fn wake(&self) {
        // An environment that is shutting down refuses, and nobody waits there any more.
        self.wake.call((), ThreadsafeFunctionCallMode::NonBlocking);
    }

    /// An ID for something that is about to start. When four billion are used up they begin anew.
    pub(crate) fn next_id(&self) -> u32 {
        self.last_id.fetch_add(1, Ordering::Relaxed).wrapping_add(1)
    }

    /// Runs a call on the runtime. Its event is pushed under `id`, which is returned, unless it is cancelled before. Until
    /// JavaScript has seen that, the process stays alive.
    pub(crate) fn start(
        self: &Arc<Self>,
        env: &Env,
        id: u32,
        manner: Manner,
        call: impl Future<Output = polywrite::Result<Event>> + Send + 'static,
    ) -> u32 {
        let is_alone = self.in_flight.fetch_add(1, Ordering::Relaxed) == 0;
        if is_alone {
            self.hold(env);
        }
        let guard = PanicGuard { queue: Arc::clone(self), id };
        // Several kilobytes, which would be copied at each step.
        let task: Task = Box::pin(async move {
            let event = call.await.unwrap_or_else(|failure| Event::Failed(error::record(&failure)));
            let is_cancelled =
                manner == Manner::Cancellable && lock(&guard.queue.calls).remove(&id).is_none();
            if !is_cancelled {
                guard.queue.push(id, event);
            }
        });
        match runtime() {
            Ok(runtime) if manner == Manner::Cancellable => {
                // Under the lock, so that a call that ends at once finds its own entry to remove.
                let mut calls = lock(&self.calls);
                calls.insert(id, runtime.spawn(task).abort_handle());
            }
            // Among others it is not begun here: they may be waiting for this thread, and the runtime's is awake.
            Ok(runtime) if manner == Manner::Quick && is_alone => begin::begin(runtime, task),
            Ok(runtime) => drop(runtime.spawn(task)),
            Err(failure) => self.push(id, Event::Failed(error::record(&failure))),
        }
        id
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
        #[expect(unsafe_code, reason = "napi-rs has no safe way left to hold a shared ThreadsafeFunction")]
        let _ = unsafe { napi::sys::napi_ref_threadsafe_function(env.raw(), self.wake.raw()) };
    }

    /// Lets the process end.
    fn release(&self, env: &Env) {
        // SAFETY: as in `hold`.
        #[expect(unsafe_code, reason = "as in `hold`")]
        let _ = unsafe { napi::sys::napi_unref_threadsafe_function(env.raw(), self.wake.raw()) };
    }

    /// Where the pieces of an upload's file are to go.
    pub(crate) fn expect_pieces(&self, id: u32, pieces: UnboundedSender<Bytes>) {
        lock(&self.pieces).insert(id, pieces);
    }

    /// Passes a piece on; nobody may want it any more.
    pub(crate) fn feed(&self, id: u32, piece: Bytes) {
        if let Some(pieces) = lock(&self.pieces).get(&id) {
            let _ = pieces.send(piece);
        }
    }

    /// An upload needs no more pieces.
    pub(crate) fn forget_pieces(&self, id: u32) {
        lock(&self.pieces).remove(&id);
    }
}

/// Ends a call whose code panicked, so that its promise does not wait for ever.
struct PanicGuard {
    queue: Arc<Queue>,
    id: u32,
}

impl Drop for PanicGuard {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.queue.push(self.id, Event::Failed(error::internal()));
        }
    }
}

/// The queue of one JavaScript environment.
#[napi]
pub struct NativeQueue {
    pub(crate) shared: Arc<Queue>,
    /// What every client of this environment starts from.
    pub(crate) client: Client,
}

#[napi]
impl NativeQueue {
    /// `wake` is called when events wait for `drain`; a string may have at most `longest_text` letters.
    #[napi(constructor)]
    pub fn new(wake: Function<'_, (), ()>, settings: String, longest_text: f64) -> napi::Result<Self> {
        let wake = wake.build_threadsafe_function().weak::<true>().callee_handled::<false>().build()?;
        let shared = Arc::new(Queue {
            last_id: AtomicU32::new(0),
            in_flight: AtomicU32::new(0),
            events: Mutex::default(),
            calls: Mutex::default(),
            pieces: Mutex::default(),
            wake,
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "V8 says less than 2 to the 30th"
            )]
            longest_text: longest_text as usize,
        });
        let warnings = Arc::clone(&shared);
        let client = ClientConfig::from_json(&settings)
            .and_then(|settings| Client::new().configure(&settings))
            .map_err(|failure| error::thrown(&failure))?
            .on_new_warning(move |text| warnings.push(0, Event::Warning(text.to_owned())));
        Ok(Self { shared, client })
    }

    /// All events so far, flat: value, tag, call ID, value, tag, call ID …
    #[napi]
    pub fn drain<'env>(&self, env: &'env Env) -> napi::Result<Array<'env>> {
        let events = std::mem::take(&mut *lock(&self.shared.events));
        let ended = events.iter().filter(|(_, event)| event.is_end()).count();
        self.shared.settle(env, u32::try_from(ended).unwrap_or(u32::MAX));
        let mut flat = env.create_array(0)?;
        for (id, event) in events {
            event.put(env, &mut flat, id)?;
        }
        Ok(flat)
    }

    /// Gives a call up: its connection is closed or its stream reset. No event follows.
    #[napi]
    pub fn cancel(&self, env: &Env, id: u32) {
        if let Some(call) = lock(&self.shared.calls).remove(&id) {
            call.abort();
            self.shared.settle(env, 1);
        }
    }
}

/// Nothing that holds these locks can leave them half changed, so a panic elsewhere does not matter.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
