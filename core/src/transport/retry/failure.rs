//! A failed attempt: its error, and whether another attempt may help.

use std::time::Duration;

use crate::error::{Error, ErrorKind, seconds};
use crate::http::BoxError;
use crate::http::cause::innermost;

/// A failed attempt.
pub(in crate::transport) struct Failure {
    pub(in crate::transport) error: Error,
    pub(in crate::transport) retry: Retry,
}

/// Whether and when another attempt may help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::transport) enum Retry {
    /// Another attempt would fail in the same way.
    Never,
    /// The server may have acted on the request: only if repeating is safe.
    IfRepeatable(When),
    /// The server surely did not act on the request.
    Always(When),
}

/// How long to wait before another attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::transport) enum When {
    /// Not at all, the first time: the server had closed a kept-alive connection.
    AtOnce,
    /// Longer with each attempt.
    Backoff,
    /// As long as the server asked for.
    After(Duration),
}

impl Failure {
    /// A failure that no other attempt can mend.
    pub(in crate::transport) fn last(error: Error) -> Self {
        Self { error, retry: Retry::Never }
    }

    /// There is no connection to the server.
    pub(in crate::transport) fn not_connected(cause: BoxError, timed_out: bool, server: &str) -> Self {
        let error = if timed_out {
            Error::new(ErrorKind::Timeout, format!("connecting to {server} timed out"))
        } else {
            let reason = innermost(&*cause);
            Error::new(ErrorKind::Network, format!("cannot connect to {server}: {reason}"))
        };
        Self { error: error.with_source(cause), retry: Retry::Always(When::Backoff) }
    }

    /// The response did not begin within the time limit.
    pub(in crate::transport) fn timed_out(limit: Duration) -> Self {
        let error = Error::new(ErrorKind::Timeout, format!("no response within {}", seconds(limit)))
            .with_hint("the server may have received the request; raise `timeout` to wait longer");
        Self { error, retry: Retry::IfRepeatable(When::Backoff) }
    }

    /// The connection broke before the response began.
    pub(in crate::transport) fn broken(cause: BoxError, retry: Retry) -> Self {
        let message = format!("the connection broke before a response: {}", innermost(&*cause));
        Self { error: Error::new(ErrorKind::Network, message).with_source(cause), retry }
    }

    /// The connection broke within the response.
    pub(in crate::transport) fn cut_off(cause: BoxError) -> Self {
        let message = format!("the response was cut off: {}", innermost(&*cause));
        let error = Error::new(ErrorKind::Network, message).with_source(cause);
        Self { error, retry: Retry::IfRepeatable(When::Backoff) }
    }

    /// No further bytes of the response came within the time limit.
    pub(in crate::transport) fn stalled(limit: Duration) -> Self {
        let error = Error::new(ErrorKind::Timeout, format!("the response stalled for {}", seconds(limit)));
        Self { error, retry: Retry::IfRepeatable(When::Backoff) }
    }
}
