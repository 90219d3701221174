//! What calls end with.

use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use polywrite::{Error, ErrorKind, RealtimeMessage, Response, ResponseInfo, Result, Returns};
use serde::Deserialize;

use crate::error::internal;
use crate::stream::Stream;

/// How a call ended well.
#[derive(Debug)]
pub enum Outcome {
    /// The response has no content that the operation means.
    Empty,
    /// JSON, which the codec decodes where the language is fastest at it.
    Json(Response),
    /// The next messages of a subscription; none at its end. A language decodes what its program reads of them.
    Messages(Arc<Vec<RealtimeMessage>>),
    /// Text.
    Text(Response),
    /// A whole body, in the pieces that it came in.
    Bytes(Vec<Bytes>),
    /// Where a redirect leads.
    Location(String),
    /// A file was written, with this many bytes.
    Written(u64),
    /// The response has begun, and its body is read piece by piece.
    Stream(Stream),
    /// The next bytes of such a body; none at its end.
    Piece(Option<Bytes>),
    /// Whether an upload wants more pieces.
    Wanted(bool),
}

/// How a call ended well, and the response beside its content where one call was made.
pub type Ended = (Outcome, Option<ResponseInfo>);

/// What the response to a request that no operation describes becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Reading {
    /// Decoded JSON where the server says that it is JSON, bytes otherwise.
    AsSent,
    /// Text.
    Text,
    /// Where it redirects to; the redirect is not followed.
    Location,
}

impl Outcome {
    /// A whole response, as its operation describes it.
    pub(crate) fn of(mut response: Response) -> Result<Ended> {
        if response.operation().returns == Returns::Redirect {
            return Self::location(response);
        }
        let info = response.take_info();
        let outcome = match response.operation().returns {
            Returns::Object | Returns::Data | Returns::Json => Outcome::Json(response),
            Returns::Text => Outcome::Text(response),
            Returns::Bytes => Outcome::Bytes(vec![response.into_body()]),
            Returns::Empty | Returns::Redirect => Outcome::Empty,
        };
        Ok((outcome, Some(info)))
    }

    /// A whole response that no operation describes.
    pub(crate) fn read_as(reading: Reading, mut response: Response) -> Result<Ended> {
        if reading == Reading::Location {
            return Self::location(response);
        }
        let kind = response.header("content-type");
        let is_json = kind.is_some_and(|kind| kind.starts_with("application/json"));
        let info = response.take_info();
        let outcome = match reading {
            Reading::Text => Outcome::Text(response),
            Reading::AsSent if is_json && !response.body().is_empty() => Outcome::Json(response),
            Reading::AsSent | Reading::Location => Outcome::Bytes(vec![response.into_body()]),
        };
        Ok((outcome, Some(info)))
    }

    fn location(response: Response) -> Result<Ended> {
        let location = response.location()?.to_owned();
        Ok((Outcome::Location(location), Some(response.into_info())))
    }

    /// The next piece of a stream. Dropping the future ends the download.
    ///
    /// # Errors
    /// As [`Download::chunk`](polywrite::Download::chunk), and `Cancelled` when the stream is closed meanwhile.
    pub fn next_of(stream: &Stream) -> impl Future<Output = Result<Ended>> + Send + use<> {
        let next = stream.next();
        async { Ok((Outcome::Piece(next.await?), None)) }
    }

    /// Checks that a string of the language, of at most `longest` letters as UTF-16 counts them, holds the text.
    ///
    /// # Errors
    /// `Decode` when it has more letters.
    pub fn check_length(&self, longest: usize) -> Result<()> {
        let (Outcome::Json(response) | Outcome::Text(response)) = self else {
            return Ok(());
        };
        // A text has at least as many bytes as letters. Who reads it checks that it is UTF-8.
        if response.body().len() <= longest {
            return Ok(());
        }
        let text = response.text()?;
        if text.encode_utf16().count() <= longest {
            return Ok(());
        }
        Err(too_long(text.len()).with_status(response.status()).with_operation(response.operation().id))
    }

    /// The body of a whole response or a piece of it, or the Location of a redirect; empty where there is none.
    ///
    /// # Errors
    /// `Decode` for JSON that decoders of different languages would read differently.
    pub fn into_body(self) -> Result<Bytes> {
        Ok(match self {
            Outcome::Empty | Outcome::Written(_) => Bytes::new(),
            Outcome::Json(response) => {
                response.json_text()?;
                response.into_body()
            }
            Outcome::Text(response) => response.into_body(),
            Outcome::Messages(messages) if messages.is_empty() => Bytes::new(),
            Outcome::Messages(messages) => RealtimeMessage::write(&messages, usize::MAX).text.into(),
            Outcome::Bytes(pieces) => joined(pieces),
            Outcome::Location(location) => location.into(),
            Outcome::Piece(piece) => piece.unwrap_or_default(),
            Outcome::Stream(_) | Outcome::Wanted(_) => return Err(internal()),
        })
    }

    /// The stream of a response that has begun.
    ///
    /// # Errors
    /// `Internal` for any other outcome.
    pub fn into_stream(self) -> Result<Stream> {
        let Outcome::Stream(stream) = self else { return Err(internal()) };
        Ok(stream)
    }
}

/// The error for a text that no string of the language can hold.
pub(crate) fn too_long(bytes: usize) -> Error {
    let message = format!("the response has {bytes} bytes, more than a string can hold");
    Error::new(ErrorKind::Decode, message).with_hint("ask for less at a time")
}

/// A body in one piece. A single piece is not copied; each of several is freed once it is.
pub fn joined(mut pieces: Vec<Bytes>) -> Bytes {
    if pieces.len() == 1 {
        return pieces.remove(0);
    }
    let mut whole = BytesMut::with_capacity(pieces.iter().map(Bytes::len).sum());
    for piece in pieces {
        whole.extend_from_slice(&piece);
    }
    whole.freeze()
}
