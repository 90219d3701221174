//! The body of a response, read from JavaScript's stream piece by piece.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::aborting::Aborting;
use super::failure;
use super::js::{Read, ReadableStream, Reader};

/// A body. Dropping it before its end aborts the request.
pub(super) struct FetchedBody {
    state: SendWrapper<State>,
    /// How many bytes are to come, if that is known.
    left: Option<u64>,
}

struct State {
    stage: Stage,
    aborting: Aborting,
}

enum Stage {
    /// Nothing was read yet.
    Unread(ReadableStream),
    /// The next piece is being read.
    Reading(Reader, JsFuture),
    Ended,
}

impl FetchedBody {
    /// A body of so many bytes, if that is known; without a stream it is empty.
    pub(super) fn new(stream: Option<ReadableStream>, length: Option<u64>, mut aborting: Aborting) -> Self {
        let stage = stream.map_or(Stage::Ended, Stage::Unread);
        if matches!(stage, Stage::Ended) {
            aborting.end();
        }
        let left = if matches!(stage, Stage::Ended) { Some(0) } else { length };
        Self { state: SendWrapper::new(State { stage, aborting }), left }
    }
}

impl State {
    /// The next piece; none at the end.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Bytes>, JsValue>> {
        loop {
            match &mut self.stage {
                Stage::Unread(stream) => {
                    let reader = stream.get_reader()?;
                    let next = JsFuture::from(reader.read()?);
                    self.stage = Stage::Reading(reader, next);
                }
                Stage::Reading(reader, next) => {
                    let read: Read = ready!(Pin::new(&mut *next).poll(context))?.into();
                    if read.done() {
                        self.end();
                        return Poll::Ready(Ok(None));
                    }
                    *next = JsFuture::from(reader.read()?);
                    let piece = read.value().to_vec();
                    if !piece.is_empty() {
                        return Poll::Ready(Ok(Some(piece.into())));
                    }
                }
                Stage::Ended => return Poll::Ready(Ok(None)),
            }
        }
    }

    fn end(&mut self) {
        self.stage = Stage::Ended;
        self.aborting.end();
    }
}

impl Drop for State {
    fn drop(&mut self) {
        // Node hears the signal of a request only as long as its garbage collector has left the request alone.
        let cancelled = match &self.stage {
            Stage::Unread(stream) => stream.cancel(),
            Stage::Reading(reader, _) => reader.cancel(),
            Stage::Ended => return,
        };
        // A promise that fails and that no code looks at ends the process.
        drop(cancelled.map(JsFuture::from));
    }
}

impl Body for FetchedBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let piece = ready!(self.state.poll(context));
        if piece.is_err() {
            self.state.end();
        }
        if let (Some(left), Ok(Some(piece))) = (&mut self.left, &piece) {
            *left = left.saturating_sub(piece.len() as u64);
        }
        Poll::Ready(
            piece
                .map_err(|thrown| io::Error::other(failure::text(&thrown)))
                .transpose()
                .map(|piece| piece.map(Frame::data)),
        )
    }

    fn is_end_stream(&self) -> bool {
        matches!(self.state.stage, Stage::Ended)
    }

    fn size_hint(&self) -> SizeHint {
        self.left.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
