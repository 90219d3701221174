//! Questions: what Swift asks beside commands.

use std::sync::Arc;

use polywrite::RAW_CALL;
use polywrite_bridge::Outcome;

use crate::body::NativeBody;
use crate::error::Result;

/// The answer to the question of a record and a text, as JSON.
#[uniffi::export]
pub fn ask(question: &str, text: Vec<u8>) -> Result<Arc<NativeBody>> {
    NativeBody::of(&RAW_CALL, Outcome::Json(polywrite_bridge::ask(question, &text)?))
}
