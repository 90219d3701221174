//! How many messages a connection may send.

use std::collections::VecDeque;
use std::time::Duration;

use super::generated::MESSAGES;
use crate::host::timer::Instant;

/// The server counts by the minute.
const WINDOW: Duration = Duration::from_secs(60);

/// When the messages of the last minute were sent.
#[derive(Default)]
pub(super) struct Pace(VecDeque<Instant>);

impl Pace {
    /// When the next message may be sent; none for at once.
    pub(super) fn wait_until(&mut self, now: Instant) -> Option<Instant> {
        while self.0.front().is_some_and(|sent| *sent + WINDOW <= now) {
            self.0.pop_front();
        }
        // One stays in hand: the server's minute is not exactly ours.
        if self.0.len() < MESSAGES.saturating_sub(1).max(1) { None } else { Some(*self.0.front()? + WINDOW) }
    }

    /// Notes a message.
    pub(super) fn sent(&mut self, now: Instant) {
        self.0.push_back(now);
    }

    /// The server has counted more than we have.
    pub(super) fn exhaust(&mut self, now: Instant) {
        self.0 = std::iter::repeat_n(now, MESSAGES).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_has_fewer_messages_than_the_server_takes() {
        let (mut pace, start) = (Pace::default(), Instant::now());
        let mut sent = 0;
        while pace.wait_until(start).is_none() {
            pace.sent(start);
            sent += 1;
        }
        assert_eq!(sent, MESSAGES - 1);
        let next = pace.wait_until(start).unwrap();
        assert_eq!(next, start + WINDOW);
        assert_eq!(pace.wait_until(next), None);
    }
}
