use serde::Serialize;

use super::{Attempt, Error, ErrorKind};

/// An error as plain data, for languages on the other side of an FFI.
#[derive(Debug, Serialize)]
#[non_exhaustive]
pub struct ErrorRecord<'error> {
    /// What went wrong, in snake case.
    pub kind: ErrorKind,
    /// The id of the operation.
    pub operation: Option<&'error str>,
    /// What happened, in the server's words where it said something.
    pub message: &'error str,
    /// The HTTP status, 0 without a response.
    pub code: u16,
    /// Appwrite's own name for the error, empty when it gave none.
    #[serde(rename = "type")]
    pub error_type: &'error str,
    /// The body of the response as text, up to 64 KiB, without secrets; empty when there was none.
    pub response: &'error str,
    /// The attempts that failed, in order.
    pub attempts: &'error [Attempt],
    /// What to do about it, where that is known.
    pub hint: Option<&'error str>,
    /// All that a person reads of it, on one line: what `Display` writes.
    pub line: String,
}

impl<'error> ErrorRecord<'error> {
    pub(super) fn of(error: &'error Error) -> Self {
        Self {
            kind: error.kind(),
            operation: error.operation(),
            message: error.message(),
            code: error.status().unwrap_or(0),
            error_type: error.error_type().unwrap_or(""),
            response: error.body().unwrap_or(""),
            attempts: error.attempts(),
            hint: error.hint(),
            line: error.to_string(),
        }
    }
}
