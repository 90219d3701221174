//! How many of something come in a minute.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

/// When those of the last minute came.
#[derive(Debug, Default)]
pub(super) struct Minute(VecDeque<Instant>);

impl Minute {
    /// Counts one, unless so many have come already. Says whether it did.
    pub(super) fn admits(&mut self, most: usize) -> bool {
        let now = Instant::now();
        while self.0.front().is_some_and(|came| now - *came >= Duration::from_secs(60)) {
            self.0.pop_front();
        }
        let is_admitted = self.0.len() < most;
        if is_admitted {
            self.0.push_back(now);
        }
        is_admitted
    }
}
