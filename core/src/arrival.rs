//! Whether a call that failed may have been done all the same.

use crate::error::{Error, ErrorKind};

/// Whether the server may have done what a call asked for, although the call failed. What repeats such a call finds out
/// first, or makes sure that doing it twice does no harm.
pub(crate) fn may_be_done(error: &Error) -> bool {
    match error.kind() {
        // There was no response, half of one, or one that cannot be read: none says what the server did.
        ErrorKind::Network | ErrorKind::Timeout | ErrorKind::Decode => true,
        // Such a call may have been sent before it ended.
        ErrorKind::Cancelled | ErrorKind::Internal => true,
        // A server that refuses says so with 4xx. One that breaks down, and a gateway that lost its server, do not know how
        // far they came.
        _ => error.status().is_some_and(|status| status >= 500),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_are_not_done_and_what_says_nothing_may_be() {
        let of = |kind, status| {
            let error = Error::new(kind, "");
            may_be_done(&match status {
                0 => error,
                _ => error.with_status(status),
            })
        };
        for (kind, status) in [
            (ErrorKind::Network, 0),
            (ErrorKind::Timeout, 0),
            (ErrorKind::Decode, 200),
            (ErrorKind::Api, 500),
            (ErrorKind::Api, 504),
        ] {
            assert!(of(kind, status), "{kind} {status}");
        }
        for (kind, status) in [
            (ErrorKind::Argument, 0),
            (ErrorKind::Argument, 400),
            (ErrorKind::Conflict, 409),
            (ErrorKind::RateLimited, 429),
        ] {
            assert!(!of(kind, status), "{kind} {status}");
        }
    }
}
