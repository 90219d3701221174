//! How the outcomes of calls reach a language whose threads must not be entered from outside: calls end on a thread of
//! the runtime, which leaves an event in a queue and wakes the language once; the language takes all that have gathered.
//! That costs a fraction of one wake-up per call.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use polywrite::{Error, Result};
use tokio::runtime::Handle;
use tokio::task::AbortHandle;

use crate::error::internal;
use crate::lock::lock;
use crate::note::Note;
use crate::runtime::{Task, begin};

/// How a language learns that events wait.
pub trait Wake: Send + Sync + 'static {
    /// Called with the first event since the last [`Queue::drain`], except for one that may wait.
    fn wake(&self);
}

/// Something that a language has to know about a call.
#[derive(Debug)]
pub enum Event<T> {
    /// The call has ended well.
    Done(T),
    /// The call has failed.
    Failed(Error),
    /// What happened before the end of the call.
    Note(Note),
    /// The server warned; belongs to no call.
    Warning(String),
}

impl<T> Event<T> {
    /// Whether no other event of the call follows.
    pub fn is_end(&self) -> bool {
        matches!(self, Event::Done(_) | Event::Failed(_))
    }
}

/// Where a call starts, and whether it can be cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// On the calling thread, if no other call runs that may be waiting for it. It cannot be cancelled.
    Here,
    /// On the runtime. It cannot be cancelled.
    Spawned,
    /// On the runtime.
    Cancellable,
}

/// What waits for a language, and whether it was woken for that.
#[derive(Debug)]
struct Events<T> {
    waiting: Vec<(u32, Event<T>)>,
    is_awake: bool,
}

impl<T> Default for Events<T> {
    fn default() -> Self {
        Self { waiting: Vec::new(), is_awake: false }
    }
}

/// The events of one environment of a language: an event loop, a thread of JavaScript.
#[derive(Debug)]
pub struct Queue<T, W> {
    last_id: AtomicU32,
    events: Mutex<Events<T>>,
    /// Calls that can be cancelled. The handle comes after the entry.
    calls: Mutex<HashMap<u32, Option<AbortHandle>>>,
    /// How many calls run whose end the language has not seen. Changed by the language's threads only.
    running: AtomicU32,
    wake: W,
}

impl<T: Send + 'static, W: Wake> Queue<T, W> {
    /// An empty queue.
    pub fn new(wake: W) -> Arc<Self> {
        let (last_id, running) = (AtomicU32::new(0), AtomicU32::new(0));
        Arc::new(Self { last_id, events: Mutex::default(), calls: Mutex::default(), running, wake })
    }

    /// How the language is woken.
    pub fn wake(&self) -> &W {
        &self.wake
    }

    /// An ID for something that is about to start. When four billion are used up they begin anew.
    pub fn next_id(&self) -> u32 {
        self.last_id.fetch_add(1, Ordering::Relaxed).wrapping_add(1)
    }

    /// Leaves an event, and wakes the language for the first one since the last drain that may not wait.
    pub fn push(&self, id: u32, event: Event<T>) {
        let wakes = {
            let mut events = lock(&self.events);
            let may_wait = matches!(event, Event::Note(Note::Later(_)));
            events.waiting.push((id, event));
            !may_wait && !std::mem::replace(&mut events.is_awake, true)
        };
        if wakes {
            self.wake.wake();
        }
    }

    /// What leaves an event for each note of the command of this ID.
    pub fn notes(self: &Arc<Self>, id: u32) -> impl Fn(Note) + Clone + Send + Sync + use<T, W> {
        let queue = Arc::clone(self);
        move |note| queue.push(id, Event::Note(note))
    }

    /// Takes all events so far.
    pub fn drain(&self) -> Vec<(u32, Event<T>)> {
        let Events { waiting: events, .. } = std::mem::take(&mut *lock(&self.events));
        let ended = events.iter().filter(|(_, event)| event.is_end()).count();
        self.running.fetch_sub(u32::try_from(ended).unwrap_or(u32::MAX), Ordering::Relaxed);
        events
    }

    /// Whether no call runs whose end the language has not seen.
    pub fn is_idle(&self) -> bool {
        self.running.load(Ordering::Relaxed) == 0
    }

    /// Runs a call. Its last event is pushed under `id`, unless the call is cancelled before; a panic becomes an event too.
    pub fn start(
        self: &Arc<Self>,
        runtime: Result<&Handle>,
        id: u32,
        start: Start,
        call: impl Future<Output = Result<T>> + Send + 'static,
    ) {
        let is_alone = self.running.fetch_add(1, Ordering::Relaxed) == 0;
        let start = if start == Start::Here && !is_alone { Start::Spawned } else { start };
        let runtime = match runtime {
            Ok(runtime) => runtime,
            Err(error) => return self.push(id, Event::Failed(error)),
        };
        let guard = PanicGuard { queue: Arc::clone(self), id };
        // Several kilobytes, which would be copied at each step.
        let task: Task = Box::pin(async move {
            let event = call.await.map_or_else(Event::Failed, Event::Done);
            let is_cancelled = start == Start::Cancellable && lock(&guard.queue.calls).remove(&id).is_none();
            if !is_cancelled {
                guard.queue.push(id, event);
            }
        });
        match start {
            Start::Here => begin(runtime, task),
            Start::Spawned => drop(runtime.spawn(task)),
            Start::Cancellable => {
                lock(&self.calls).insert(id, None);
                let handle = runtime.spawn(task).abort_handle();
                // The call may have ended already, and then nothing is left to cancel.
                if let Some(running) = lock(&self.calls).get_mut(&id) {
                    *running = Some(handle);
                }
            }
        }
    }

    /// Cancels a call: its connection is closed or its stream reset, and no event follows. Says whether it was running.
    pub fn cancel(&self, id: u32) -> bool {
        let running = lock(&self.calls).remove(&id);
        if let Some(Some(handle)) = &running {
            handle.abort();
        }
        if running.is_some() {
            self.running.fetch_sub(1, Ordering::Relaxed);
        }
        running.is_some()
    }
}

/// Ends a call whose code panicked, so that a program does not wait for it for ever.
struct PanicGuard<T: Send + 'static, W: Wake> {
    queue: Arc<Queue<T, W>>,
    id: u32,
}

impl<T: Send + 'static, W: Wake> Drop for PanicGuard<T, W> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            lock(&self.queue.calls).remove(&self.id);
            self.queue.push(self.id, Event::Failed(internal()));
        }
    }
}
