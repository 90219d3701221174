//! The bodies of responses, where Swift reads them without a copy.

use std::sync::Arc;

use polywrite::{Error, Operation};
use polywrite_bridge::{Outcome, record};

use crate::error::Result;

/// Zeros behind the body: Swift's parser stops at them without asking for the end at each byte.
const PADDING: [u8; 8] = [0; 8];

/// What a call returned: the body of its response, or where it redirects to.
///
/// The bytes neither move nor change until this object is dropped, so Swift may read them at their address until then.
#[derive(uniffi::Object)]
pub struct NativeBody {
    operation: &'static Operation,
    /// The body and the zeros behind it.
    padded: Vec<u8>,
}

#[uniffi::export]
impl NativeBody {
    /// Where the body begins in memory. Eight zeros follow it.
    pub fn address(&self) -> u64 {
        self.padded.as_ptr() as u64
    }

    /// How many bytes it has, without the zeros.
    pub fn length(&self) -> u64 {
        self.bytes().len() as u64
    }

    /// The record of the error for a body that Swift could not decode as what the operation returns.
    pub fn decode_error(&self, reason: &str) -> String {
        record(&Error::decode(self.operation, self.bytes(), reason))
    }
}

impl NativeBody {
    /// What Swift gets of an outcome.
    pub(crate) fn of(operation: &'static Operation, outcome: Outcome) -> Result<Arc<Self>> {
        // Without a copy when nothing else holds the bytes.
        let mut padded = Vec::from(outcome.into_body()?);
        padded.extend(PADDING);
        Ok(Arc::new(Self { operation, padded }))
    }

    fn bytes(&self) -> &[u8] {
        self.padded.strip_suffix(&PADDING).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use polywrite::RAW_CALL;
    use polywrite_bridge::Outcome;

    use super::{NativeBody, PADDING};

    #[test]
    fn zeros_follow_the_body() {
        for text in ["", "{\"a\":1}"] {
            let body = NativeBody::of(&RAW_CALL, Outcome::Bytes(vec![text.as_bytes().into()])).unwrap();
            assert_eq!(body.length(), text.len() as u64);
            assert_eq!(body.address(), body.padded.as_ptr() as u64);
            assert_eq!(body.padded, [text.as_bytes(), &PADDING].concat());
        }
    }
}
