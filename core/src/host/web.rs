//! JavaScript: its event loop runs the tasks, on one thread.

mod task;
pub mod timer;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

pub use task::{AbortHandle, JoinHandle, JoinSet, Tasks, joined, spawn};
pub use timer::Instant;

use crate::error::Result;

/// The system, for the user agent.
pub const SYSTEM: &str = "javascript";

/// The time of the day.
pub fn now() -> SystemTime {
    // That of the standard library has no clock here.
    UNIX_EPOCH + Duration::from_secs_f64(js_sys::Date::now() / 1000.0)
}

/// What runs tasks.
///
/// # Errors
/// None.
pub fn tasks() -> Result<Tasks> {
    Ok(Tasks)
}

/// 64 random bits.
pub fn random() -> u64 {
    let half = || (js_sys::Math::random() * f64::from(u32::MAX)) as u64;
    half() << 32 | half()
}
