//! What stands above single calls, against a server with a script: the cases of tests/flow, which all languages run.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]
#![cfg(feature = "services")]

mod bulk;
mod cases;
#[path = "../faults/clock.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod clock;
mod lists;
#[path = "../support/over.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod over;
mod realtime;
#[path = "../support/realtime.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod realtime_server;
mod script;
#[path = "../faults/server.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod server;
mod spans;
mod transactions;
mod waits;
