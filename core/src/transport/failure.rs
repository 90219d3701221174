//! Why an attempt failed, and whether another one may help.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use super::connector::BoxError;
use super::network::SpeaksTls;
use super::not_connected;
use super::unanswered::Unanswered;
use crate::error::{Error, ErrorKind, seconds};

/// A failed attempt.
pub(super) struct Failure {
    pub(super) error: Error,
    pub(super) retry: Retry,
}

/// Whether and when another attempt may help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Retry {
    /// It would end the same way.
    Never,
    /// The server may have acted on the request: only if repeating is safe.
    IfRepeatable(When),
    /// The server surely did not act on the request.
    Always(When),
}

/// How long to wait before another attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// Not at all, the first time: a kept-alive connection had been closed meanwhile.
    AtOnce,
    /// Longer each time.
    Backoff,
    /// As long as the server said.
    After(Duration),
}

impl Failure {
    /// A failure that no other attempt can mend.
    pub(super) fn last(error: Error) -> Self {
        Self { error, retry: Retry::Never }
    }

    /// No answer within the time limit.
    pub(super) fn no_answer(limit: Duration) -> Self {
        let error = Error::new(ErrorKind::Timeout, format!("no answer within {}", seconds(limit)))
            .with_hint("the server may have received the request; `timeout` sets how long is waited");
        Self { error, retry: Retry::IfRepeatable(When::Backoff) }
    }

    /// There is no connection, or it broke before an answer.
    pub(super) fn unanswered(cause: Unanswered, server: &str) -> Self {
        match cause {
            Unanswered::NotConnected(cause) => not_connected::failure(cause, server),
            Unanswered::Broken(cause) if find::<SpeaksTls>(&*cause).is_some() => {
                let error = Error::new(ErrorKind::Network, format!("{server} speaks TLS, not plain HTTP"));
                Self::last(error.with_hint("its address begins with https://").with_source(cause))
            }
            Unanswered::Untouched { cause, .. }
            | Unanswered::OutOfStep(cause)
            | Unanswered::Refused(cause) => Self::broken(cause, Retry::Always(When::AtOnce)),
            Unanswered::Broken(cause) => Self::broken(cause, Retry::IfRepeatable(When::AtOnce)),
        }
    }

    fn broken(cause: BoxError, retry: Retry) -> Self {
        let message = format!("the connection broke before an answer: {}", innermost(&*cause));
        Self { error: Error::new(ErrorKind::Network, message).with_source(cause), retry }
    }

    /// The connection broke within the answer.
    pub(super) fn cut_off(cause: BoxError) -> Self {
        let message = format!("the answer was cut off: {}", innermost(&*cause));
        let error = Error::new(ErrorKind::Network, message).with_source(cause);
        Self { error, retry: Retry::IfRepeatable(When::Backoff) }
    }

    /// No further bytes of the answer within the time limit.
    pub(super) fn stalled(limit: Duration) -> Self {
        let error = Error::new(ErrorKind::Timeout, format!("the answer stalled for {}", seconds(limit)));
        Self { error, retry: Retry::IfRepeatable(When::Backoff) }
    }
}

/// An error and its reasons, the outermost first.
pub(super) fn reasons<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |error: &&'a (dyn StdError + 'static)| {
        let error: &'a (dyn StdError + 'static) = *error;
        // An io::Error hides the error it was made of from `source`.
        match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(hidden) => Some(hidden as &(dyn StdError + 'static)),
            None => error.source(),
        }
    })
}

/// The first reason of a kind.
pub(super) fn find<'a, E: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a E> {
    reasons(error).find_map(|reason| reason.downcast_ref())
}

/// The deepest reason of an error: the outer ones only say that sending failed.
pub(super) fn innermost(error: &(dyn StdError + 'static)) -> String {
    reasons(error).last().map(ToString::to_string).unwrap_or_default()
}

/// Whether a time limit for connecting, ours or the system's, is the reason.
pub(super) fn took_too_long(error: &(dyn StdError + 'static)) -> bool {
    reasons(error)
        .filter_map(|reason| reason.downcast_ref::<io::Error>())
        .any(|reason| reason.kind() == io::ErrorKind::TimedOut)
}
