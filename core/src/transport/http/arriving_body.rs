//! The body of a response, on a connection of Polywrite's own or from a client that the program brought.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use crate::http::{BoxError, ResponseBody};
use crate::transport::network::ResponseBody as OwnBody;

/// A body that has not arrived as a whole.
pub(in crate::transport) enum ArrivingBody {
    /// On a connection of Polywrite's own.
    Own(OwnBody),
    /// From another client.
    Other(ResponseBody),
}

impl Body for ArrivingBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match self.get_mut() {
            ArrivingBody::Own(body) => Pin::new(body).poll_frame(context),
            ArrivingBody::Other(body) => Pin::new(body).poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            ArrivingBody::Own(body) => body.is_end_stream(),
            ArrivingBody::Other(body) => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            ArrivingBody::Own(body) => body.size_hint(),
            ArrivingBody::Other(body) => body.size_hint(),
        }
    }
}
