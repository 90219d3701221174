//! Reading a successful response, and checking that it is of its operation's kind.

use bytes::Bytes;
use http::StatusCode;
use http::header::HeaderMap;

use super::unread_response::UnreadResponse;
use crate::error::Error;
use crate::operation::{Operation, Returns};
use crate::transport::retry::failure::{Failure, Retry, When};

/// What to do about a response that Appwrite would not send.
const NOT_APPWRITE: &str = "a web page came instead: the endpoint is not Appwrite's, or something in between, such as a \
                            proxy, responded in its place";

/// What is read of a successful response.
type Read = (&'static Operation, StatusCode, HeaderMap, Bytes);

/// Reads the body of a successful response, up to `limit` bytes.
pub(in crate::transport) async fn read(mut response: UnreadResponse, limit: u64) -> Result<Read, Failure> {
    let body = response.whole(limit).await?;
    let UnreadResponse { operation, status, headers, .. } = response;
    let refused = |problem: &str| Error::decode(operation, &body, problem).with_status(status.as_u16());
    let shape = Shape::of(&body);
    let due = match (operation.returns, shape) {
        (Returns::Redirect, _) => (!status.is_redirection()).then_some("a redirect"),
        (Returns::Object, Shape::Object | Shape::CutOffObject) => None,
        (Returns::Data, Shape::Object | Shape::CutOffObject | Shape::EmptyList) => None,
        (Returns::Object | Returns::Data, _) => Some("an object"),
        (Returns::Json, Shape::Nothing | Shape::Page | Shape::Other) => Some("JSON"),
        // A 204, or JSON that adds nothing to the status.
        (Returns::Empty, Shape::Page | Shape::Other) => Some("nothing, or JSON"),
        (Returns::Text, Shape::Page) => Some("plain text"),
        (Returns::Json | Returns::Empty | Returns::Text | Returns::Bytes, _) => None,
    };
    if let Some(due) = due {
        let error = refused(&format!("not {due} but {}", shape.name()));
        return Err(Failure::last(match shape {
            Shape::Page => error.with_hint(NOT_APPWRITE),
            _ => error,
        }));
    }
    if operation.returns.is_json() && shape.is_cut_off() {
        let error = refused(&format!("{} is cut off", shape.name()));
        return Err(Failure { error, retry: Retry::IfRepeatable(When::Backoff) });
    }
    Ok((operation, status, headers, body))
}

/// What a body is, by its first and its last byte; the language decodes it.
#[derive(Clone, Copy)]
enum Shape {
    Nothing,
    Object,
    CutOffObject,
    EmptyList,
    List,
    CutOffList,
    String,
    CutOffString,
    Number,
    Boolean,
    Null,
    /// HTML or XML.
    Page,
    Other,
}

impl Shape {
    fn of(body: &[u8]) -> Self {
        let body = body.trim_ascii();
        let (Some(first), Some(last)) = (body.first(), body.last()) else { return Shape::Nothing };
        match (first, last) {
            (b'{', b'}') => Shape::Object,
            (b'{', _) => Shape::CutOffObject,
            (b'[', b']') if body[1..body.len() - 1].trim_ascii().is_empty() => Shape::EmptyList,
            (b'[', b']') => Shape::List,
            (b'[', _) => Shape::CutOffList,
            (b'"', b'"') if body.len() > 1 => Shape::String,
            (b'"', _) => Shape::CutOffString,
            (b'0'..=b'9' | b'-', _) => Shape::Number,
            _ if body == b"true" || body == b"false" => Shape::Boolean,
            _ if body == b"null" => Shape::Null,
            (b'<', _) => Shape::Page,
            _ => Shape::Other,
        }
    }

    fn is_cut_off(self) -> bool {
        matches!(self, Shape::CutOffObject | Shape::CutOffList | Shape::CutOffString)
    }

    fn name(self) -> &'static str {
        match self {
            Shape::Nothing => "nothing",
            Shape::Object | Shape::CutOffObject => "an object",
            Shape::EmptyList | Shape::List | Shape::CutOffList => "a list",
            Shape::String | Shape::CutOffString => "a text",
            Shape::Number => "a number",
            Shape::Boolean => "true or false",
            Shape::Null => "null",
            Shape::Page => "a web page",
            Shape::Other => "something else",
        }
    }
}
