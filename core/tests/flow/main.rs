//! Lists and waits against a server with a script: the cases of tests/flow, which all languages run.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(feature = "services")]

mod cases;
#[path = "../faults/clock.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod clock;
mod lists;
#[path = "../faults/server.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod server;
mod waits;
