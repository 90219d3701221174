//! Errors on their way to JavaScript: the core's record as JSON text.

use polywrite::Error;

/// The record of an error, which `exceptionFrom` in ts/error.ts turns into an exception.
pub(crate) fn record(error: &Error) -> String {
    serde_json::to_string(&error.record()).unwrap_or_else(|_| internal())
}

/// What a call ends with when the native layer itself fails.
pub(crate) fn internal() -> String {
    record(&Error::configuration("the native layer failed; please report this as a bug of polywrite"))
}

/// An error that is thrown at once; its message is the record.
pub(crate) fn thrown(error: &Error) -> napi::Error {
    napi::Error::from_reason(record(error))
}
