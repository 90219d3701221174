//! What runs the calls of a language: the one tokio runtime of the process or, in wasm, the event loop of JavaScript. Both
//! sides offer the same, but for what needs threads.

mod begin;
#[cfg(not(target_family = "wasm"))]
mod native;
#[cfg(target_family = "wasm")]
mod web;

pub(crate) use begin::{Task, begin};
#[cfg(not(target_family = "wasm"))]
pub use native::{Threads, block_on, driven, watch_forks};
#[cfg(target_family = "wasm")]
pub use web::{Threads, driven};

pub use crate::warnings::take as warnings;
