//! Questions: what JavaScript asks beside commands.

use napi::bindgen_prelude::Uint8Array;
use napi_derive::napi;

use crate::error::thrown;

/// The answer to the question of a record and a text, as JSON.
#[napi]
pub(crate) fn ask(question: String, text: Uint8Array) -> napi::Result<String> {
    let answer = thrown(polywrite_bridge::ask(&question, &text))?;
    thrown(answer.text()).map(str::to_owned)
}
