//! Integers that JavaScript's numbers do not hold exactly.

use napi_derive::napi;
use polywrite::{integer_mark, marked_integers};

/// What a marked integer begins with.
#[napi]
pub(crate) fn mark() -> &'static str {
    integer_mark()
}

/// JSON in which such integers of 64 bits are strings with the mark; `None` when the JSON has none.
#[napi]
pub(crate) fn marked(json: String) -> Option<String> {
    marked_integers(&json)
}
