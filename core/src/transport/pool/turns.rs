//! One caller at a time, the lowest ticket first.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

/// Hands out the turn. A caller can use its ticket for another turn, so that one that had to come back does not stand behind
/// those that came later.
#[derive(Default)]
pub(super) struct Turns {
    tickets: AtomicU64,
    queue: Mutex<Queue>,
}

#[derive(Default)]
struct Queue {
    is_taken: bool,
    waiting: BTreeMap<u64, oneshot::Sender<Turn>>,
}

/// The turn, until this is dropped. `None` only while it is handed on.
pub(super) struct Turn(Option<Arc<Turns>>);

impl Turns {
    /// A ticket behind all others.
    pub(super) fn ticket(&self) -> u64 {
        self.tickets.fetch_add(1, Ordering::Relaxed)
    }

    /// Waits for the turn. No two wait with the same ticket.
    pub(super) async fn turn(self: &Arc<Self>, ticket: u64) -> Turn {
        let turn = {
            let mut queue = self.lock();
            if !queue.is_taken {
                queue.is_taken = true;
                return Turn(Some(self.clone()));
            }
            let (hand_on, turn) = oneshot::channel();
            queue.waiting.insert(ticket, hand_on);
            turn
        };
        // It is not dropped before it is handed on, as this holds the queue.
        turn.await.unwrap_or(Turn(None))
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        // Nothing leaves it half changed, so a panic elsewhere does not matter.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let Some(turns) = self.0.take() else { return };
        let mut queue = turns.lock();
        while let Some((_, hand_on)) = queue.waiting.pop_first() {
            match hand_on.send(Turn(Some(turns.clone()))) {
                Ok(()) => return,
                // The caller that waited has given up.
                Err(mut turn) => turn.0 = None,
            }
        }
        queue.is_taken = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_lowest_ticket_is_next_and_callers_that_gave_up_are_skipped() {
        let turns = Arc::new(Turns::default());
        let (early, given_up, late) = (turns.ticket(), turns.ticket(), turns.ticket());
        let first = turns.turn(turns.ticket()).await;
        let order = Arc::new(Mutex::new(Vec::new()));
        let wait = |ticket| {
            let (turns, order) = (turns.clone(), order.clone());
            tokio::spawn(async move {
                let _turn = turns.turn(ticket).await;
                order.lock().unwrap().push(ticket);
            })
        };
        let waiting = [wait(late), wait(given_up), wait(early)];
        tokio::task::yield_now().await;
        waiting[1].abort();
        tokio::task::yield_now().await;
        drop(first);
        for waiting in waiting {
            let _ = waiting.await;
        }
        assert_eq!(*order.lock().unwrap(), [early, late]);
        // The turn is free again.
        turns.turn(turns.ticket()).await;
    }
}
