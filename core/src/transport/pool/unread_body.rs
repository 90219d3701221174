//! The body of a response on a connection of either version of HTTP.

use http::header::CONTENT_LENGTH;
use http::{HeaderMap, Response};
use hyper::body::Incoming;

use super::http1::Http1;
use super::http2::Http2Body;

/// A body that has not been read.
pub(super) enum UnreadBody {
    /// On a connection of its own, which waits for another request once the body has arrived; `None` from then on.
    Http1(Incoming, Option<Box<Http1>>),
    /// On a connection that has others at the same time, and the announced length.
    Http2(Box<Http2Body>, Option<u64>),
}

impl UnreadBody {
    /// On a connection of its own.
    pub(super) fn exclusive((response, connection): (Response<Incoming>, Box<Http1>)) -> Response<Self> {
        response.map(|body| Self::Http1(body, Some(connection)))
    }

    /// On a connection that has others at the same time.
    pub(super) fn shared(response: Response<Http2Body>) -> Response<Self> {
        let length = length(response.headers());
        response.map(|body| Self::Http2(Box::new(body), length))
    }

    /// Lets no new request go out on the connection.
    pub(super) fn retire(self) {
        match self {
            // It closes when it is dropped.
            UnreadBody::Http1(..) => {}
            UnreadBody::Http2(body, _) => body.retire(),
        }
    }
}

fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
