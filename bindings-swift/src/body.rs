//! The bodies of responses, where Swift reads them without a copy.

use std::fmt;

use bytes::Bytes;
use polywrite::{Error, Operation};
use polywrite_bridge::{Outcome, joined, record};

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
    /// What Swift gets of an outcome: the body, or the Location of a redirect.
    pub(crate) fn of(operation: Option<&'static Operation>, outcome: Outcome) -> Result<Self, Error> {
        let body = match outcome {
            Outcome::Empty | Outcome::Written(_) => Bytes::new(),
            Outcome::Json(response) => {
                // Swift's decoder would read differently what this refuses.
                response.json_text()?;
                response.into_body()
            }
            Outcome::Text(response) => response.into_body(),
            Outcome::Bytes(pieces) => joined(pieces),
            Outcome::Location(location) => location.into(),
        };
        // Without a copy when nothing else holds the bytes.
        Ok(Self::new(operation, body.into()))
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
