use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, Response};
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;

use super::connector::BoxError;
use super::http1::{Http1, poll_driven};
use super::http2::Rest;
use super::places::Place;

/// The body of an answer, and the connection that it arrives on.
pub(super) struct Arriving {
    body: Unread,
    /// None once the body is here.
    place: Option<Place>,
}

/// A body that has not been read.
pub(super) enum Unread {
    /// On a connection of its own, which waits for another call once the body is here; `None` from then on.
    Http1(Incoming, Option<Box<Http1>>),
    /// On a connection that has others at the same time, and the announced length.
    Http2(Box<Rest>, Option<u64>),
}

impl Unread {
    /// On a connection of its own.
    pub(super) fn alone((answer, connection): (Response<Incoming>, Box<Http1>)) -> Response<Self> {
        answer.map(|body| Self::Http1(body, Some(connection)))
    }

    /// On a connection that has others at the same time.
    pub(super) fn among_others(answer: Response<Rest>) -> Response<Self> {
        let length = length(answer.headers());
        answer.map(|rest| Self::Http2(Box::new(rest), length))
    }

    /// Has no new call go out on the connection.
    pub(super) fn retire(self) {
        match self {
            // It closes when it is dropped.
            Unread::Http1(..) => {}
            Unread::Http2(rest, _) => rest.retire(),
        }
    }
}

impl Arriving {
    /// A body that keeps its call's place until it is here.
    pub(super) fn new(body: Unread, place: Place) -> Self {
        let mut arriving = Self { body, place: Some(place) };
        arriving.release_at_end();
        arriving
    }

    fn release_at_end(&mut self) {
        if self.is_end_stream() {
            self.release();
        }
    }

    fn release(&mut self) {
        let place = self.place.take();
        if let (Unread::Http1(_, connection), Some(place)) = (&mut self.body, place)
            && let Some(connection) = connection.take()
        {
            place.server.keep(connection);
        }
    }
}

impl Body for Arriving {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = &mut *self;
        let frame = match &mut this.body {
            Unread::Http1(body, None) => ready!(Pin::new(body).poll_frame(context)).map(|frame| Ok(frame?)),
            Unread::Http1(body, Some(connection)) => {
                ready!(poll_with(Pin::new(body), connection, context)).map(|frame| Ok(frame?))
            }
            Unread::Http2(rest, _) => ready!(rest.poll_data(context)).map(|data| Ok(Frame::data(data?))),
        };
        match &frame {
            Some(Ok(_)) => this.release_at_end(),
            Some(Err(_)) => {
                if let Unread::Http1(_, connection) = &mut this.body {
                    *connection = None;
                }
                this.place = None;
            }
            None => this.release(),
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        match &self.body {
            Unread::Http1(body, _) => body.is_end_stream(),
            Unread::Http2(rest, _) => rest.is_over(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.body {
            Unread::Http1(body, _) => body.size_hint(),
            Unread::Http2(_, length) => length.map(SizeHint::with_exact).unwrap_or_default(),
        }
    }
}

/// Asking for a frame makes the connection read one, so it is driven in between.
fn poll_with(
    mut body: Pin<&mut Incoming>,
    connection: &mut Http1,
    context: &mut Context<'_>,
) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
    match poll_driven(context, |context| body.as_mut().poll_frame(context)) {
        Poll::Ready(frame) => Poll::Ready(frame),
        Poll::Pending => {
            connection.drive(context);
            poll_driven(context, |context| body.poll_frame(context))
        }
    }
}

fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
