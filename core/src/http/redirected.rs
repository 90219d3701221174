//! A redirect that an HTTP client followed, which is not its decision.

use std::error::Error;
use std::fmt;

/// The cause of an [`HttpError`](super::HttpError) for an HTTP client that followed a redirect by itself. The call fails and is
/// not repeated, and its error says what to do.
#[derive(Debug)]
pub struct Redirected {
    /// Where to: scheme, host and port of another server, or a path of the same one.
    pub to: String,
}

impl fmt::Display for Redirected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the HTTP client followed a redirect to {}", self.to)
    }
}

impl Error for Redirected {}
