//! What the host of this process brings: clocks, timers, tasks, randomness and environment variables. In wasm they are
//! JavaScript's; everywhere else those of tokio and of the standard library. Both sides offer the same.

#[cfg(not(target_family = "wasm"))]
mod native;
#[cfg(target_family = "wasm")]
mod web;

#[cfg(not(target_family = "wasm"))]
pub use native::{
    AbortHandle, Instant, JoinHandle, JoinSet, SYSTEM, Tasks, joined, log, now, random, spawn, tasks, timer,
    variable,
};
#[cfg(target_family = "wasm")]
pub use web::{
    AbortHandle, Instant, JoinHandle, JoinSet, SYSTEM, Tasks, joined, log, now, random, spawn, tasks, timer,
    variable,
};
