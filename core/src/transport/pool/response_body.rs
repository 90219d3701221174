//! The body of a response, and the connection that it arrives on.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;

use super::http1::{Http1, poll_driven};
use super::permit::Permit;
use super::sweeper;
use super::unread_body::UnreadBody;
use crate::http::BoxError;

/// A body that returns its connection to the pool when it has arrived.
pub(in crate::transport) struct ResponseBody {
    body: UnreadBody,
    /// None once the body has arrived.
    permit: Option<Permit>,
}

impl ResponseBody {
    /// A body that keeps its call's permit until it has arrived.
    pub(super) fn new(body: UnreadBody, permit: Permit) -> Self {
        let mut this = Self { body, permit: Some(permit) };
        this.release_at_end();
        this
    }

    fn release_at_end(&mut self) {
        if self.is_end_stream() {
            self.release();
        }
    }

    fn release(&mut self) {
        let permit = self.permit.take();
        let (UnreadBody::Http1(_, connection), Some(permit)) = (&mut self.body, permit) else { return };
        if let Some(connection) = connection.take() {
            sweeper::keep(&permit.origin, connection);
        }
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = &mut *self;
        let frame = match &mut this.body {
            UnreadBody::Http1(body, None) => {
                ready!(Pin::new(body).poll_frame(context)).map(|frame| Ok(frame?))
            }
            UnreadBody::Http1(body, Some(connection)) => {
                ready!(poll_with(Pin::new(body), connection, context)).map(|frame| Ok(frame?))
            }
            UnreadBody::Http2(body, _) => ready!(body.poll_data(context)).map(|data| Ok(Frame::data(data?))),
        };
        match &frame {
            Some(Ok(_)) => this.release_at_end(),
            Some(Err(_)) => {
                if let UnreadBody::Http1(_, connection) = &mut this.body {
                    *connection = None;
                }
                this.permit = None;
            }
            None => this.release(),
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        match &self.body {
            UnreadBody::Http1(body, _) => body.is_end_stream(),
            UnreadBody::Http2(body, _) => body.has_ended(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.body {
            UnreadBody::Http1(body, _) => body.size_hint(),
            UnreadBody::Http2(_, length) => length.map(SizeHint::with_exact).unwrap_or_default(),
        }
    }
}

/// Polls for a frame, which makes the connection read one, drives the connection, and polls again.
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
