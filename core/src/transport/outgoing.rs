use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body as _, Frame, SizeHint};

use super::movement::Movement;
use super::request::{Body, OpenBody};

/// How much of a large body is handed out at once, in bytes: so little that on a slow line, too, something moves.
const PIECE: usize = 64 * 1024;

/// A body on its way to the server. Its length is always known, so that it travels with a Content-Length.
pub(super) struct Outgoing {
    source: Source,
    /// What was taken from the source and not handed out yet.
    rest: Bytes,
    movement: Option<Movement>,
    is_taken: Option<Arc<AtomicBool>>,
}

/// Where the bytes come from.
enum Source {
    /// One piece or, at the end, none.
    Whole(Bytes),
    /// Pieces, and how many bytes are left from the next one on.
    Pieces { pieces: Arc<[Bytes]>, next: usize, left: u64 },
    /// Bytes that are read while they are sent.
    Streamed(OpenBody),
}

impl Outgoing {
    /// A body from its beginning; `movement` is that of all attempts to send it.
    pub(super) fn new(body: &Body, movement: Option<Movement>) -> Self {
        let source = match body {
            Body::Empty => Source::Whole(Bytes::new()),
            Body::Whole(bytes) => Source::Whole(bytes.clone()),
            Body::Pieces(pieces) => Source::Pieces { pieces: pieces.clone(), next: 0, left: body.len() },
            Body::Streamed(streamed) => Source::Streamed(streamed.open()),
        };
        let is_taken = movement.is_some().then(|| Arc::new(AtomicBool::new(body.len() == 0)));
        Self { source, rest: Bytes::new(), movement, is_taken }
    }

    /// What tells how a body gets further, for one so large that this matters.
    pub(super) fn movement_of(body: &Body) -> Option<Movement> {
        (body.len() > PIECE as u64).then(Movement::new)
    }

    /// What tells whether the connection has taken all of the body, where it does not take it at once.
    pub(super) fn is_taken(&self) -> Option<Arc<AtomicBool>> {
        self.is_taken.clone()
    }

    /// How the body gets further, where it is so large that this matters.
    pub(super) fn movement(&self) -> Option<Movement> {
        self.movement.clone()
    }
}

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let this = self.get_mut();
        let Some(movement) = &this.movement else {
            return this.source.poll_bytes(context).map_ok(Frame::data);
        };
        if this.rest.is_empty() {
            match ready!(this.source.poll_bytes(context)) {
                Some(Ok(bytes)) => this.rest = bytes,
                Some(Err(cause)) => return Poll::Ready(Some(Err(cause))),
                None => return Poll::Ready(None),
            }
        }
        let piece = movement.watch(this.rest.split_to(this.rest.len().min(PIECE)));
        if let Some(is_taken) =
            this.is_taken.as_ref().filter(|_| this.rest.is_empty() && this.source.left() == 0)
        {
            is_taken.store(true, Ordering::Relaxed);
        }
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.source.left() == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.rest.len() as u64 + self.source.left())
    }
}

impl Source {
    fn poll_bytes(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        let bytes = match self {
            Source::Whole(bytes) if bytes.is_empty() => None,
            Source::Whole(bytes) => Some(std::mem::take(bytes)),
            Source::Pieces { pieces, next, left } => pieces.get(*next).cloned().inspect(|piece| {
                *next += 1;
                *left -= piece.len() as u64;
            }),
            Source::Streamed(body) => {
                let frame = ready!(body.as_mut().poll_frame(context));
                // No body of ours has trailers, which would be the other kind of frame.
                return Poll::Ready(
                    frame.map(|frame| frame.map(|frame| frame.into_data().unwrap_or_default())),
                );
            }
        };
        Poll::Ready(bytes.map(Ok))
    }

    /// How many bytes have not been taken.
    fn left(&self) -> u64 {
        match self {
            Source::Whole(bytes) => bytes.len() as u64,
            Source::Pieces { left, .. } => *left,
            Source::Streamed(body) => body.size_hint().lower(),
        }
    }
}
