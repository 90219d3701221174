//! What waits for the reader of a subscription.

use std::collections::VecDeque;
use std::task::{Context, Poll, Waker};

use super::event::{Gap, RealtimeEvent, RealtimeMessage};
use crate::error::{Error, Result};

/// How many bytes of events wait, at most, beside the one that is read next.
const BYTES: usize = 64 * 1024 * 1024;

/// Messages in order, and what was dropped behind them.
#[derive(Default)]
pub(super) struct Buffer {
    messages: VecDeque<RealtimeMessage>,
    capacity: usize,
    bytes: usize,
    /// How many events were dropped behind the last message.
    dropped: u64,
    ended: bool,
    error: Option<Error>,
    reader: Option<Waker>,
}

impl Buffer {
    /// With room for so many events.
    pub(super) fn new(capacity: usize) -> Self {
        Self { capacity, ..Self::default() }
    }

    /// Adds an event. Drops one that finds no room, and counts `None`, which some languages could not read, as dropped.
    pub(super) fn push(&mut self, event: Option<RealtimeEvent>) {
        if self.ended {
            return;
        }
        let Some(event) = event.map(RealtimeMessage::Event) else {
            self.dropped += 1;
            return self.wake();
        };
        let size = event.size();
        let is_full = self.messages.len() >= self.capacity || self.bytes + size > BYTES;
        if is_full && !self.messages.is_empty() {
            self.dropped += 1;
            return;
        }
        self.note_dropped();
        self.bytes += size;
        self.messages.push_back(event);
        self.wake();
    }

    /// Adds that events may be missing because the connection was lost.
    pub(super) fn push_gap(&mut self) {
        if self.ended {
            return;
        }
        self.note_dropped();
        let gap = Gap { dropped: None };
        // Nothing came between two of them, so they are one.
        if !matches!(self.messages.back(), Some(RealtimeMessage::Gap(last)) if *last == gap) {
            self.messages.push_back(RealtimeMessage::Gap(gap));
        }
        self.wake();
    }

    /// Ends it, behind what waits.
    pub(super) fn end(&mut self, error: Option<Error>) {
        if !self.ended {
            (self.ended, self.error) = (true, error);
            self.wake();
        }
    }

    /// The next message; none at the end.
    pub(super) fn poll(&mut self, context: &Context<'_>) -> Poll<Result<Option<RealtimeMessage>>> {
        if self.messages.is_empty() {
            self.note_dropped();
        }
        match self.messages.pop_front() {
            Some(message) => {
                self.bytes -= message.size();
                Poll::Ready(Ok(Some(message)))
            }
            None if self.ended => Poll::Ready(self.error.take().map_or(Ok(None), Err)),
            None => {
                self.reader = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }

    /// Whether a message waits.
    pub(super) fn has_more(&self) -> bool {
        !self.messages.is_empty()
    }

    fn note_dropped(&mut self) {
        if self.dropped > 0 {
            let dropped = Some(std::mem::take(&mut self.dropped));
            self.messages.push_back(RealtimeMessage::Gap(Gap { dropped }));
        }
    }

    fn wake(&mut self) {
        if let Some(reader) = self.reader.take() {
            reader.wake();
        }
    }
}
