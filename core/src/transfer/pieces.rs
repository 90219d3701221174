//! The bodies of an upload's requests.

use bytes::Bytes;

use super::content::Content;
use super::disk::FileBodies;
use crate::encode::multipart::Form;
use crate::error::{Error, Result};
use crate::http::Body;

/// Makes request bodies of parts of a file.
pub(super) struct Pieces {
    pub(super) form: Form,
    files: FileBodies,
}

impl Pieces {
    /// Bodies of this form.
    pub(super) fn new(form: Form) -> Self {
        Self { form, files: FileBodies::default() }
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
            Content::File(file) => Ok(self.files.body(&self.form, file, start, length)),
            Content::Reader(..) => Err(Error::argument("a reader gives its bytes only in order")),
        }
    }

    /// The body around bytes in memory.
    pub(super) fn body_of(&self, bytes: Bytes) -> Body {
        Body::Pieces([self.form.before.clone(), bytes, self.form.after.clone()].into())
    }
}
