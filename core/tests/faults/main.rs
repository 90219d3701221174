//! The core against a server that behaves badly on purpose. Every test looks at the bytes the server saw.

mod answers;
mod bodies;
mod clock;
mod connections;
mod hostile;
mod operations;
mod redirects;
mod retries;
mod secrets;
mod server;
mod tls;
mod waiting;
