//! Requests of webhooks.

use napi::bindgen_prelude::Uint8Array;
use napi_derive::napi;

use crate::error::thrown;

/// What a request says, or the signature of its body, as the record asks: JSON text.
#[napi]
pub(crate) fn webhook(record: String, body: Uint8Array) -> napi::Result<String> {
    let said = thrown(polywrite_bridge::webhook(&record, &body))?;
    thrown(said.text()).map(str::to_owned)
}
