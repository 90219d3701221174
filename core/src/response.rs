//! What came back.

use bytes::Bytes;
use http::StatusCode;
use http::header::{HeaderMap, LOCATION};
use serde::de::DeserializeOwned;

use crate::error::{Error, ErrorKind, Result};
use crate::operation::Answer;
use crate::received;

/// How deep serde_json reads by itself.
const SERDE_DEEPEST: usize = 127;

/// An answer whose body has arrived completely.
#[derive(Clone)]
pub struct Response {
    pub(crate) operation: &'static crate::Operation,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Response {
    /// The call that was answered.
    pub fn operation(&self) -> &'static crate::Operation {
        self.operation
    }

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
        std::str::from_utf8(&self.body).map_err(|cause| self.unreadable(cause))
    }

    /// The body as JSON text, checked for what decoders would read differently; what else is wrong they tell alike.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`] when it is not UTF-8, nested deeper than [`DEEPEST`](crate::DEEPEST), or has half of a
    /// surrogate pair or a number that no 64-bit float holds.
    pub fn json_text(&self) -> Result<&str> {
        let text = self.text()?;
        match received::problem(text) {
            Some(problem) => Err(self.unreadable(problem)),
            None => Ok(text),
        }
    }

    /// Whether numbers are such that a 64-bit float holds them, if not exactly: for decoders that would take any number.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`] when one is larger.
    pub fn check_numbers(&self) -> Result<()> {
        match received::has_infinite(&self.body) {
            true => Err(self.unreadable(received::INFINITE)),
            false => Ok(()),
        }
    }

    /// The error for a body that a decoder cannot read as what the call answers with, and why.
    pub fn unreadable(&self, cause: impl std::fmt::Display) -> Error {
        Error::decode(self.operation, &self.body, cause).with_status(self.status())
    }

    /// The body decoded from JSON.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`] when it is not JSON or not of this shape; the message shows where and how it begins. And as
    /// [`json_text`](Self::json_text).
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        // As text, because checking the body's UTF-8 as a whole is quicker than string by string.
        let text = match self.text()? {
            // PHP does not know an empty object from an empty list, and here the whole body is the user's data.
            text if self.operation.answer == Answer::Data && text.trim() == "[]" => "{}",
            text => text,
        };
        match serde_json::from_str(text) {
            // Depth that the type does not ask for is skipped without counting it.
            Ok(_) if received::is_deeper(text.as_bytes(), received::DEEPEST) => self.json_of_any_depth(),
            Ok(value) => Ok(value),
            // Only what is nested as deep as nobody expects is looked at twice.
            Err(_) if received::is_deeper(text.as_bytes(), SERDE_DEEPEST) => self.json_of_any_depth(),
            Err(cause) => Err(self.malformed(cause)),
        }
    }

    /// As [`json`](Self::json), beyond the depth at which serde_json stops to protect the stack.
    fn json_of_any_depth<T: DeserializeOwned>(&self) -> Result<T> {
        let mut deserializer = serde_json::Deserializer::from_str(self.json_text()?);
        deserializer.disable_recursion_limit();
        let value = T::deserialize(&mut deserializer);
        value.and_then(|value| deserializer.end().map(|()| value)).map_err(|cause| self.malformed(cause))
    }

    fn malformed(&self, cause: serde_json::Error) -> Error {
        let error = self.unreadable(&cause);
        // It quotes what it found, and that may be the secret which the error leaves out.
        let is_whole = error.body().is_some_and(|text| text.as_bytes() == self.body);
        if is_whole { error.with_source(cause) } else { error }
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
