//! One request: TLS, connections, time limits, redirects and retries.

mod clock;
mod connection;
mod incoming;
mod pool;
mod request;
mod tls;

pub use clock::Clock;
pub(crate) use clock::SharedClock;
pub(crate) use connection::{CaCertificates, ConnectionSettings};
pub(crate) use incoming::Incoming;
pub use pool::after_fork;
pub(crate) use request::{Body, Request};
