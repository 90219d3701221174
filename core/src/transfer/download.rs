//! Files and pictures as bytes, piece by piece or as a whole.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use futures_util::stream;
use http::header::CONTENT_TYPE;

use super::asking::Asking;
use super::resume::ResumingBody;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::observe::within;
use crate::operation::Operation;
use crate::options::CallOptions;
use crate::params::Params;
use crate::response::ResponseInfo;
use crate::transport::too_large;

/// How much room is made for a body before any of it has come: the announced length may be a lie.
const ROOM: u64 = 256 * 1024 * 1024;

/// A body that is on its way: a [`Stream`] of bytes, which are what the server has, even when that is JSON.
///
/// When the connection breaks, the rest is asked for as the client's retry policy allows. Dropping it gives the
/// download up.
pub struct Download {
    operation: &'static Operation,
    size: Option<u64>,
    info: ResponseInfo,
    /// How many bytes are read into memory, where the caller wants the whole there.
    limit: u64,
    pieces: Pin<Box<dyn Stream<Item = Result<Bytes>> + Send>>,
}

impl Client {
    /// Makes a call and returns once its response begins; the body is read from the [`Download`].
    ///
    /// The time limit is for the response to begin. After that, a body may take as long as bytes keep coming, or until the
    /// deadline: that is for all of it, the time between two calls of [`Download::chunk`] included.
    ///
    /// # Errors
    /// As [`execute`](Client::execute).
    pub async fn download(
        &self,
        operation: &'static Operation,
        params: Params,
        options: CallOptions,
    ) -> Result<Download> {
        let limit = options.max_response_bytes.unwrap_or(self.settings().limits.max_response_bytes);
        let (body, info) = self.open(operation, params, options, false).await?;
        let size = body.size();
        let pieces = stream::try_unfold(body, |mut body| async move {
            let piece = body.next().await?;
            Ok(piece.map(|piece| (piece, body)))
        });
        Ok(Download { operation, size, info, limit, pieces: Box::pin(pieces) })
    }

    /// Makes the call and returns the body of its response once that begins; `in_parts`, further requests may bring parts
    /// of it.
    pub(super) async fn open(
        &self,
        operation: &'static Operation,
        params: Params,
        options: CallOptions,
        in_parts: bool,
    ) -> Result<(ResumingBody, ResponseInfo)> {
        let opening = async {
            let mut asking = Asking::new(self, operation, params, options)?;
            if in_parts && !asking.is_the_callers() {
                // The response to an open range says how large the file is, which Appwrite does not say of a large one
                // otherwise, and that the server knows ranges.
                asking.options.range.get_or_insert_with(|| (0..).into());
            }
            let (incoming, info) = asking.begin().await?;
            Ok((ResumingBody::new(asking, incoming)?, info))
        };
        within(self.span(operation), |(_, info)| info, opening).await
    }
}

impl Download {
    /// The size of the whole body in bytes, if the server said it; of the part, where one is wanted.
    pub fn size(&self) -> Option<u64> {
        self.size
    }

    /// The MIME type, if the server said it.
    pub fn content_type(&self) -> Option<&str> {
        self.header(CONTENT_TYPE.as_str())
    }

    /// The value of a header, in any case; `None` when absent or not text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.info.header(name)
    }

    /// The response beside its body, and how the call went until it began.
    pub fn response(&self) -> &ResponseInfo {
        &self.info
    }

    /// As [`response`](Self::response), at the end of the body.
    pub fn into_info(self) -> ResponseInfo {
        ResponseInfo { duration: self.info.began.elapsed(), ..self.info }
    }

    /// The next bytes; `None` at the end.
    ///
    /// # Errors
    /// [`ErrorKind::Network`](crate::ErrorKind::Network) or [`ErrorKind::Timeout`](crate::ErrorKind::Timeout) when the
    /// body breaks off more often than the retry policy allows;
    /// [`ErrorKind::Conflict`](crate::ErrorKind::Conflict) when the file has changed in between.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>> {
        std::future::poll_fn(|context| self.pieces.as_mut().poll_next(context)).await.transpose()
    }

    /// The whole body in memory.
    ///
    /// # Errors
    /// As [`chunk`](Self::chunk), and [`ErrorKind::Decode`](crate::ErrorKind::Decode) when it is larger than the limit
    /// for responses ([`max_response_bytes`](crate::CallOptions::max_response_bytes)).
    pub async fn bytes(mut self) -> Result<Bytes> {
        self.whole().await
    }

    /// As [`bytes`](Self::bytes), and the response stays.
    pub(crate) async fn whole(&mut self) -> Result<Bytes> {
        let mut left = self.room()?;
        let Some(first) = self.chunk_within(&mut left).await? else { return Ok(Bytes::new()) };
        if self.size == Some(first.len() as u64) {
            return Ok(first);
        }
        let room = self.size.unwrap_or(0).min(ROOM) as usize;
        let mut whole = BytesMut::with_capacity(room.max(first.len()));
        whole.extend_from_slice(&first);
        while let Some(piece) = self.chunk_within(&mut left).await? {
            whole.extend_from_slice(&piece);
        }
        Ok(whole.freeze())
    }

    /// The whole body in memory, in the pieces that have come.
    ///
    /// # Errors
    /// As [`bytes`](Self::bytes).
    pub async fn pieces(&mut self) -> Result<Vec<Bytes>> {
        let mut left = self.room()?;
        let mut pieces = Vec::new();
        while let Some(piece) = self.chunk_within(&mut left).await? {
            pieces.push(piece);
        }
        Ok(pieces)
    }

    /// How many bytes are read into memory, if the body has no more as far as the server says.
    fn room(&self) -> Result<u64> {
        match self.size.filter(|size| *size > self.limit) {
            Some(_) => Err(self.too_large(self.size)),
            None => Ok(self.limit),
        }
    }

    async fn chunk_within(&mut self, left: &mut u64) -> Result<Option<Bytes>> {
        let Some(piece) = self.chunk().await? else { return Ok(None) };
        *left = left.checked_sub(piece.len() as u64).ok_or_else(|| self.too_large(None))?;
        Ok(Some(piece))
    }

    fn too_large(&self, announced: Option<u64>) -> Error {
        too_large(self.limit, announced).with_operation(self.operation.id)
    }
}

impl Stream for Download {
    type Item = Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.pieces.as_mut().poll_next(context)
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Download")
            .field("operation", &self.operation.id)
            .field("size", &self.size)
            .field("content_type", &self.content_type())
            .finish()
    }
}
