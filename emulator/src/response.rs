//! What a handler returns, before it becomes HTTP.

use std::path::PathBuf;

use bytes::Bytes;
use serde_json::{Value, json};

use crate::failure::Failure;

/// The result of every handler.
pub(crate) type Handled = Result<Response, Failure>;

/// A response: status, headers and body.
#[derive(Debug)]
pub(crate) struct Response {
    /// HTTP status.
    pub(crate) status: u16,
    /// Extra headers; names may repeat.
    pub(crate) headers: Vec<(&'static str, String)>,
    /// The body.
    pub(crate) body: Body,
}

/// A body.
#[derive(Debug)]
pub(crate) enum Body {
    /// Nothing.
    Empty,
    /// A resource or a list.
    Json(Value),
    /// Anything else, with its content type.
    Bytes(String, Bytes),
    /// A part of a file on disk, with its content type.
    File {
        /// Content type.
        kind: String,
        /// Where the file lies.
        path: PathBuf,
        /// First byte to send.
        start: u64,
        /// How many bytes.
        length: u64,
    },
}

impl Response {
    /// The text of a body of JSON.
    pub(crate) fn text(&self) -> Option<Bytes> {
        match &self.body {
            Body::Json(value) => Some(Bytes::from(value.to_string())),
            _ => None,
        }
    }

    /// A body of JSON with any status.
    pub(crate) fn json(status: u16, body: Value) -> Self {
        Self { status, headers: Vec::new(), body: Body::Json(body) }
    }

    /// 200 with JSON.
    pub(crate) fn ok(body: Value) -> Self {
        Self::json(200, body)
    }

    /// 201 with JSON.
    pub(crate) fn created(body: Value) -> Self {
        Self::json(201, body)
    }

    /// 200 with a list: `{"total": …, name: […]}`.
    pub(crate) fn list(name: &str, total: usize, items: Vec<Value>) -> Self {
        Self::ok(json!({"total": total, name: items}))
    }

    /// 204.
    pub(crate) fn empty() -> Self {
        Self { status: 204, headers: Vec::new(), body: Body::Empty }
    }

    /// 200 with bytes of a content type.
    pub(crate) fn bytes(kind: &str, content: impl Into<Bytes>) -> Self {
        Self { status: 200, headers: Vec::new(), body: Body::Bytes(kind.to_owned(), content.into()) }
    }

    /// The same with one header more.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The same with many headers more.
    pub(crate) fn with_all(mut self, headers: Vec<(&'static str, String)>) -> Self {
        self.headers.extend(headers);
        self
    }
}
