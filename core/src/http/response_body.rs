//! The body of a response from any HTTP client.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use http_body::{Body, Frame, SizeHint};

use super::error::BoxError;
use super::request_body::RequestBody;

/// The body of a response, which arrives while it is read. Dropping it gives up what has not arrived.
pub struct ResponseBody(Pin<Box<dyn AnyBody>>);

/// A body whose errors are of any type.
trait AnyBody: Send {
    fn poll_piece(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>>;
    fn has_ended(&self) -> bool;
    fn length(&self) -> SizeHint;
}

impl<B> AnyBody for B
where
    B: Body<Data = Bytes, Error: Into<BoxError>> + Send,
{
    fn poll_piece(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        self.poll_frame(context).map_err(Into::into)
    }

    fn has_ended(&self) -> bool {
        self.is_end_stream()
    }

    fn length(&self) -> SizeHint {
        self.size_hint()
    }
}

impl ResponseBody {
    /// A body that arrives in pieces. Its [`size_hint`](Body::size_hint) should know the announced length.
    pub fn new<B>(body: B) -> Self
    where
        B: Body<Data = Bytes, Error: Into<BoxError>> + Send + 'static,
    {
        Self(Box::pin(body))
    }

    /// Reads the whole body, up to `limit` bytes, for middleware that needs all of it. It is not decompressed.
    ///
    /// # Errors
    /// When the body breaks off, or has more bytes.
    pub async fn read(mut self, limit: usize) -> Result<Bytes, BoxError> {
        let mut whole = BytesMut::new();
        while let Some(frame) = poll_fn(|context| Pin::new(&mut self).poll_frame(context)).await {
            // The other kind of frame has trailers.
            let Ok(piece) = frame?.into_data() else { continue };
            if piece.len() > limit - whole.len() {
                return Err(format!("the body has more than {limit} bytes").into());
            }
            whole.extend_from_slice(&piece);
        }
        Ok(whole.freeze())
    }
}

impl From<Bytes> for ResponseBody {
    fn from(bytes: Bytes) -> Self {
        Self::new(RequestBody::from(bytes))
    }
}

impl From<Vec<u8>> for ResponseBody {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        self.0.as_mut().poll_piece(context)
    }

    fn is_end_stream(&self) -> bool {
        self.0.has_ended()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.length()
    }
}

impl std::fmt::Debug for ResponseBody {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("ResponseBody").finish_non_exhaustive()
    }
}
