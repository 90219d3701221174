use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;

use super::http1::{Http1, poll_driven};
use super::idle::Idle;

/// The body of an answer, and the connection that it arrives on.
pub(super) struct Arriving {
    body: Incoming,
    /// None when others use it too, and once the body is here.
    connection: Option<(Box<Http1>, Arc<Idle>)>,
}

impl Arriving {
    /// A body on a connection of its own, which waits in `idle` for another call once the body is here.
    pub(super) fn alone(body: Incoming, connection: Box<Http1>, idle: Arc<Idle>) -> Self {
        let mut arriving = Self { body, connection: Some((connection, idle)) };
        arriving.release_at_end();
        arriving
    }

    /// A body on a connection that has others at the same time.
    pub(super) fn among_others(body: Incoming) -> Self {
        Self { body, connection: None }
    }

    fn release_at_end(&mut self) {
        if self.body.is_end_stream() {
            self.release();
        }
    }

    fn release(&mut self) {
        if let Some((connection, idle)) = self.connection.take() {
            idle.keep(connection);
        }
    }
}

impl Body for Arriving {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let this = &mut *self;
        let body = Pin::new(&mut this.body);
        let frame = match &mut this.connection {
            None => ready!(body.poll_frame(context)),
            Some((connection, _)) => ready!(poll_with(body, connection, context)),
        };
        match &frame {
            Some(Ok(_)) => this.release_at_end(),
            Some(Err(_)) => this.connection = None,
            None => this.release(),
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
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
