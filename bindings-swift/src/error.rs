//! Errors on their way to Swift.

use std::fmt;

use polywrite::Error;
use polywrite_bridge::record;

/// What a function returns to Swift, or throws there.
pub(crate) type Result<T> = std::result::Result<T, NativeError>;

/// A failed call: the core's record of the error as JSON text, which `AppwriteError` decodes.
#[derive(Debug, uniffi::Error)]
pub enum NativeError {
    /// The record.
    Failed(String),
}

impl From<Error> for NativeError {
    fn from(error: Error) -> Self {
        Self::Failed(record(&error))
    }
}

impl fmt::Display for NativeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Failed(record) = self;
        formatter.write_str(record)
    }
}
