//! What stands above single calls, by the cases of tests/flows, which every language runs.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod bulk;
mod cases;
#[path = "../faults/server.rs"]
#[allow(dead_code, reason = "the flows need a part of it")]
mod server;
mod transactions;
