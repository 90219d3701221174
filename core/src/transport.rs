//! One request: its attempts, its connection and its response.
//!
//! | room | what it decides |
//! | - | - |
//! | `retry` | whether and when another attempt follows |
//! | `http` | the request that is sent, and what its response means |
//! | `network` | what carries requests on this host: Polywrite's connections, or JavaScript's `fetch` in wasm |
//! | `pool` | which connection a request goes out on |
//! | `io` | how a connection is opened: TCP, TLS, proxies |

mod http;
#[cfg(not(target_family = "wasm"))]
mod io;
mod network;
#[cfg(not(target_family = "wasm"))]
mod pool;
mod retry;

use crate::error::Result;
use crate::observe::Hooks;
use crate::options::CallOptions;
use crate::response::{Response, ResponseInfo};
use crate::settings::Settings;

pub(crate) use http::request::Request;
pub(crate) use http::unread_response::{UnreadResponse, too_large};
use http::{exchange, read_response};
pub(crate) use network::{Message, Unopened, WebSocket, client, open_websocket};
use retry::attempts::Attempts;
pub(crate) use retry::deadline::Deadline;

/// Sends a request, as often as repeating it is safe, until the head of a successful response is there. What the call was
/// like until then comes with it.
pub(crate) async fn send(
    settings: &Settings,
    hooks: Option<&Hooks>,
    request: &Request,
    options: &CallOptions,
) -> Result<(UnreadResponse, ResponseInfo)> {
    let mut attempts = Attempts::new(settings, hooks, request, options);
    loop {
        attempts.begin();
        match exchange::exchange(settings, hooks, request, options).await {
            Ok(response) => {
                let (status, headers) = (response.status, response.headers.clone());
                return Ok((response, attempts.succeed(status, headers)));
            }
            Err(failure) => attempts.wait_after(failure).await?,
        }
    }
}

/// Sends a request, as often as repeating it is safe, until a successful response has arrived as a whole.
pub(crate) async fn send_whole(
    settings: &Settings,
    hooks: Option<&Hooks>,
    request: &Request,
    options: &CallOptions,
) -> Result<Response> {
    let limit = options.max_response_bytes.unwrap_or(settings.limits.max_response_bytes);
    let mut attempts = Attempts::new(settings, hooks, request, options);
    loop {
        attempts.begin();
        let response = match exchange::exchange(settings, hooks, request, options).await {
            Ok(unread) => read_response::read(unread, limit).await,
            Err(failure) => Err(failure),
        };
        match response {
            Ok((operation, status, headers, body)) => {
                let info = attempts.succeed(status, headers);
                return Ok(Response { operation, info, body });
            }
            Err(failure) => attempts.wait_after(failure).await?,
        }
    }
}
