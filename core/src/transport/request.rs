use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use reqwest::Url;
use reqwest::header::HeaderMap;

use crate::operation::{Method, Operation};

/// A request, ready to be sent as often as it takes.
#[derive(Clone)]
pub(crate) struct Request {
    /// What the request is for: errors name it, and it says what may come back.
    pub(crate) operation: &'static Operation,
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
    /// Whether sending it twice has the effect of sending it once.
    pub(crate) repeatable: bool,
    /// Whether redirects are followed; if not, one is an answer.
    pub(crate) follows: bool,
}

/// A request's body: cheap to clone, so that every attempt has one.
#[derive(Clone, Default)]
pub(crate) enum Body {
    /// None.
    #[default]
    Empty,
    /// One piece.
    Whole(Bytes),
    /// Pieces that are sent one after the other without being put together in memory.
    Pieces(Arc<[Bytes]>),
    /// Bytes that are read while they are sent.
    Streamed(Arc<dyn Streamed>),
}

/// A body that can be read from its beginning for every attempt.
pub(crate) trait Streamed: Send + Sync {
    /// The length in bytes, known before.
    fn length(&self) -> u64;

    /// The body, at its beginning.
    fn open(&self) -> reqwest::Body;
}

impl Body {
    /// The length in bytes.
    pub(crate) fn len(&self) -> u64 {
        match self {
            Body::Empty => 0,
            Body::Whole(bytes) => bytes.len() as u64,
            Body::Pieces(pieces) => pieces.iter().map(|piece| piece.len() as u64).sum(),
            Body::Streamed(streamed) => streamed.length(),
        }
    }

    pub(super) fn into_reqwest(self) -> Option<reqwest::Body> {
        match self {
            Body::Empty => None,
            Body::Whole(bytes) => Some(bytes.into()),
            Body::Pieces(pieces) => {
                let left = pieces.iter().map(|piece| piece.len() as u64).sum();
                Some(reqwest::Body::wrap(PiecesBody { pieces, next: 0, left }))
            }
            Body::Streamed(streamed) => Some(streamed.open()),
        }
    }
}

/// Pieces as a body of known length, so that it travels with a Content-Length.
struct PiecesBody {
    pieces: Arc<[Bytes]>,
    next: usize,
    left: u64,
}

impl http_body::Body for PiecesBody {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let Some(piece) = self.pieces.get(self.next).cloned() else { return Poll::Ready(None) };
        self.next += 1;
        self.left -= piece.len() as u64;
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
