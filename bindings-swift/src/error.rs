//! Errors on their way to Swift.

use std::fmt;

use polywrite::Error;
use polywrite_bridge::record;

/// A failed call: the core's error record as JSON text, which `AppwriteError` decodes.
#[derive(Debug, uniffi::Error)]
pub enum NativeError {
    /// The record, with `kind`, `operation`, `message`, `code`, `type`, `response`, `attempts`, `hint` and `line`.
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

impl fmt::Display for NativeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Failed { record } = self;
        formatter.write_str(record)
    }
}

impl std::error::Error for NativeError {}
