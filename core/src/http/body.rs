//! A body that every attempt can send.

use std::io;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;

use crate::error::Error;

/// A request's body: cheap to clone, so that every attempt has one.
#[derive(Clone, Default)]
pub(crate) enum Body {
    /// None.
    #[default]
    Empty,
    /// One piece.
    Whole(Bytes),
    /// Pieces that are sent one after the other without being put together in memory.
    Pieces(Arc<[Bytes]>),
    /// Bytes that are read while they are sent.
    Streamed(Arc<dyn Streamed>),
}

/// A body that can be read from its beginning for every attempt.
pub(crate) trait Streamed: Send + Sync {
    /// The length in bytes, known before.
    fn length(&self) -> u64;

    /// The body, at its beginning.
    fn open(&self) -> OpenBody;

    /// Why the bytes could not be read, if that is why the request failed: the connection's error does not say.
    fn failure(&self) -> Option<Error>;
}

/// A body that is being read.
pub(crate) type OpenBody = Pin<Box<dyn http_body::Body<Data = Bytes, Error = io::Error> + Send>>;

impl Body {
    /// The length in bytes.
    pub(crate) fn len(&self) -> u64 {
        match self {
            Body::Empty => 0,
            Body::Whole(bytes) => bytes.len() as u64,
            Body::Pieces(pieces) => pieces.iter().map(|piece| piece.len() as u64).sum(),
            Body::Streamed(streamed) => streamed.length(),
        }
    }

    /// Why the bytes could not be read, if that is why the request failed.
    pub(crate) fn failure(&self) -> Option<Error> {
        match self {
            Body::Streamed(streamed) => streamed.failure(),
            Body::Empty | Body::Whole(_) | Body::Pieces(_) => None,
        }
    }
}
