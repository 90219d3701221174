//! Files, of which there are none.

use std::sync::Arc;

use crate::encode::multipart::Form;
use crate::http::Body;

/// A file on disk.
pub(crate) enum SourceFile {}

impl SourceFile {
    /// The size in bytes.
    pub(crate) fn size(&self) -> u64 {
        match *self {}
    }
}

/// Makes request bodies of ranges of a file.
#[derive(Default)]
pub(in crate::transfer) struct FileBodies {}

impl FileBodies {
    /// The body around a range of a file.
    pub(in crate::transfer) fn body(&self, _: &Form, file: &Arc<SourceFile>, _: u64, _: u64) -> Body {
        match **file {}
    }
}
