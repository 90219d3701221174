//! How many calls may be under way to a server at the same time; the others queue, the first to come first.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::Semaphore;

use super::servers::Server;

/// The most places that a server has, whatever is set and whatever it allows.
const MOST: usize = 65_536;

/// The places of one server: for HTTP/1.1 one a connection, for HTTP/2 one a stream that the server allows.
pub(super) struct Places {
    free: Semaphore,
    size: AtomicUsize,
    /// How many places in use are not given out again, since there are fewer than before.
    owed: AtomicUsize,
}

/// The right to have one call under way; given back when dropped.
pub(super) struct Place {
    pub(super) server: Arc<Server>,
}

impl Places {
    pub(super) fn new(size: usize) -> Self {
        let size = size.clamp(1, MOST);
        Self { free: Semaphore::new(size), size: AtomicUsize::new(size), owed: AtomicUsize::new(0) }
    }

    /// How many there are.
    pub(super) fn size(&self) -> usize {
        self.size.load(Ordering::Relaxed)
    }

    /// Has another number of places from now on. Calls under way keep theirs.
    pub(super) fn resize(&self, size: usize) {
        let size = size.clamp(1, MOST);
        if self.size() == size {
            return;
        }
        let before = self.size.swap(size, Ordering::AcqRel);
        if let Some(fewer) = before.checked_sub(size) {
            let forgotten = self.free.forget_permits(fewer);
            self.owed.fetch_add(fewer - forgotten, Ordering::AcqRel);
            return;
        }
        let more = size - before;
        let pay = |owed: usize| Some(owed.saturating_sub(more));
        let owed = self.owed.fetch_update(Ordering::AcqRel, Ordering::Acquire, pay).unwrap_or_default();
        self.free.add_permits(more.saturating_sub(owed));
    }

    async fn take(&self) {
        let permit = match self.free.try_acquire() {
            Ok(permit) => Ok(permit),
            // Nobody closes it.
            Err(_) => self.free.acquire().await,
        };
        if let Ok(permit) = permit {
            permit.forget();
        }
    }

    fn give_back(&self) {
        let owed = self.owed.fetch_update(Ordering::AcqRel, Ordering::Acquire, |owed| owed.checked_sub(1));
        if owed.is_err() {
            self.free.add_permits(1);
        }
    }
}

impl Place {
    /// Waits in the server's queue for a place.
    pub(super) async fn at(server: Arc<Server>) -> Self {
        server.places.take().await;
        Self { server }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.server.places.give_back();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_become_more_and_fewer() {
        let places = Places::new(3);
        let take = || places.free.try_acquire().map(tokio::sync::SemaphorePermit::forget).is_ok();
        assert!(take() && take());
        // Two are in use, one of which is owed.
        places.resize(1);
        assert!(!take());
        places.give_back();
        assert!(!take());
        places.give_back();
        assert!(take());
        places.resize(3);
        assert!(take() && take() && !take());
        places.resize(2);
        places.resize(4);
        assert!(take() && !take());
    }
}
