//! A response whose head has arrived.

use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::StatusCode;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderMap, HeaderValue};
use http_body::Body;

use super::arriving_body::ArrivingBody;
use super::gzip::Gzip;
use super::request::Request;
use crate::error::{Error, ErrorKind, Result};
use crate::host::timer;
use crate::http::BoxError;
use crate::operation::Operation;
use crate::transport::retry::deadline::Deadline;
use crate::transport::retry::failure::Failure;

/// How many bytes are allocated for a body before any of it has come: the announced length may be false.
const PREALLOCATED: u64 = 16 * 1024 * 1024;

/// A response whose head has arrived and whose body has not been read.
pub(crate) struct UnreadResponse {
    pub(crate) operation: &'static Operation,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    body: ArrivingBody,
    compressed: Option<Gzip>,
    ended: bool,
    idle_timeout: Duration,
    deadline: Deadline,
}

impl UnreadResponse {
    pub(in crate::transport) fn new(
        request: &Request,
        response: http::Response<ArrivingBody>,
        idle_timeout: Duration,
    ) -> Self {
        let (head, body) = response.into_parts();
        let (status, mut headers) = (head.status, head.headers);
        let is_compressed = headers.get(CONTENT_ENCODING).is_some_and(is_gzip);
        let compressed = is_compressed.then(|| {
            // They describe the compressed body.
            headers.remove(CONTENT_ENCODING);
            headers.remove(CONTENT_LENGTH);
            Gzip::new()
        });
        let Request { operation, deadline, .. } = *request;
        Self { operation, status, headers, body, compressed, ended: false, idle_timeout, deadline }
    }

    /// The next bytes of the body, decompressed; `None` at its end.
    ///
    /// # Errors
    /// `Timeout` when none come within the idle time limit or the call's deadline passes, `Network` when the connection breaks first.
    pub(crate) async fn chunk(&mut self) -> Result<Option<Bytes>> {
        self.next().await.map_err(|failure| failure.error.with_operation(self.operation.id))
    }

    /// The body as a whole, if it has at most `limit` bytes. A short one is not copied.
    pub(in crate::transport) async fn whole(&mut self, limit: u64) -> Result<Bytes, Failure> {
        let announced = self.body.size_hint().lower();
        // The announced length is that of the compressed body.
        if self.compressed.is_none() && announced > limit {
            return Err(self.too_large(limit, Some(announced)));
        }
        let mut left = limit;
        let Some(first) = self.next_within(&mut left, limit).await? else { return Ok(Bytes::new()) };
        let Some(second) = self.next_within(&mut left, limit).await? else { return Ok(first) };
        let room = announced.min(PREALLOCATED) as usize;
        let mut body = BytesMut::with_capacity(room.max(2 * (first.len() + second.len())));
        body.extend_from_slice(&first);
        body.extend_from_slice(&second);
        while let Some(piece) = self.next_within(&mut left, limit).await? {
            body.extend_from_slice(&piece);
        }
        Ok(body.freeze())
    }

    /// The next bytes, if no more than `left` of the `limit` have come.
    async fn next_within(&mut self, left: &mut u64, limit: u64) -> Result<Option<Bytes>, Failure> {
        let Some(piece) = self.next().await? else { return Ok(None) };
        *left = left.checked_sub(piece.len() as u64).ok_or_else(|| self.too_large(limit, None))?;
        Ok(Some(piece))
    }

    fn too_large(&self, limit: u64, announced: Option<u64>) -> Failure {
        // Another attempt would bring the same bytes again.
        Failure::last(too_large(limit, announced).with_status(self.status.as_u16()))
    }

    /// The beginning of the body, as far as it comes: at most `limit` bytes and a piece, and within the idle timeout.
    pub(super) async fn beginning(&mut self, limit: usize) -> Bytes {
        let mut body = BytesMut::new();
        let time = self.idle_timeout;
        let reading = async {
            while body.len() < limit {
                match self.next().await {
                    Ok(Some(piece)) => body.extend_from_slice(&piece),
                    Ok(None) | Err(_) => break,
                }
            }
        };
        // A beginning is enough.
        let _ = timer::timeout(time, reading).await;
        body.freeze()
    }

    async fn next(&mut self) -> Result<Option<Bytes>, Failure> {
        let broken = |cause| Err(Failure::cut_off(cause));
        loop {
            if let Some(piece) = self.compressed.as_mut().map(Gzip::decompress) {
                match piece {
                    Ok(Some(piece)) => return Ok(Some(piece)),
                    Ok(None) => {}
                    Err(cause) => return broken(cause.into()),
                }
            }
            if self.ended {
                return Ok(None);
            }
            let deadline = self.deadline;
            let arriving = deadline.limit(timer::timeout(self.idle_timeout, self.next_frame()));
            let piece = match arriving.await.map_err(Failure::last)? {
                Ok(Ok(piece)) => piece,
                Ok(Err(cause)) => return broken(cause),
                Err(_) => return Err(Failure::stalled(self.idle_timeout)),
            };
            self.ended = piece.is_none();
            match (piece, &mut self.compressed) {
                (piece, None) => return Ok(piece),
                (Some(piece), Some(compressed)) => compressed.feed(piece),
                (None, Some(compressed)) => return compressed.finish().or_else(|cause| broken(cause.into())),
            }
        }
    }

    /// The next bytes, not decompressed.
    async fn next_frame(&mut self) -> Result<Option<Bytes>, BoxError> {
        loop {
            match poll_fn(|context| Pin::new(&mut self.body).poll_frame(context)).await.transpose()? {
                None => return Ok(None),
                // The other kind of frame has trailers.
                Some(frame) => {
                    if let Ok(piece) = frame.into_data() {
                        return Ok(Some(piece));
                    }
                }
            }
        }
    }
}

/// The error for a response that is not read into memory: it has, or announces, more bytes than `limit`.
pub(crate) fn too_large(limit: u64, announced: Option<u64>) -> Error {
    let size = announced.map_or_else(|| format!("more than {limit}"), |size| size.to_string());
    let message = format!("the response has {size} bytes, and at most {limit} are read into memory");
    Error::new(ErrorKind::Decode, message).with_hint(
        "`maxResponseBytes` (`max_response_bytes` in Python and Rust) sets that limit; downloads into files and streams \
         have none",
    )
}

// RFC 9110, section 8.4.1: in any case, and with an older name.
fn is_gzip(coding: &HeaderValue) -> bool {
    [&b"gzip"[..], b"x-gzip"].iter().any(|name| coding.as_bytes().eq_ignore_ascii_case(name))
}
