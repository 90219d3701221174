//! Errors on their way to JavaScript, as records that ts/error.ts makes exceptions of.

use polywrite::Result;
use polywrite_bridge::record;

/// The core's result for JavaScript: a thrown error's message is the record.
pub(crate) fn thrown<T>(result: Result<T>) -> napi::Result<T> {
    result.map_err(|error| napi::Error::from_reason(record(&error)))
}
