//! Integers that JavaScript's numbers do not hold exactly.

use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

use napi_derive::napi;

/// What a marked integer begins with. Random, so that no text of a server can look like one.
static MARK: LazyLock<String> = LazyLock::new(|| {
    let random = || RandomState::new().hash_one(std::process::id());
    format!("{:016x}{:016x}", random(), random())
});

/// What a marked integer begins with.
#[napi]
pub(crate) fn mark() -> &'static str {
    &MARK
}

/// JSON in which such integers of 64 bits are strings with the mark; `None` when the JSON has none.
#[napi]
pub(crate) fn marked(json: String) -> Option<String> {
    marked_in(&json)
}

/// As `marked`.
pub(crate) fn marked_in(json: &str) -> Option<String> {
    polywrite::marked_integers(json, &MARK)
}
