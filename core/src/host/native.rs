//! tokio and the operating system.

use std::hash::{BuildHasher, RandomState};
use std::io::Write;
use std::panic::resume_unwind;
use std::time::{SystemTime, UNIX_EPOCH};

pub use std::time::Instant;
pub use tokio::runtime::Handle as Tasks;
use tokio::task::JoinError;
pub use tokio::task::{AbortHandle, JoinHandle, JoinSet, spawn};

use crate::error::{Error, Result};

/// Timers, whose clock stands still in tests that pause it.
pub mod timer {
    pub use tokio::time::{Instant, sleep, sleep_until, timeout, timeout_at};
}

/// The system, for the user agent.
pub const SYSTEM: &str = std::env::consts::OS;

/// The time of the day.
pub fn now() -> SystemTime {
    SystemTime::now()
}

/// An environment variable.
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Writes a line to the standard error. One that is closed must not end a call.
pub fn log(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// What runs tasks.
///
/// # Errors
/// `Configuration` outside of a tokio runtime.
pub fn tasks() -> Result<Tasks> {
    Tasks::try_current().map_err(|_| Error::configuration("calls must be awaited inside a tokio runtime"))
}

/// What a task has returned; none when it was cancelled. A panic goes on here.
pub fn joined<T>(ended: std::result::Result<T, JoinError>) -> Option<T> {
    match ended {
        Ok(value) => Some(value),
        Err(ended) => match ended.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            Err(_) => None,
        },
    }
}

/// 64 random bits.
///
/// They come from the standard library's keys, which the operating system seeds. A forked child has its parent's keys,
/// so the process ID and the time are mixed in: children of one fork must neither make the same IDs nor draw the same waits.
pub fn random() -> u64 {
    let nanos = now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_nanos());
    mixed(&RandomState::new(), std::process::id(), nanos)
}

fn mixed(keys: &RandomState, process: u32, nanos: u128) -> u64 {
    keys.hash_one((process, nanos))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_of_one_fork_draw_different_numbers_from_the_same_keys() {
        let copied = RandomState::new();
        let drawn: std::collections::HashSet<u64> =
            (100..200).map(|process| mixed(&copied, process, 1)).collect();
        assert_eq!(drawn.len(), 100);
        assert_ne!(mixed(&copied, 100, 1), mixed(&copied, 100, 2), "a process ID may be used again");
    }
}
