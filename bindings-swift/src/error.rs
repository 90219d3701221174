//! Errors on their way to Swift.

use std::fmt;

use polywrite::Error;

/// A failed call: the core's error record as JSON text, which `AppwriteError` decodes.
#[derive(Debug, uniffi::Error)]
pub enum NativeError {
    /// The record, with `kind`, `operation`, `message`, `code`, `type`, `response`, `attempts` and `hint`.
    Failed {
        /// JSON text.
        record: String,
    },
}

impl From<Error> for NativeError {
    fn from(error: Error) -> Self {
        Self::Failed { record: record(&error) }
    }
}

/// The record as JSON text.
pub(crate) fn record(error: &Error) -> String {
    serde_json::to_string(&error.record()).unwrap_or_else(|_| {
        // A record is plain data, so this is for a change of the record that breaks that.
        serde_json::json!({ "kind": error.kind().as_str(), "message": error.message() }).to_string()
    })
}

impl fmt::Display for NativeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Failed { record } = self;
        formatter.write_str(record)
    }
}

impl std::error::Error for NativeError {}
