//! The core against a server that misbehaves on purpose. Every test checks the bytes that the server received.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod availability;
mod bodies;
mod cap;
mod clock;
mod connections;
mod deep;
mod exchanges;
mod gzip;
mod hostile;
mod limits;
#[path = "../support/logs.rs"]
mod logs;
mod operations;
mod proxies;
mod proxy;
mod redirects;
mod retries;
mod secrets;
mod server;
mod shapes;
mod surplus;
mod tls;
mod waiting;
mod watching;
