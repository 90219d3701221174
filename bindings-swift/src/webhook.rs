//! Requests of webhooks.

use std::sync::Arc;

use polywrite::RAW_CALL;
use polywrite_bridge::Outcome;

use crate::body::NativeBody;
use crate::error::Result;

/// What a request says, or the signature of its body, as the record asks: JSON.
#[uniffi::export]
pub fn webhook(record: &str, body: Vec<u8>) -> Result<Arc<NativeBody>> {
    let said = Outcome::Json(polywrite_bridge::webhook(record, &body)?);
    Ok(Arc::new(NativeBody::of(&RAW_CALL, said)?))
}
