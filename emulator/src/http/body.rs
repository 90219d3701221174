//! Request bodies.

use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde_json::{Map, Value};

use super::{multipart, query_string};

/// The largest body the server accepts: 12 MiB.
const LIMIT: usize = 12 * 1024 * 1024;

/// A body that is too large (413) or broke off.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// More than the server accepts.
    TooLarge,
    /// The client went away.
    Broken,
}

/// A body, understood.
#[derive(Debug, Default)]
pub(crate) struct Content {
    /// Fields by name.
    pub(crate) fields: Map<String, Value>,
    /// A body that is a list: only GraphQL takes one.
    pub(crate) list: Option<Vec<Value>>,
    /// Files, if it was a form.
    pub(crate) files: Vec<(String, multipart::Upload)>,
    /// Whether it was a form.
    pub(crate) is_form: bool,
}

/// Reads a body to its end.
pub(crate) async fn collect(body: axum::body::Body) -> Result<Bytes, Trouble> {
    match Limited::new(body, LIMIT).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(problem) if problem.downcast_ref::<LengthLimitError>().is_some() => Err(Trouble::TooLarge),
        Err(_) => Err(Trouble::Broken),
    }
}

/// Understands a body by its content type; what cannot be read is an empty body.
pub(crate) fn understand(content_type: &str, bytes: &Bytes) -> Content {
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match kind.as_str() {
        "application/json" => match serde_json::from_slice(bytes) {
            Ok(Value::Object(fields)) => Content { fields, ..Content::default() },
            Ok(Value::Array(list)) => Content { list: Some(list), ..Content::default() },
            _ => Content::default(),
        },
        "multipart/form-data" => match multipart::boundary(content_type) {
            Some(boundary) => {
                let form = multipart::read(bytes, boundary);
                Content { fields: form.fields, files: form.files, is_form: true, list: None }
            }
            None => Content::default(),
        },
        "application/x-www-form-urlencoded" => Content {
            fields: query_string::read(&String::from_utf8_lossy(bytes)),
            is_form: true,
            ..Content::default()
        },
        "application/graphql" => {
            let query = Value::String(String::from_utf8_lossy(bytes).into_owned());
            Content { fields: Map::from_iter([("query".to_owned(), query)]), ..Content::default() }
        }
        _ => Content::default(),
    }
}
