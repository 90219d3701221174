//! The bodies of responses, where Swift reads them without a copy.

use std::fmt;

use bytes::Bytes;
use polywrite::{Answer, Error, Operation, Response};

use crate::error::record;

/// Zeros behind the body: Swift's parser stops at them without asking for the end at each byte.
const PADDING: usize = 8;

/// What a call returned: the body of its response, or where it redirects to.
///
/// The bytes neither move nor change until this object is dropped, so Swift may read them at their address until then.
#[derive(uniffi::Object)]
pub struct NativeBody {
    operation: Option<&'static Operation>,
    /// The body and the zeros behind it.
    padded: Vec<u8>,
    length: usize,
}

#[uniffi::export]
impl NativeBody {
    /// Where the body begins in memory. Eight zeros follow it.
    pub fn address(&self) -> u64 {
        self.padded.as_ptr() as u64
    }

    /// How many bytes it has, without the zeros.
    pub fn length(&self) -> u64 {
        self.length as u64
    }

    /// The record of the error for a body that Swift could not decode as what the operation answers with.
    pub fn decode_error(&self, reason: &str) -> String {
        record(&match self.operation {
            Some(operation) => Error::decode(operation, self.bytes(), reason),
            None => Error::argument(reason.to_owned()),
        })
    }
}

impl NativeBody {
    /// What Swift gets of a response: the body, or the Location of a redirect.
    pub(crate) fn of(operation: &'static Operation, response: Response) -> Result<Self, Error> {
        if operation.answer == Answer::Redirect {
            return Ok(Self::new(Some(operation), response.location()?.as_bytes().to_vec()));
        }
        if operation.answer.is_json() {
            // Swift's decoder would read differently what this refuses.
            response.json_text()?;
        }
        Ok(Self::from_bytes(Some(operation), response.into_body()))
    }

    /// The body of a response that the API definition does not know.
    pub(crate) fn from_bytes(operation: Option<&'static Operation>, body: Bytes) -> Self {
        // Without a copy when nothing else holds the bytes.
        Self::new(operation, body.into())
    }

    /// Any bytes.
    pub(crate) fn new(operation: Option<&'static Operation>, bytes: Vec<u8>) -> Self {
        let length = bytes.len();
        let mut padded = bytes;
        padded.extend([0; PADDING]);
        Self { operation, padded, length }
    }

    fn bytes(&self) -> &[u8] {
        self.padded.get(..self.length).unwrap_or_default()
    }
}

/// Shows no content: it may hold secrets.
impl fmt::Debug for NativeBody {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("NativeBody").field("length", &self.length).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::NativeBody;

    #[test]
    fn zeros_follow_the_body() {
        for text in ["", "{\"a\":1}"] {
            let body = NativeBody::new(None, text.as_bytes().to_vec());
            assert_eq!(body.length(), text.len() as u64);
            assert_eq!(body.address(), body.padded.as_ptr() as u64);
            assert_eq!(body.padded, [text.as_bytes(), &[0; 8]].concat());
        }
    }
}
