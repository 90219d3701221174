//! Errors on their way to another language: the core's record as JSON text.

use polywrite::{Error, ErrorKind, Operation, id_in};
use serde_json::value::RawValue;

/// The record of an error, of which every language makes its own exception.
pub fn record(error: &Error) -> String {
    serde_json::to_string(&error.record()).unwrap_or_else(|_| {
        // A record is plain data, so this is for a change of the record that breaks that.
        serde_json::json!({ "kind": error.kind().as_str(), "message": error.message(), "line": error.to_string() })
            .to_string()
    })
}

/// The error of an argument that a facade refuses, worded as those that the core refuses.
pub(crate) fn refused(operation: String, message: String) -> Error {
    Error::argument(message).with_operation(id_in(&operation).to_owned())
}

/// The error for a response that should be JSON and that the language's own reader refuses. serde_json names the place
/// and quotes nothing, where other readers quote what may be a secret.
pub(crate) fn malformed(operation: &Operation, body: &[u8]) -> Error {
    let cause = match serde_json::from_slice::<&RawValue>(body) {
        Ok(_) => "not as JSON should be".to_owned(),
        Err(cause) => cause.to_string(),
    };
    Error::decode(operation, body, cause)
}

/// The error for a row that is JSON, but not what the program's type says.
pub(crate) fn misfit(operation: String, message: String) -> Error {
    Error::new(ErrorKind::Decode, message)
        .with_operation(id_in(&operation).to_owned())
        .with_hint("correct the row, or its type: `polywrite types` writes types anew")
}

/// What a call fails with when the native layer itself has a defect.
pub(crate) fn internal() -> Error {
    Error::new(ErrorKind::Internal, "the native layer failed")
        .with_hint("please report this as a bug of polywrite")
}
