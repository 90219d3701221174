use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::failure::Failure;
use crate::error::Result;
use crate::operation::Operation;

/// An answer whose head has arrived and whose body has not been read.
pub(crate) struct Incoming {
    pub(crate) operation: &'static Operation,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    response: reqwest::Response,
    idle_timeout: Duration,
}

impl Incoming {
    pub(super) fn new(
        operation: &'static Operation,
        mut response: reqwest::Response,
        idle_timeout: Duration,
    ) -> Self {
        let headers = std::mem::take(response.headers_mut());
        Self { operation, status: response.status(), headers, response, idle_timeout }
    }

    /// The next bytes of the body, decompressed; `None` at its end.
    ///
    /// # Errors
    /// `Timeout` when none come within the idle time limit, `Network` when the connection breaks first.
    pub(crate) async fn chunk(&mut self) -> Result<Option<Bytes>> {
        self.next().await.map_err(|failure| failure.error.with_operation(self.operation.id))
    }

    /// The body as a whole. A short one is not copied.
    pub(super) async fn whole(&mut self) -> Result<Bytes, Failure> {
        let Some(first) = self.next().await? else { return Ok(Bytes::new()) };
        let Some(second) = self.next().await? else { return Ok(first) };
        let expected = self.response.content_length().unwrap_or(0) as usize;
        let mut body = BytesMut::with_capacity(expected.max(2 * (first.len() + second.len())));
        body.extend_from_slice(&first);
        body.extend_from_slice(&second);
        while let Some(piece) = self.next().await? {
            body.extend_from_slice(&piece);
        }
        Ok(body.freeze())
    }

    /// The beginning of the body, as far as it comes: at most `limit` bytes and a piece.
    pub(super) async fn beginning(&mut self, limit: usize) -> Bytes {
        let mut body = BytesMut::new();
        while body.len() < limit {
            match self.next().await {
                Ok(Some(piece)) => body.extend_from_slice(&piece),
                Ok(None) | Err(_) => break,
            }
        }
        body.freeze()
    }

    async fn next(&mut self) -> Result<Option<Bytes>, Failure> {
        match tokio::time::timeout(self.idle_timeout, self.response.chunk()).await {
            Ok(Ok(piece)) => Ok(piece),
            Ok(Err(cause)) => Err(Failure::cut_off(cause)),
            Err(_) => Err(Failure::stalled(self.idle_timeout)),
        }
    }
}
