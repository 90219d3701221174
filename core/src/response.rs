//! A response.

mod enclosing;
mod info;

use std::mem::take;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use http::header::{HeaderMap, LOCATION};
use serde::de::DeserializeOwned;

pub use info::{RateLimit, ResponseInfo, WithResponse};

use crate::error::{Error, ErrorKind, Result};
use crate::host;
use crate::operation::Returns;
use crate::received;

/// How deep serde_json reads by default.
const SERDE_DEEPEST: usize = 127;

/// A response whose body has arrived completely.
#[derive(Clone)]
pub struct Response {
    pub(crate) operation: &'static crate::Operation,
    pub(crate) info: ResponseInfo,
    pub(crate) body: Bytes,
}

impl Response {
    /// What did not come in a response to a call, in the form of one: what this package says about an operation, or a webhook.
    pub fn of_json(operation: &'static crate::Operation, json: impl Into<Bytes>) -> Self {
        let (status, headers, attempts) = (StatusCode::OK, HeaderMap::new(), Vec::new());
        let (began, duration) = (host::Instant::now(), Duration::ZERO);
        let info = ResponseInfo { status, headers, attempts, began, duration };
        Self { operation, info, body: json.into() }
    }

    /// The operation that was called.
    pub fn operation(&self) -> &'static crate::Operation {
        self.operation
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.info.status()
    }

    /// The value of a header, in any case; `None` when absent or not text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.info.header(name)
    }

    /// Every header that is text, names in lower case.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.info.headers()
    }

    /// All of it beside its content, and how the call went.
    pub fn info(&self) -> &ResponseInfo {
        &self.info
    }

    /// As [`info`](Self::info), without a copy.
    pub fn into_info(self) -> ResponseInfo {
        self.info
    }

    /// As [`info`](Self::info), of which the status stays here and nothing else.
    pub fn take_info(&mut self) -> ResponseInfo {
        let (headers, attempts) = (take(&mut self.info.headers), take(&mut self.info.attempts));
        ResponseInfo { headers, attempts, ..self.info }
    }

    /// The bytes of the body, decompressed.
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

    /// The body as JSON text, checked for what decoders of different languages would read differently.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`] when it is not UTF-8, nested deeper than [`DEEPEST`](crate::DEEPEST), or has an unpaired
    /// surrogate or a number that no 64-bit float holds.
    pub fn json_text(&self) -> Result<&str> {
        let text = self.text()?;
        match received::problem(text.as_bytes()) {
            Some(problem) => Err(self.unreadable(problem)),
            None => Ok(text),
        }
    }

    /// Checks that a 64-bit float holds every number, if not exactly: for decoders that accept any number.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`] when one is larger.
    pub fn check_numbers(&self) -> Result<()> {
        match received::has_infinite(&self.body) {
            true => Err(self.unreadable(received::INFINITE)),
            false => Ok(()),
        }
    }

    /// The error for a body that a decoder cannot read as the response of its operation, and why.
    pub fn unreadable(&self, cause: impl std::fmt::Display) -> Error {
        Error::decode(self.operation, &self.body, cause).with_status(self.status())
    }

    /// The body decoded from JSON.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`] when it is not JSON or not of this shape; the message shows where and how it begins. And as
    /// [`json_text`](Self::json_text).
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        // As text, because checking the UTF-8 of the whole body is faster than checking string by string.
        let text = match self.text()? {
            // PHP writes an empty object as an empty list, and here the whole body is the user's data.
            text if self.operation.returns == Returns::Data && text.trim() == "[]" => "{}",
            text => text,
        };
        match serde_json::from_str(text) {
            // serde_json does not count the depth of what the type skips.
            Ok(_) if received::is_deeper(text.as_bytes(), received::DEEPEST) => self.json_of_any_depth(),
            Ok(value) => Ok(value),
            // Only a body that is nested very deep is read twice.
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
        let error = match enclosing::row(&self.body, &cause) {
            Some(id) => self.unreadable(format_args!("the row `{id}` does not fit its type: {cause}")),
            None => self.unreadable(&cause),
        };
        // serde_json quotes the value, which may be a secret that the error leaves out.
        let is_whole = error.body().is_some_and(|text| text.as_bytes() == self.body);
        if is_whole { error.with_source(cause) } else { error }
    }

    /// The target of a redirect.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`] when the response has no Location header.
    pub fn location(&self) -> Result<&str> {
        self.header(LOCATION.as_str()).ok_or_else(|| {
            Error::new(ErrorKind::Decode, "the response has no Location header")
                .with_operation(self.operation.id)
                .with_status(self.status())
        })
    }
}

/// Does not show the body: it may contain session secrets.
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
