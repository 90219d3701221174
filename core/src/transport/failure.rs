//! Why an attempt failed, and whether another one may help.

use std::error::Error as _;
use std::time::Duration;

use reqwest::Url;

use crate::error::{Error, ErrorKind};

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
        let error = Error::new(ErrorKind::Timeout, format!("no answer within {limit:?}"))
            .with_hint("the server may have received the request; `timeout` sets how long is waited");
        Self { error, retry: Retry::IfRepeatable(When::Backoff) }
    }

    /// The request could not be sent, or no answer came back on its connection.
    pub(super) fn unanswered(cause: reqwest::Error, url: &Url) -> Self {
        let server = url.origin().ascii_serialization();
        let reason = innermost(&cause);
        if cause.is_builder() {
            return Self::last(Error::configuration(format!("the request cannot be written: {reason}")));
        }
        if let Some(reason) = certificate_problem(&cause) {
            let error = Error::new(ErrorKind::Network, format!("{server} is not trusted: {reason}")).with_hint(
                "give the certificate of its CA (`ca_certificates`), or for development accept any (`self_signed`)",
            );
            return Self::last(error.with_source(cause.without_url()));
        }
        let (error, retry) = if cause.is_connect() && cause.is_timeout() {
            (
                Error::new(ErrorKind::Timeout, format!("no connection to {server} in time")),
                Retry::Always(When::Backoff),
            )
        } else if cause.is_connect() {
            (
                Error::new(ErrorKind::Network, format!("cannot connect to {server}: {reason}")),
                Retry::Always(When::Backoff),
            )
        } else {
            (
                Error::new(ErrorKind::Network, format!("the connection broke before an answer: {reason}")),
                Retry::IfRepeatable(When::AtOnce),
            )
        };
        Self { error: error.with_source(cause.without_url()), retry }
    }

    /// The connection broke within the answer.
    pub(super) fn cut_off(cause: reqwest::Error) -> Self {
        let message = format!("the answer was cut off: {}", innermost(&cause));
        let error = Error::new(ErrorKind::Network, message).with_source(cause.without_url());
        Self { error, retry: Retry::IfRepeatable(When::Backoff) }
    }

    /// No further bytes of the answer within the time limit.
    pub(super) fn stalled(limit: Duration) -> Self {
        let error = Error::new(ErrorKind::Timeout, format!("the answer stalled for {limit:?}"));
        Self { error, retry: Retry::IfRepeatable(When::Backoff) }
    }
}

/// The deepest reason of an error: the outer ones only say that sending failed.
fn innermost(error: &reqwest::Error) -> String {
    let mut reason: &dyn std::error::Error = error;
    while let Some(deeper) = reason.source() {
        reason = deeper;
    }
    reason.to_string()
}

/// What is wrong with a server's certificate, if that is why the connection failed.
fn certificate_problem(error: &reqwest::Error) -> Option<String> {
    let mut reason = error.source();
    while let Some(present) = reason {
        if let Some(rustls::Error::InvalidCertificate(problem)) = present.downcast_ref() {
            return Some(problem.to_string());
        }
        // An io::Error hides the error it was made of from `source`.
        reason = match present.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
            Some(hidden) => Some(hidden),
            None => present.source(),
        };
    }
    None
}
