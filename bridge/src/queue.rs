//! How the outcomes of calls reach a language whose threads must not be entered from outside: calls end on a thread of
//! the runtime, which leaves an event in a queue and wakes the language once; the language takes all that have gathered.
//! That costs a fraction of one wake-up per call.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use polywrite::host::AbortHandle;
use polywrite::{Error, ResponseInfo, Result};

use crate::error::internal;
use crate::lock::lock;
use crate::note::{Note, Notes};
use crate::runtime::{Task, Threads, begin, driven, warnings};
use crate::watch::response_note;

/// How a language learns that events wait.
pub trait Wake: Send + Sync + 'static {
    /// Called with the first event since the last [`Queue::drain`], except for one that may wait.
    fn wake(&self);
}

/// Something that a language has to know about a call.
#[derive(Debug)]
pub enum Event<T> {
    /// The call has ended well, with the response beside what it returns where one call was made.
    Done(T, Option<ResponseInfo>),
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
        matches!(self, Event::Done(..) | Event::Failed(_))
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

impl Start {
    /// Up to this size, in bytes, parameters are read and written in microseconds.
    const QUICK: usize = 16 * 1024;

    /// Where a call with parameters of a size starts soonest without keeping its thread.
    pub fn of(is_cancellable: bool, size: usize) -> Self {
        match is_cancellable {
            true => Start::Cancellable,
            false if size <= Self::QUICK => Start::Here,
            false => Start::Spawned,
        }
    }
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
    /// Calls whose response is wanted beside what they return.
    asked: Mutex<HashSet<u32>>,
    /// How many calls run whose end the language has not seen. Changed by the language's threads only.
    running: AtomicU32,
    wake: W,
}

impl<T: Send + 'static, W: Wake> Queue<T, W> {
    /// An empty queue.
    pub fn new(wake: W) -> Arc<Self> {
        Arc::new(Self {
            last_id: AtomicU32::new(0),
            events: Mutex::default(),
            calls: Mutex::default(),
            asked: Mutex::default(),
            running: AtomicU32::new(0),
            wake,
        })
    }

    /// How the language is woken.
    pub fn wake(&self) -> &W {
        &self.wake
    }

    /// Leaves an event, and wakes the language for the first one since the last drain that may not wait.
    fn push(&self, id: u32, event: Event<T>) {
        let wakes = {
            let mut events = lock(&self.events);
            let may_wait = matches!(event, Event::Note(Note::Heard { may_wait: true, .. }));
            events.waiting.push((id, event));
            !may_wait && !std::mem::replace(&mut events.is_awake, true)
        };
        if wakes {
            self.wake.wake();
        }
    }

    /// Takes all events so far, warnings first. The response that was asked for comes before the end of its call.
    pub fn drain(&self) -> Vec<(u32, Event<T>)> {
        let Events { waiting, .. } = std::mem::take(&mut *lock(&self.events));
        let ended = waiting.iter().filter(|(_, event)| event.is_end()).count();
        self.running.fetch_sub(u32::try_from(ended).unwrap_or(u32::MAX), Ordering::Relaxed);
        let (warnings, mut asked) = (warnings(), lock(&self.asked));
        if warnings.is_empty() && asked.is_empty() {
            return waiting;
        }
        let mut events: Vec<_> = warnings.into_iter().map(|text| (0, Event::Warning(text))).collect();
        for (id, event) in waiting {
            if event.is_end()
                && asked.remove(&id)
                && let Event::Done(_, Some(response)) = &event
            {
                events.push((id, Event::Note(response_note(response))));
            }
            events.push((id, event));
        }
        events
    }

    /// Has the response of a running call come as a note before its end.
    pub fn ask(&self, id: u32) {
        lock(&self.asked).insert(id);
    }

    /// Whether no call runs whose end the language has not seen.
    pub fn is_idle(&self) -> bool {
        self.running.load(Ordering::Relaxed) == 0
    }

    /// Runs a call that `make` makes, with what takes its notes, and returns the ID that its events come under: four billion
    /// calls later it is another one's. The last event is pushed unless the call is cancelled before; a panic becomes an event
    /// too.
    pub fn start<C>(self: &Arc<Self>, start: Start, make: impl FnOnce(Notes) -> C) -> u32
    where
        C: Future<Output = Result<(T, Option<ResponseInfo>)>> + Send + 'static,
    {
        let id = self.last_id.fetch_add(1, Ordering::Relaxed).wrapping_add(1);
        let is_alone = self.running.fetch_add(1, Ordering::Relaxed) == 0;
        let start = if start == Start::Here && !is_alone { Start::Spawned } else { start };
        let runtime = match driven(Threads::One) {
            Ok(runtime) => runtime,
            Err(error) => {
                self.push(id, Event::Failed(error));
                return id;
            }
        };
        let queue = Arc::clone(self);
        let call = make(Arc::new(move |note| queue.push(id, Event::Note(note))));
        let guard = PanicGuard { queue: Arc::clone(self), id };
        // Several kilobytes, which would be copied at each step.
        let task: Task = Box::pin(async move {
            let event = match call.await {
                Ok((value, response)) => Event::Done(value, response),
                Err(error) => Event::Failed(error),
            };
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
        id
    }

    /// Cancels a call: its connection is closed or its stream reset, and no event follows. Says whether it was running.
    pub fn cancel(&self, id: u32) -> bool {
        let running = lock(&self.calls).remove(&id);
        lock(&self.asked).remove(&id);
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
