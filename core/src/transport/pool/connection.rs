//! A connection of either version of HTTP.

use std::time::Duration;

use http::{Request, Response};

use super::http1::Http1;
use super::http2::Http2;
use super::send_error::SendError;
use super::unread_body::UnreadBody;
use crate::http::RequestBody;

/// A connection that a request can go out on.
pub(super) enum Connection {
    /// For one request at a time.
    Http1(Box<Http1>),
    /// For many.
    Http2(Http2),
}

impl Connection {
    /// Sends a request and returns the head of its response. The caller gives up after `limit`.
    pub(super) async fn send(
        self,
        request: Request<RequestBody>,
        limit: Duration,
    ) -> Result<Response<UnreadBody>, SendError> {
        match self {
            Connection::Http1(connection) => connection.send(request).await.map(UnreadBody::exclusive),
            Connection::Http2(connection) => connection.send(request, limit).await.map(UnreadBody::shared),
        }
    }

    /// Makes the next request first check whether the server has closed the connection. HTTP/1.1 always does: it would
    /// take bytes that came meanwhile for the response.
    pub(super) fn check_liveness(&self, on_http2: bool) {
        match self {
            Connection::Http1(connection) => connection.check_liveness(),
            Connection::Http2(connection) if on_http2 => connection.check_liveness(),
            Connection::Http2(_) => {}
        }
    }
}
