//! What an HTTP/2 server says of requests that it did not process.

use h2::{Error, Reason};

/// Whether the server refused the request without processing it.
// RFC 9113, section 8.7.
pub(crate) fn is_refused(cause: &Error) -> bool {
    cause.is_reset() && cause.is_remote() && cause.reason() == Some(Reason::REFUSED_STREAM)
}

/// Whether the server ended the connection and left the request out: its stream is above the last one that the GOAWAY names.
/// h2 fails no other streams with the GOAWAY's error.
// RFC 9113, section 6.8.
pub(crate) fn is_left_out(cause: &Error) -> bool {
    cause.is_go_away() && cause.is_remote()
}
