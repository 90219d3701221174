//! Whether an answer is of the kind that its operation has.

use bytes::Bytes;

use super::failure::{Failure, Retry, When};
use super::incoming::Incoming;
use crate::error::Error;
use crate::operation::Answer;
use crate::response::Response;

/// Reads a successful answer as a whole, up to `limit` bytes.
pub(super) async fn read(mut incoming: Incoming, limit: u64) -> Result<Response, Failure> {
    let body = incoming.whole(limit).await?;
    let Incoming { operation, status, headers, .. } = incoming;
    let refused = |problem: &str| Error::decode(operation, &body, problem).with_status(status.as_u16());
    match operation.answer {
        Answer::Json => match completeness(&body) {
            Completeness::Whole => {}
            Completeness::CutOff => {
                let error = refused("cut off");
                return Err(Failure { error, retry: Retry::IfRepeatable(When::Backoff) });
            }
            Completeness::NotJson => return Err(Failure::last(refused("not JSON"))),
        },
        Answer::Redirect if !status.is_redirection() => {
            return Err(Failure::last(refused("not a redirect")));
        }
        Answer::Empty | Answer::Bytes | Answer::Text | Answer::Redirect => {}
    }
    Ok(Response { operation, status, headers, body })
}

enum Completeness {
    Whole,
    CutOff,
    NotJson,
}

/// Tells JSON from HTML and whole from cut off by the first and the last byte; decoding is for the far side.
fn completeness(body: &Bytes) -> Completeness {
    let body = body.trim_ascii();
    let (Some(first), Some(last)) = (body.first(), body.last()) else { return Completeness::NotJson };
    match (first, last) {
        (b'{', b'}') | (b'[', b']') => Completeness::Whole,
        (b'"', b'"') if body.len() > 1 => Completeness::Whole,
        (b'{' | b'[' | b'"', _) => Completeness::CutOff,
        (b'0'..=b'9' | b'-' | b't' | b'f' | b'n', _) => Completeness::Whole,
        _ => Completeness::NotJson,
    }
}
