//! Sending a request's body over HTTP/2, as fast as the server accepts it.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use crate::http::RequestBody;
use bytes::Bytes;
use h2::{Reason, SendStream};
use http_body::Body;

/// A body that is being sent.
pub(super) struct BodySender {
    body: RequestBody,
    stream: SendStream<Bytes>,
    /// What was read from the body and waits until the server has room for some of it.
    next: Bytes,
}

impl BodySender {
    pub(super) fn new(body: RequestBody, stream: SendStream<Bytes>) -> Self {
        Self { body, stream, next: Bytes::new() }
    }

    /// Sends what can be sent; ready once all is sent, or once the server wants no more of it, which its response explains.
    ///
    /// # Errors
    /// Those of the body itself, such as of a file that cannot be read. The stream is reset then.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            if !self.next.is_empty() {
                // A small body need not wait for room: h2 can buffer it.
                if self.body.is_large() && !ready!(self.poll_room(context)) {
                    return Poll::Ready(Ok(()));
                }
                let is_last = self.body.is_end_stream();
                let sent = self.stream.send_data(std::mem::take(&mut self.next), is_last);
                if is_last || sent.is_err() {
                    return Poll::Ready(Ok(()));
                }
            }
            match ready!(Pin::new(&mut self.body).poll_frame(context)) {
                Some(Ok(frame)) => {
                    self.next = frame.into_data().unwrap_or_default();
                }
                Some(Err(cause)) => {
                    self.stream.send_reset(Reason::CANCEL);
                    return Poll::Ready(Err(cause));
                }
                None => {
                    // The stream may have been reset meanwhile; then the response says so.
                    let _ = self.stream.send_data(Bytes::new(), true);
                    return Poll::Ready(Ok(()));
                }
            }
        }
    }

    /// Whether there is room; false when the server wants no more.
    fn poll_room(&mut self, context: &mut Context<'_>) -> Poll<bool> {
        // Asks for one byte; `send_data` asks for the rest itself.
        self.stream.reserve_capacity(1);
        while self.stream.capacity() == 0 {
            match ready!(self.stream.poll_capacity(context)) {
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Poll::Ready(false),
            }
        }
        Poll::Ready(true)
    }
}
