//! The one error type.

mod attempt;
mod build;
mod duration;
mod generated;
mod kind;
mod line;
mod record;
mod scrub;
mod spelling;

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

pub use attempt::Attempt;
pub(crate) use build::BODY_LIMIT;
pub(crate) use duration::seconds;
pub use generated::ErrorKind;
pub use line::one_line;
pub use record::ErrorRecord;

/// A result whose error is [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why a call failed: the operation, what went wrong and every attempt. It never contains a credential.
pub struct Error(Box<Parts>);

struct Parts {
    kind: ErrorKind,
    operation: Option<Cow<'static, str>>,
    status: Option<u16>,
    error_type: Option<String>,
    message: String,
    body: Option<String>,
    attempts: Vec<Attempt>,
    hint: Option<Cow<'static, str>>,
    retry_after: Option<Duration>,
    source: Option<Cause>,
}

impl Error {
    /// What went wrong, as far as a caller would act on it.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The id of the operation that failed, such as `tablesDB.listRows`.
    pub fn operation(&self) -> Option<&str> {
        self.0.operation.as_deref()
    }

    /// The HTTP status of the last response, if there was one.
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// Appwrite's own name for the error, such as `row_not_found`; [`error_types`](crate::error_types) lists them.
    pub fn error_type(&self) -> Option<&str> {
        self.0.error_type.as_deref()
    }

    /// What happened, in the server's words where it sent some: one line. `U+FFFD` replaces characters that control a
    /// terminal.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The beginning of the response's body, up to 64 KiB, as text: as the server wrote it, with line breaks and control
    /// characters; `[redacted]` replaces secrets. Escape it before you log it.
    pub fn body(&self) -> Option<&str> {
        self.0.body.as_deref()
    }

    /// The attempts that failed, in order; the last one is the cause of the error.
    pub fn attempts(&self) -> &[Attempt] {
        &self.0.attempts
    }

    /// What to do about it, where that is known.
    pub fn hint(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }

    /// How long the server asks to wait before the next request.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Everything as one serializable record.
    pub fn record(&self) -> ErrorRecord<'_> {
        ErrorRecord::of(self)
    }
}

/// One line: the operation, what happened, status and type, number of attempts, hint.
impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = &*self.0;
        if let Some(operation) = &parts.operation {
            write!(formatter, "{operation}: ")?;
        }
        formatter.write_str(if parts.message.is_empty() { "failed" } else { &parts.message })?;
        match (parts.status, &parts.error_type) {
            (Some(status), Some(error_type)) => write!(formatter, " ({status} {error_type})")?,
            (Some(status), None) => write!(formatter, " ({status})")?,
            (None, _) => {}
        }
        if parts.attempts.len() > 1 {
            write!(formatter, ", after {} attempts", parts.attempts.len())?;
        }
        match &parts.hint {
            Some(hint) => write!(formatter, "; {hint}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = &*self.0;
        formatter
            .debug_struct("Error")
            .field("kind", &parts.kind)
            .field("operation", &parts.operation)
            .field("status", &parts.status)
            .field("error_type", &parts.error_type)
            .field("message", &parts.message)
            .field("body", &parts.body)
            .field("attempts", &parts.attempts)
            .field("hint", &parts.hint)
            .field("source", &parts.source)
            .finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_ref().map(|cause| &**cause as _)
    }
}
