//! How many calls may be in flight to one server; the others queue, the first to come first.

use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::Semaphore;

/// The most permits of one server, whatever is set and whatever it allows.
const MOST: usize = 65_536;

/// The permits of one server: for HTTP/1.1 one for each connection, for HTTP/2 one for each stream that the server allows.
pub(super) struct Permits {
    free: Semaphore,
    size: AtomicUsize,
    /// How many permits in use are not given out again, since there are fewer than before.
    owed: AtomicUsize,
}

impl Permits {
    pub(super) fn new(size: usize) -> Self {
        let size = size.clamp(1, MOST);
        Self { free: Semaphore::new(size), size: AtomicUsize::new(size), owed: AtomicUsize::new(0) }
    }

    /// How many there are.
    pub(super) fn size(&self) -> usize {
        self.size.load(Ordering::Relaxed)
    }

    /// Changes how many permits there are. Calls in flight keep theirs.
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

    /// Waits in the queue for a permit, which [`release`](Self::release) gives back.
    pub(super) async fn acquire(&self) {
        let permit = match self.free.try_acquire() {
            Ok(permit) => Ok(permit),
            // No code closes it.
            Err(_) => self.free.acquire().await,
        };
        if let Ok(permit) = permit {
            permit.forget();
        }
    }

    /// Gives a permit back.
    pub(super) fn release(&self) {
        let owed = self.owed.fetch_update(Ordering::AcqRel, Ordering::Acquire, |owed| owed.checked_sub(1));
        if owed.is_err() {
            self.free.add_permits(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permits_become_more_and_fewer() {
        let permits = Permits::new(3);
        let take = || permits.free.try_acquire().map(tokio::sync::SemaphorePermit::forget).is_ok();
        assert!(take() && take());
        // Two are in use, one of which is owed.
        permits.resize(1);
        assert!(!take());
        permits.release();
        assert!(!take());
        permits.release();
        assert!(take());
        permits.resize(3);
        assert!(take() && take() && !take());
        permits.resize(2);
        permits.resize(4);
        assert!(take() && !take());
    }
}
