//! Why a request has no response.

use std::error::Error;
use std::fmt;

/// An error of any type.
pub type BoxError = Box<dyn Error + Send + Sync>;

/// Whether the server can have received a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sent {
    /// It surely has not: there was no connection, or nothing of the request went out. Any call is repeated.
    No,
    /// It may have. Only calls that may be sent twice are repeated.
    Perhaps,
}

/// Why an [`HttpClient`](super::HttpClient) has no response.
#[derive(Debug)]
pub struct HttpError {
    /// Whether the server can have received the request.
    pub sent: Sent,
    /// Whether a time limit of the client ended it.
    pub timed_out: bool,
    /// Why. Messages show its innermost cause, so it must not quote credentials.
    pub source: BoxError,
}

impl HttpError {
    /// The server surely has not received the request.
    pub fn not_sent(source: impl Into<BoxError>) -> Self {
        Self { sent: Sent::No, timed_out: false, source: source.into() }
    }

    /// The server may have received the request.
    pub fn perhaps_sent(source: impl Into<BoxError>) -> Self {
        Self { sent: Sent::Perhaps, timed_out: false, source: source.into() }
    }
}

impl fmt::Display for HttpError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match (self.sent, self.timed_out) {
            (Sent::No, false) => "the request was not sent",
            (Sent::No, true) => "the request was not sent in time",
            (Sent::Perhaps, false) => "the request has no response",
            (Sent::Perhaps, true) => "the request has no response in time",
        })
    }
}

impl Error for HttpError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}
