//! Errors that are thrown at once.

use polywrite::{Error, Result};

/// The core's result for JavaScript: a thrown error's message is the record, which ts/error.ts makes an exception of.
pub(crate) fn thrown<T>(result: Result<T>) -> napi::Result<T> {
    result.map_err(|error: Error| napi::Error::from_reason(polywrite_bridge::record(&error)))
}
