//! Errors on their way to JavaScript, as records that ts/error.ts makes exceptions of.

use napi_derive::napi;
use polywrite::{Error, RAW_CALL, Result};
use polywrite_bridge::{operation, record};

/// The core's result for JavaScript: a thrown error's message is the record.
pub(crate) fn thrown<T>(result: Result<T>) -> napi::Result<T> {
    result.map_err(|error: Error| napi::Error::from_reason(record(&error)))
}

/// The record of the error for a response that should be JSON and is not.
#[napi]
pub(crate) fn malformed(id: String, body: String) -> String {
    record(&polywrite_bridge::malformed(operation(&id).unwrap_or(&RAW_CALL), &body))
}

/// The record of the error for an argument that a facade refuses.
#[napi]
pub(crate) fn refused(operation: String, message: String) -> String {
    record(&polywrite_bridge::refused(operation, message))
}
