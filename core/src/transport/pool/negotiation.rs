//! Whether a server speaks HTTP/2: the first call that connects finds out, and the others wait for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use super::turns::{Turn, Turns};

/// What is known of a server's protocol.
#[derive(Default)]
pub(super) struct Negotiations {
    /// It has chosen HTTP/1.1, so every call needs a connection anyway.
    is_http1: AtomicBool,
    /// The last negotiation ended with HTTP/2.
    is_http2: AtomicBool,
    /// How many negotiations have ended, successful or not.
    ended: AtomicU32,
    turns: Arc<Turns>,
}

/// Held by the caller that connects while all others wait to learn whether the server speaks HTTP/2, where one connection
/// is enough for all calls.
pub(super) struct Negotiation<'origin> {
    negotiations: &'origin Negotiations,
    _turn: Turn,
    is_needed: bool,
}

impl Negotiations {
    /// A place in the queue behind all others.
    pub(super) fn ticket(&self) -> u64 {
        self.turns.ticket()
    }

    /// Notes that the server speaks HTTP/1.1.
    pub(super) fn set_http1(&self) {
        self.is_http1.store(true, Ordering::Relaxed);
    }

    /// Whether the server speaks HTTP/1.1, as far as is known.
    pub(super) fn is_http1(&self) -> bool {
        self.is_http1.load(Ordering::Relaxed)
    }

    /// Waits for the negotiation in progress, if there is one, and for all whose tickets are lower. `None` where each call
    /// needs a connection of its own.
    pub(super) async fn begin(&self, ticket: u64) -> Option<Negotiation<'_>> {
        if self.is_http1() {
            return None;
        }
        let ended = self.ended.load(Ordering::Relaxed);
        let turn = self.turns.turn(ticket).await;
        let is_first = self.ended.load(Ordering::Relaxed) == ended;
        let is_needed = is_first || self.is_http2.load(Ordering::Relaxed);
        Some(Negotiation { negotiations: self, _turn: turn, is_needed })
    }
}

impl Negotiation<'_> {
    /// Whether there is something to find out, or one connection to open for all. Where a negotiation has failed, each call
    /// connects by itself: all fail at the same time, or some do not.
    pub(super) fn is_needed(&self) -> bool {
        self.is_needed
    }

    /// Ends with what was found out; `None` when connecting failed.
    pub(super) fn end(self, is_http2: Option<bool>) {
        self.negotiations.is_http2.store(is_http2 == Some(true), Ordering::Relaxed);
        if let Some(is_http2) = is_http2 {
            self.negotiations.is_http1.store(!is_http2, Ordering::Relaxed);
        }
        self.negotiations.ended.fetch_add(1, Ordering::Relaxed);
    }
}
