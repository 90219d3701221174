//! One request: its attempts, its connection and its response.
//!
//! | room | what it decides |
//! | - | - |
//! | `retry` | whether and when another attempt follows |
//! | `http` | the request that is sent, and what its response means |
//! | `pool` | which connection a request goes out on |
//! | `io` | how a connection is opened: TCP, TLS, proxies |

mod http;
mod io;
mod pool;
mod retry;

use crate::error::Result;
use crate::options::CallOptions;
use crate::response::Response;
use crate::settings::Settings;

pub(crate) use http::request::{Body, OpenBody, Request, Streamed};
pub(crate) use http::send_progress::SendProgress;
pub(crate) use http::unread_response::{UnreadResponse, too_large};
use http::{exchange, read_response};
pub use pool::registry::after_fork;
use retry::attempts::Attempts;
pub(crate) use retry::deadline::Deadline;

/// Sends a request, as often as repeating it is safe, until the head of a successful response is there.
pub(crate) async fn send(
    settings: &Settings,
    request: &Request,
    options: &CallOptions,
) -> Result<UnreadResponse> {
    let mut attempts = Attempts::new(settings, request, options);
    loop {
        match exchange::exchange(settings, request, options).await {
            Ok(response) => return Ok(response),
            Err(failure) => attempts.wait_after(failure).await?,
        }
    }
}

/// Sends a request, as often as repeating it is safe, until a successful response has arrived as a whole.
pub(crate) async fn send_whole(
    settings: &Settings,
    request: &Request,
    options: &CallOptions,
) -> Result<Response> {
    let limit = options.max_response_bytes.unwrap_or(settings.limits.max_response_bytes);
    let mut attempts = Attempts::new(settings, request, options);
    loop {
        let response = match exchange::exchange(settings, request, options).await {
            Ok(unread) => read_response::read(unread, limit).await,
            Err(failure) => Err(failure),
        };
        match response {
            Ok(response) => return Ok(response),
            Err(failure) => attempts.wait_after(failure).await?,
        }
    }
}
