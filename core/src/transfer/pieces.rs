//! The bodies of an upload's requests.

use std::sync::Arc;

use bytes::Bytes;

use super::buffers::BufferPool;
use super::chunk::{FileChunk, ReadFailure};
use super::content::Content;
use crate::encode::multipart::Form;
use crate::error::{Error, Result};
use crate::http::Body;

/// Makes request bodies of parts of a file.
pub(super) struct Pieces {
    pub(super) form: Form,
    buffers: BufferPool,
    failure: ReadFailure,
}

impl Pieces {
    /// Bodies of this form.
    pub(super) fn new(form: Form) -> Self {
        Self { form, buffers: BufferPool::default(), failure: ReadFailure::default() }
    }

    /// The body around a range of bytes in memory or on disk.
    ///
    /// # Errors
    /// `Argument` for a reader, which has no ranges.
    pub(super) fn body(&self, content: &Content, start: u64, length: u64) -> Result<Body> {
        match content {
            Content::Bytes(bytes) => {
                let range = start as usize..(start + length) as usize;
                Ok(self.body_of(bytes.slice(range)))
            }
            Content::File(file) => Ok(Body::Streamed(Arc::new(FileChunk {
                form: self.form.clone(),
                file: file.clone(),
                start,
                length,
                buffers: self.buffers.clone(),
                failure: self.failure.clone(),
            }))),
            Content::Reader(..) => Err(Error::argument("a reader gives its bytes only in order")),
        }
    }

    /// The body around bytes in memory.
    pub(super) fn body_of(&self, bytes: Bytes) -> Body {
        Body::Pieces([self.form.before.clone(), bytes, self.form.after.clone()].into())
    }
}
