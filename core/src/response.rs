//! What came back.

use bytes::Bytes;
use http::StatusCode;
use http::header::{HeaderMap, LOCATION};
use serde::de::DeserializeOwned;

use crate::error::{Error, ErrorKind, Result};

/// An answer whose body has arrived completely.
#[derive(Clone)]
pub struct Response {
    pub(crate) operation: &'static crate::Operation,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Response {
    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The value of a header, in any case; `None` when absent or not text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Every header that is text, names in lower case.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))
    }

    /// The body as it came, decompressed.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body, without a copy.
    pub fn into_body(self) -> Bytes {
        self.body
    }

    /// The body as text.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`] when it is not UTF-8.
    pub fn text(&self) -> Result<&str> {
        std::str::from_utf8(&self.body).map_err(|cause| Error::decode(self.operation, &self.body, cause))
    }

    /// The body decoded from JSON.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`] when it is not JSON or not of this shape; the message shows where and how it begins.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        // As text, because checking the body's UTF-8 as a whole is quicker than string by string.
        let text = self.text()?;
        serde_json::from_str(text).map_err(|cause| {
            let error = Error::decode(self.operation, &self.body, &cause);
            // It quotes what it found, and that may be the secret which the error leaves out.
            if error.body() == Some(text) { error.with_source(cause) } else { error }
        })
    }

    /// Where a redirect leads.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`] when the answer has no Location.
    pub fn location(&self) -> Result<&str> {
        self.header(LOCATION.as_str()).ok_or_else(|| {
            Error::new(ErrorKind::Decode, "the answer has no Location header")
                .with_operation(self.operation.id)
                .with_status(self.status())
        })
    }

    /// Whether a run of 16 or more digits occurs outside strings: an integer that a 64-bit float may not hold.
    pub fn has_big_integers(&self) -> bool {
        has_big_integers(&self.body)
    }
}

/// Bodies stay hidden: they may hold session secrets.
impl std::fmt::Debug for Response {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Response")
            .field("operation", &self.operation.id)
            .field("status", &self.status())
            .field("bytes", &self.body.len())
            .finish()
    }
}

/// Numbers of fewer digits are exact in a 64-bit float.
const BIG: usize = 16;

fn has_big_integers(json: &[u8]) -> bool {
    has_long_run(json) && has_big_number(json)
}

/// Whether 16 digits follow each other where a number may stand. Such a run covers every 16th byte, so only those are
/// looked at; text beside it mostly shows that it belongs to a string.
fn has_long_run(json: &[u8]) -> bool {
    (BIG - 1..json.len()).step_by(BIG).any(|place| {
        if !json[place].is_ascii_digit() {
            return false;
        }
        let digits =
            |bytes: &mut dyn Iterator<Item = &u8>| bytes.take_while(|byte| byte.is_ascii_digit()).count();
        let start = place - digits(&mut json[..place].iter().rev());
        let end = place + digits(&mut json[place..].iter());
        let before = start.checked_sub(1).map(|place| json[place]);
        end - start >= BIG
            && before
                .is_none_or(|byte| matches!(byte, b'-' | b':' | b',' | b'[' | b' ' | b'\t' | b'\n' | b'\r'))
    })
}

/// Strings hold long runs of digits too (ids, dates without separators): only numbers count.
fn has_big_number(json: &[u8]) -> bool {
    let mut digits = 0;
    let mut in_string = false;
    let mut bytes = json.iter();
    while let Some(&byte) = bytes.next() {
        if in_string {
            match byte {
                b'\\' => drop(bytes.next()),
                b'"' => in_string = false,
                _ => {}
            }
        } else if byte.is_ascii_digit() {
            digits += 1;
            if digits >= BIG {
                return true;
            }
        } else {
            digits = 0;
            in_string = byte == b'"';
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::has_big_integers;

    #[test]
    fn big_integers_are_seen_outside_strings_only() {
        assert!(has_big_integers(br#"{"a":[1,9007199254740993]}"#));
        assert!(has_big_integers(b"-9223372036854775808"));
        assert!(!has_big_integers(br#"{"a":"9007199254740993","b\"c":123456789012345}"#));
        assert!(has_big_integers(b"[0,1,123456789,1234567890123456,5]"));
        assert!(!has_big_integers(b"[0,1,123456789,123456789012345,5]"));
        for space in [" ", "\t", "\n", "\r"] {
            assert!(has_big_integers(format!("[{space}9007199254740993{space}]").as_bytes()), "{space:?}");
        }
        assert!(!has_big_integers(br#"{"$sequence":"1234567890123456789\\","n":1}"#));
    }
}
