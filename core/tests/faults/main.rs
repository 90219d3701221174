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
mod middleware;
mod operations;
#[path = "../support/over.rs"]
mod over;
mod proxies;
mod proxy;
#[path = "../support/realtime.rs"]
mod realtime_server;
mod redirects;
mod retries;
mod secrets;
mod server;
mod shapes;
mod surplus;
mod tls;
mod waiting;
mod watching;

/// Those of the pool itself: its settings, its connections, what it does about bytes that no request asked for.
#[cfg(feature = "reqwest")]
const OF_THE_POOL: [&str; 6] = ["cap::", "connections::", "proxies::", "surplus::", "tls::", "reqwest"];

#[cfg(feature = "reqwest")]
#[test]
fn the_faults_have_the_same_results_over_reqwest() {
    over::again("reqwest", &OF_THE_POOL);
}
