//! Responses that break off, as when a server dies in the middle of one.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
};

use axum::body::Body;
use bytes::Bytes;
use hyper::body::{Frame, SizeHint};

/// A body of which half of the first piece arrives, and then the connection ends.
pub(crate) fn body(whole: Body) -> Body {
    Body::new(Broken { whole, is_broken: false })
}

struct Broken {
    whole: Body,
    is_broken: bool,
}

impl hyper::body::Body for Broken {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if self.is_broken {
            return Poll::Ready(Some(Err(io::ErrorKind::ConnectionReset.into())));
        }
        let frame = std::task::ready!(Pin::new(&mut self.whole).poll_frame(context));
        self.is_broken = true;
        let data = frame.and_then(Result::ok).and_then(|frame| frame.into_data().ok()).unwrap_or_default();
        Poll::Ready(Some(Ok(Frame::data(data.slice(..data.len() / 2)))))
    }

    fn size_hint(&self) -> SizeHint {
        // The length that is announced is that of the whole.
        self.whole.size_hint()
    }
}
