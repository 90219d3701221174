use std::fmt;

use serde::{Serialize, Serializer};

/// What went wrong, as far as a caller would act on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client's settings cannot work. Nothing was sent.
    Configuration,
    /// An argument was refused: before sending, or by the server (400, 413, 416 …).
    Argument,
    /// The credentials are missing, wrong, expired or not enough.
    Unauthorized,
    /// The API key lacks a scope that this operation needs.
    MissingScope,
    /// What was asked for does not exist, or these credentials may not see it.
    NotFound,
    /// It exists already, or something else changed it meanwhile.
    Conflict,
    /// Too many requests.
    RateLimited,
    /// Any other answer of the server that is not a success.
    Api,
    /// No answer in time. The server MAY have received the request.
    Timeout,
    /// The connection failed or broke. The server MAY have received the request.
    Network,
    /// The answer is not what this operation answers with.
    Decode,
    /// The caller gave up.
    Cancelled,
}

impl ErrorKind {
    /// The kind in snake case, as in `missing_scope`.
    pub fn as_str(self) -> &'static str {
        match self {
            ErrorKind::Configuration => "configuration",
            ErrorKind::Argument => "argument",
            ErrorKind::Unauthorized => "unauthorized",
            ErrorKind::MissingScope => "missing_scope",
            ErrorKind::NotFound => "not_found",
            ErrorKind::Conflict => "conflict",
            ErrorKind::RateLimited => "rate_limited",
            ErrorKind::Api => "api",
            ErrorKind::Timeout => "timeout",
            ErrorKind::Network => "network",
            ErrorKind::Decode => "decode",
            ErrorKind::Cancelled => "cancelled",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl Serialize for ErrorKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
