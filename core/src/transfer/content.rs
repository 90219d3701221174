//! The bytes of an upload, once they are at hand.

use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use tokio::io::AsyncRead;

use super::disk::SourceFile;

/// A reader that returns bytes in order, once.
pub(crate) type Reader = Pin<Box<dyn AsyncRead + Send>>;

/// The bytes of a source.
pub(crate) enum Content {
    /// In memory.
    Bytes(Bytes),
    /// On disk.
    File(Arc<SourceFile>),
    /// To be read in order, with their number.
    Reader(Reader, u64),
}

impl Content {
    /// The size in bytes.
    pub(crate) fn size(&self) -> u64 {
        match self {
            Content::Bytes(bytes) => bytes.len() as u64,
            Content::File(file) => file.size(),
            Content::Reader(_, size) => *size,
        }
    }
}
