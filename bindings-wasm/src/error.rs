//! Errors on their way to JavaScript, as records that ts/error.ts makes exceptions of.

use polywrite::Result;
use polywrite_bridge::record;
use wasm_bindgen::JsError;

/// The core's result for JavaScript: a thrown error's message is the record.
pub(crate) fn thrown<T>(result: Result<T>) -> std::result::Result<T, JsError> {
    result.map_err(|error| JsError::new(&record(&error)))
}
