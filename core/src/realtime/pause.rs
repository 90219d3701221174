//! The pause between two reads that follow each other soon: messages that come quickly wait for each other, because it
//! costs more than all else to wake the task of the connection and a reader for each of them.

use std::time::Duration;

use crate::host::timer::Instant;

/// How many bytes of messages are handled without a pause: so many that a reader is woken seldom, and so few that memory is
/// used again before the processor has forgotten it.
pub(super) const AT_ONCE: usize = 512 * 1024;
/// How long it is.
const LENGTH: Duration = Duration::from_millis(1);

/// When messages were read.
#[derive(Default)]
pub(super) struct Pauses {
    last: Option<Instant>,
}

impl Pauses {
    /// Until when to pause after so many bytes have been read; none to read on at once.
    pub(super) fn after(&self, now: Instant, bytes: usize) -> Option<Instant> {
        let is_soon = self.last.is_some_and(|last| now < last + LENGTH);
        // Readers have their turn before their buffers are full.
        (is_soon || bytes >= AT_ONCE).then(|| now + LENGTH)
    }

    /// Notes that reading goes on.
    pub(super) fn go_on(&mut self, now: Instant) {
        self.last = Some(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_that_follow_each_other_soon_pause_and_others_do_not() {
        let (mut pauses, start) = (Pauses::default(), Instant::now());
        assert_eq!(pauses.after(start, 1), None, "the first one");
        pauses.go_on(start);
        let soon = start + LENGTH / 2;
        assert_eq!(pauses.after(soon, 1), Some(soon + LENGTH));
        pauses.go_on(soon + LENGTH);
        let later = soon + LENGTH * 2;
        assert_eq!(pauses.after(later, 1), None, "a message that comes alone is read at once");
    }

    #[test]
    fn readers_have_their_turn_after_many_bytes() {
        let now = Instant::now();
        assert_eq!(Pauses::default().after(now, AT_ONCE - 1), None);
        assert_eq!(Pauses::default().after(now, AT_ONCE), Some(now + LENGTH));
    }
}
