//! How errors are made.

use std::borrow::Cow;

use super::scrub::{scrubbed, without_value};
use super::{Attempt, Cause, Error, ErrorKind, Parts};
use crate::operation::Operation;

/// How much of an unreadable answer a message shows, in characters.
const EXCERPT_LENGTH: usize = 120;

/// Anything shorter is no secret, and occurs in ordinary words.
const SHORTEST_SECRET: usize = 8;

impl Error {
    /// An error of a kind with what happened.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Parts {
            kind,
            operation: None,
            status: None,
            error_type: None,
            message: message.into(),
            body: None,
            attempts: Vec::new(),
            hint: None,
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

    /// A call that the caller gave up.
    pub fn cancelled() -> Self {
        Self::new(ErrorKind::Cancelled, "cancelled by the caller")
    }

    /// An answer that cannot be read as what the operation answers with. The message shows its beginning; neither that
    /// nor the body has the value of a field that lets somebody in, such as a new session's secret.
    pub fn decode(operation: &Operation, body: &[u8], cause: impl std::fmt::Display) -> Self {
        let original = String::from_utf8_lossy(body);
        let text = scrubbed(&original);
        let answer = beginning(&text, body.len());
        let mut cause = cause.to_string();
        if text != original {
            cause = without_value(&cause);
        }
        let mut error = Self::new(ErrorKind::Decode, format!("{cause}; the answer {answer}"));
        error.0.operation = Some(operation.id.into());
        error.0.body = Some(text);
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
        self.0.hint = Some(hint.into());
        self
    }

    /// Says what to do about it, beside what is said already.
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

    /// Names the status that the answer had.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.0.status = Some(status);
        self
    }

    /// Keeps the answer's body, as text.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<String>) -> Self {
        self.0.body = Some(body.into());
        self
    }

    pub(crate) fn with_type(mut self, error_type: impl Into<String>) -> Self {
        self.0.error_type = Some(error_type.into());
        self
    }

    /// This error without a secret that a server or a library quoted.
    pub(crate) fn without(mut self, secret: &str) -> Self {
        if secret.len() < SHORTEST_SECRET {
            return self;
        }
        let parts = &mut *self.0;
        let texts = std::iter::once(&mut parts.message).chain(&mut parts.error_type).chain(&mut parts.body);
        for text in texts {
            if text.contains(secret) {
                *text = text.replace(secret, "[redacted]");
            }
        }
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
    let excerpt: String = text
        .chars()
        .take(EXCERPT_LENGTH)
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    format!("({bytes} bytes) begins: {}", excerpt.trim())
}
