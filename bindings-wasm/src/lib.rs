//! The layer of the npm package for runtimes without native libraries: the codec between JavaScript and the core as
//! WebAssembly.
//!
//! Its classes and functions are those of `bindings-node/src`, so that the same TypeScript stands above both.
#![cfg(target_arch = "wasm32")]

mod call;
mod client;
mod download;
mod environment;
mod error;
mod question;
mod queue;
mod upload;

pub use question::ask;
