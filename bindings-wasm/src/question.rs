//! Questions: what JavaScript asks beside commands.

use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::error::thrown;

/// The answer to the question of a record and a text, as JSON.
#[wasm_bindgen]
pub fn ask(question: &str, text: &[u8]) -> Result<String, JsError> {
    let answer = thrown(polywrite_bridge::ask(question, text))?;
    thrown(answer.text()).map(str::to_owned)
}
