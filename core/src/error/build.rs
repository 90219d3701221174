//! Building errors.

use std::borrow::Cow;
use std::time::Duration;

use http::HeaderMap;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::line::one_line;
use super::scrub::{scrubbed, scrubbed_of, without_values};
use super::{Attempt, Cause, Error, ErrorKind, Parts};
use crate::operation::Operation;

/// How many bytes of a response an error keeps.
pub(crate) const BODY_LIMIT: usize = 65_536;
/// How many characters of an unreadable response a message shows.
const EXCERPT_LENGTH: usize = 120;

/// Anything shorter is not a secret, and occurs in ordinary words.
const SHORTEST_SECRET: usize = 8;

impl Error {
    /// An error of a kind with what happened: one line, without the values of secret fields and without characters that control
    /// a terminal or a log.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Parts {
            kind,
            operation: None,
            status: None,
            error_type: None,
            message: one_line(scrubbed(&message.into()).into_owned()),
            body: None,
            attempts: Vec::new(),
            hint: None,
            retry_after: None,
            source: None,
        }))
    }

    /// A setting that cannot work.
    pub fn configuration(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Configuration, message)
    }

    /// An argument that is refused before sending.
    pub fn argument(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Argument, message)
    }

    /// A call that the caller cancelled.
    pub fn cancelled() -> Self {
        Self::new(ErrorKind::Cancelled, "cancelled by the caller")
    }

    /// A response that is not what its operation returns. The message shows its beginning, the error keeps up to 64 KiB of it;
    /// neither has the value of a secret field, such as a new session's secret.
    pub fn decode(operation: &Operation, body: &[u8], cause: impl std::fmt::Display) -> Self {
        let kept = String::from_utf8_lossy(&body[..body.len().min(BODY_LIMIT)]);
        let text = scrubbed_of(operation.id, &kept);
        let mut cause = cause.to_string();
        if text != kept || body.len() > BODY_LIMIT {
            cause = without_values(&cause);
        }
        let beginning = beginning(&text, body.len());
        let mut error = Self::new(ErrorKind::Decode, format!("{cause}; the response {beginning}"));
        error.0.operation = Some(operation.id.into());
        error.0.body = Some(text.into_owned());
        error
    }

    /// Names the operation, unless one is named already.
    #[must_use]
    pub fn with_operation(mut self, operation: impl Into<Cow<'static, str>>) -> Self {
        self.0.operation.get_or_insert_with(|| operation.into());
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<Cow<'static, str>>) -> Self {
        let hint = hint.into();
        self.0.hint = Some(match hint {
            Cow::Borrowed(_) => hint,
            Cow::Owned(hint) => one_line(hint).into(),
        });
        self
    }

    /// Adds to what the hint says.
    #[must_use]
    pub(crate) fn with_further_hint(self, further: String) -> Self {
        let hint = match self.hint() {
            Some(hint) => format!("{hint}; {further}"),
            None => further,
        };
        self.with_hint(hint)
    }

    /// Keeps the error underneath.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Cause>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Sets the status of the response.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.0.status = Some(status);
        self
    }

    /// Keeps the response's body as text, as the server wrote it, without the values of secret fields.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<String>) -> Self {
        self.0.body = Some(scrubbed(&body.into()).into_owned());
        self
    }

    pub(crate) fn with_type(mut self, error_type: impl Into<String>) -> Self {
        self.0.error_type = Some(one_line(error_type.into()));
        self
    }

    /// This error without a secret that a server or a library quoted: as it is, with slashes escaped as in JSON, or
    /// percent-encoded as in a URL.
    pub(crate) fn without(mut self, secret: &str) -> Self {
        if secret.len() < SHORTEST_SECRET {
            return self;
        }
        let parts = &mut *self.0;
        let in_url = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
        let forms = [secret, &secret.replace('/', "\\/"), &in_url];
        let texts = std::iter::once(&mut parts.message).chain(&mut parts.error_type).chain(&mut parts.body);
        for text in texts {
            for form in forms {
                if text.contains(form) {
                    *text = text.replace(form, "[redacted]");
                }
            }
        }
        self
    }

    /// This error without the credentials among a request's headers, which a server or a library may have quoted.
    pub(crate) fn without_credentials(self, headers: &HeaderMap) -> Self {
        let carried = headers.iter().filter(|(name, value)| {
            // The user that an administrator impersonates is not a secret, and a message should name that user.
            value.is_sensitive() && !name.as_str().starts_with("x-appwrite-impersonate")
        });
        let values = carried.filter_map(|(_, value)| std::str::from_utf8(value.as_bytes()).ok());
        values.fold(self, |error, value| {
            // `Bearer token` and `name=value; name=value` may be quoted in parts.
            let parts =
                value.split([' ', ';']).flat_map(|part| [part, part.split_once('=').unwrap_or_default().1]);
            parts.fold(error.without(value), Error::without)
        })
    }

    pub(crate) fn with_retry_after(mut self, wait: Duration) -> Self {
        self.0.retry_after = Some(wait);
        self
    }

    pub(crate) fn with_attempts(mut self, attempts: Vec<Attempt>) -> Self {
        self.0.attempts = attempts;
        self
    }
}

fn beginning(text: &str, bytes: usize) -> String {
    if bytes == 0 {
        return "is empty".into();
    }
    let excerpt: String = text.chars().take(EXCERPT_LENGTH).collect();
    format!("({bytes} bytes) begins: {}", excerpt.trim())
}
