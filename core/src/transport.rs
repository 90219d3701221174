//! One request: TLS, connections, time limits, redirects and retries.

mod answer;
mod arriving;
mod attempts;
mod by_proxy;
mod clock;
mod connection;
mod connections;
mod connector;
mod deadline;
mod exceptions;
mod exchange;
mod failure;
mod forwarder;
mod given;
mod gzip;
mod handshake;
mod http1;
mod http2;
mod idle;
mod incoming;
mod movement;
mod network;
mod not_connected;
mod outgoing;
mod page;
mod places;
mod pool;
mod proxy;
mod pulse;
mod redirect;
mod refusal;
mod request;
mod sending;
mod servers;
mod stream;
mod tls;
mod tunnel;
mod turns;
mod unanswered;
mod wait;
mod warning;

use crate::error::{Error, Result};
use crate::options::CallOptions;
use crate::response::Response;
use crate::settings::Settings;

use attempts::Attempts;
pub use clock::Clock;
pub(crate) use clock::SharedClock;
pub(crate) use connection::{CaCertificates, ConnectionSettings};
pub(crate) use deadline::Deadline;
pub(crate) use incoming::{Incoming, too_large};
pub(crate) use movement::Movement;
pub use pool::after_fork;
pub(crate) use proxy::is_proxy;
pub(crate) use request::{Body, OpenBody, Request, Streamed};
pub(crate) use wait::backoff;

/// Sends a request, as often as repeating it is safe, until the head of a successful answer is there.
pub(crate) async fn send(settings: &Settings, request: &Request, options: &CallOptions) -> Result<Incoming> {
    let mut attempts = Attempts::new(settings, request, options);
    loop {
        match exchange::exchange(settings, request, options).await {
            Ok(incoming) => return Ok(incoming),
            Err(failure) => attempts.wait_after(failure).await?,
        }
    }
}

/// Sends a request, as often as repeating it is safe, until a successful answer has arrived as a whole.
pub(crate) async fn send_whole(
    settings: &Settings,
    request: &Request,
    options: &CallOptions,
) -> Result<Response> {
    let limit = options.max_response_bytes.unwrap_or(settings.limits.max_response_bytes);
    let mut attempts = Attempts::new(settings, request, options);
    loop {
        let answered = match exchange::exchange(settings, request, options).await {
            Ok(incoming) => answer::read(incoming, limit).await,
            Err(failure) => Err(failure),
        };
        match answered {
            Ok(response) => return Ok(response),
            Err(failure) => attempts.wait_after(failure).await?,
        }
    }
}

/// An error without the credentials that the request carried, which a server or a library may have quoted.
fn redacted(request: &Request, error: Error) -> Error {
    let carried = request.headers.iter().filter(|(name, value)| {
        // Whom an administrator acts as is no secret, and a message should name that user.
        value.is_sensitive() && !name.as_str().starts_with("x-appwrite-impersonate")
    });
    let values = carried.filter_map(|(_, value)| std::str::from_utf8(value.as_bytes()).ok());
    values.fold(error, |error, value| {
        // `Bearer token` and `name=value; name=value` may be quoted in parts.
        let parts =
            value.split([' ', ';']).flat_map(|part| [part, part.split_once('=').unwrap_or_default().1]);
        parts.fold(error.without(value), Error::without)
    })
}
