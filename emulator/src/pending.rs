//! Work that one task of the emulator does as it comes.

use std::sync::{Mutex, PoisonError};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// Work that waits to be done.
#[derive(Debug)]
pub(crate) struct Pending<T> {
    outgoing: UnboundedSender<T>,
    waiting: Mutex<Option<UnboundedReceiver<T>>>,
}

impl<T> Default for Pending<T> {
    fn default() -> Self {
        let (outgoing, waiting) = unbounded_channel();
        Self { outgoing, waiting: Mutex::new(Some(waiting)) }
    }
}

impl<T> Pending<T> {
    /// Adds some.
    pub(crate) fn add(&self, work: T) {
        // Without a receiver the emulator has ended.
        let _ = self.outgoing.send(work);
    }

    /// Where it comes; none once a task has it.
    pub(crate) fn take(&self) -> Option<UnboundedReceiver<T>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
