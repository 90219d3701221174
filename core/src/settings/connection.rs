//! Settings of connections, and what they mean to the host.

#[cfg(not(target_family = "wasm"))]
mod native;
#[cfg(target_family = "wasm")]
mod web;

#[cfg(not(target_family = "wasm"))]
pub(crate) use native::proxy;
#[cfg(not(target_family = "wasm"))]
pub(crate) use native::{CaCertificates, ConnectionSettings};
#[cfg(target_family = "wasm")]
pub(crate) use web::ConnectionSettings;
