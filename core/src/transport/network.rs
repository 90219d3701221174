//! What carries requests and WebSockets where a program has brought no HTTP client of its own: Polywrite's connections or,
//! in wasm, what JavaScript has. Both sides offer the same.

#[cfg(not(target_family = "wasm"))]
mod native;
#[cfg(target_family = "wasm")]
mod web;

use bytes::Bytes;

use crate::error::Error;
use crate::transport::retry::failure::{Failure, Retry};

#[cfg(not(target_family = "wasm"))]
pub(super) use native::{ForwardProxy, ResponseBody, known, send};
#[cfg(not(target_family = "wasm"))]
pub(crate) use native::{WebSocket, client, open_websocket};
#[cfg(target_family = "wasm")]
pub(super) use web::{ForwardProxy, ResponseBody, known, send};
#[cfg(target_family = "wasm")]
pub(crate) use web::{WebSocket, client, open_websocket};

/// A message of a WebSocket.
pub(crate) enum Message {
    /// Text, in UTF-8 unless the server is mistaken.
    Text(Bytes),
    /// Anything else, which only says that the server is there.
    Other,
}

/// Why a WebSocket was not opened.
pub(crate) struct Unopened {
    pub(crate) error: Error,
    /// Whether another attempt would fail in the same way.
    pub(crate) lasts: bool,
}

impl From<Failure> for Unopened {
    fn from(failure: Failure) -> Self {
        Self { error: failure.error, lasts: failure.retry == Retry::Never }
    }
}
