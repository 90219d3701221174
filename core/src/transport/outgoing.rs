use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use super::request::{Body, OpenBody};

/// A body on its way to the server. Its length is always known, so that it travels with a Content-Length.
pub(super) enum Outgoing {
    /// One piece or, at the end, none.
    Whole(Bytes),
    /// Pieces, and how many bytes are left from the next one on.
    Pieces { pieces: Arc<[Bytes]>, next: usize, left: u64 },
    /// Bytes that are read while they are sent.
    Streamed(OpenBody),
}

impl From<&Body> for Outgoing {
    fn from(body: &Body) -> Self {
        match body {
            Body::Empty => Outgoing::Whole(Bytes::new()),
            Body::Whole(bytes) => Outgoing::Whole(bytes.clone()),
            Body::Pieces(pieces) => Outgoing::Pieces { pieces: pieces.clone(), next: 0, left: body.len() },
            Body::Streamed(streamed) => Outgoing::Streamed(streamed.open()),
        }
    }
}

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let piece = match self.get_mut() {
            Outgoing::Whole(bytes) if bytes.is_empty() => None,
            Outgoing::Whole(bytes) => Some(std::mem::take(bytes)),
            Outgoing::Pieces { pieces, next, left } => pieces.get(*next).cloned().inspect(|piece| {
                *next += 1;
                *left -= piece.len() as u64;
            }),
            Outgoing::Streamed(body) => return body.as_mut().poll_frame(context),
        };
        Poll::Ready(piece.map(|piece| Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Outgoing::Whole(bytes) => bytes.is_empty(),
            Outgoing::Pieces { left, .. } => *left == 0,
            Outgoing::Streamed(body) => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Outgoing::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Outgoing::Pieces { left, .. } => SizeHint::with_exact(*left),
            Outgoing::Streamed(body) => body.size_hint(),
        }
    }
}
