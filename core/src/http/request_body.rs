//! The body of a request while it is sent.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body as _, Frame, SizeHint};

use super::body::{Body, OpenBody, Streamed};
use super::send_progress::SendProgress;

/// How many bytes of a large body are handed out at once: so few that they make progress on a slow network, too.
const PIECE: usize = 64 * 1024;

/// The body of a request. Its length is known, so the request has a Content-Length.
///
/// While bytes of a large body go out, `timeout` does not count. A body that middleware puts in its place is sent within it.
pub struct RequestBody {
    source: Source,
    /// What was read from the source and not handed out yet.
    rest: Bytes,
    progress: Option<SendProgress>,
    is_handed_out: Option<Arc<AtomicBool>>,
}

/// Where the bytes come from.
enum Source {
    /// One piece or, at the end, none.
    Whole(Bytes),
    /// Pieces, and how many bytes are left from the next one on.
    Pieces { pieces: Arc<[Bytes]>, next: usize, left: u64 },
    /// Bytes that are read while they are sent, from the first time on that the connection asks for some.
    Unopened(Arc<dyn Streamed>),
    /// Such bytes, some of them read.
    Opened(OpenBody),
}

impl RequestBody {
    /// A body from its beginning; `progress` is shared by all attempts to send it.
    pub(crate) fn new(body: &Body, progress: Option<SendProgress>) -> Self {
        let source = match body {
            Body::Empty => Source::Whole(Bytes::new()),
            Body::Whole(bytes) => Source::Whole(bytes.clone()),
            Body::Pieces(pieces) => Source::Pieces { pieces: pieces.clone(), next: 0, left: body.len() },
            Body::Streamed(streamed) => Source::Unopened(streamed.clone()),
        };
        let is_handed_out = progress.is_some().then(|| Arc::new(AtomicBool::new(body.len() == 0)));
        Self { source, rest: Bytes::new(), progress, is_handed_out }
    }

    /// The length in bytes, of what has not been read.
    pub fn len(&self) -> u64 {
        self.rest.len() as u64 + self.source.left()
    }

    /// Whether nothing is left to read.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The whole body, where it is in memory in one piece, as that of every call but uploads; to sign it, for example.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match &self.source {
            Source::Whole(bytes) if self.rest.is_empty() => Some(bytes),
            _ => None,
        }
    }

    /// The body from its beginning as one that every attempt can send, and its progress.
    pub(crate) fn unread(self) -> (Body, Option<SendProgress>) {
        let body = match self.source {
            Source::Whole(bytes) => Body::Whole(bytes),
            Source::Pieces { pieces, .. } => Body::Pieces(pieces),
            Source::Unopened(streamed) => Body::Streamed(streamed),
            // Nothing hands out a body that has been opened.
            Source::Opened(_) => Body::Empty,
        };
        (body, self.progress)
    }

    /// The progress of a body that is so large that progress matters.
    pub(crate) fn progress_of(body: &Body) -> Option<SendProgress> {
        (body.len() > PIECE as u64).then(SendProgress::new)
    }

    /// Whether the whole body was handed to the connection. `None` for small bodies, which are handed over at once.
    pub(crate) fn is_handed_out(&self) -> Option<Arc<AtomicBool>> {
        self.is_handed_out.clone()
    }

    /// Whether the body is so large that the connection may not accept it at once.
    pub(crate) fn is_large(&self) -> bool {
        self.progress.is_some()
    }
}

impl http_body::Body for RequestBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let this = self.get_mut();
        let Some(progress) = &this.progress else {
            return this.source.poll_bytes(context).map_ok(Frame::data);
        };
        if this.rest.is_empty() {
            match ready!(this.source.poll_bytes(context)) {
                Some(Ok(bytes)) => this.rest = bytes,
                Some(Err(cause)) => return Poll::Ready(Some(Err(cause))),
                None => return Poll::Ready(None),
            }
        }
        let piece = progress.watch(this.rest.split_to(this.rest.len().min(PIECE)));
        if let Some(is_handed_out) =
            this.is_handed_out.as_ref().filter(|_| this.rest.is_empty() && this.source.left() == 0)
        {
            is_handed_out.store(true, Ordering::Relaxed);
        }
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.len())
    }
}

impl From<Bytes> for RequestBody {
    fn from(bytes: Bytes) -> Self {
        Self::new(&Body::Whole(bytes), None)
    }
}

impl From<Vec<u8>> for RequestBody {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl std::fmt::Debug for RequestBody {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("RequestBody").field("len", &self.len()).finish_non_exhaustive()
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
            Source::Unopened(streamed) => {
                *self = Source::Opened(streamed.open());
                return self.poll_bytes(context);
            }
            Source::Opened(body) => {
                let frame = ready!(body.as_mut().poll_frame(context));
                // Our bodies have no trailers, which would be the other kind of frame.
                return Poll::Ready(
                    frame.map(|frame| frame.map(|frame| frame.into_data().unwrap_or_default())),
                );
            }
        };
        Poll::Ready(bytes.map(Ok))
    }

    /// How many bytes have not been read.
    fn left(&self) -> u64 {
        match self {
            Source::Whole(bytes) => bytes.len() as u64,
            Source::Pieces { left, .. } => *left,
            Source::Unopened(streamed) => streamed.length(),
            Source::Opened(body) => body.size_hint().lower(),
        }
    }
}
