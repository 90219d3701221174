//! JSON that Swift writes into a text, where a call does not look for what would be lost.

use crate::error::NativeError;

/// Throws when the server would read this JSON differently, such as an integer beyond 64 bits.
#[uniffi::export]
pub fn check_json(name: String, json: String) -> Result<(), NativeError> {
    Ok(polywrite_bridge::check_json(&name, json)?)
}
