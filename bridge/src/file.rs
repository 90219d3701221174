//! Files to send.

use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use polywrite::{FileSource, UploadSession};

use crate::pieces::Pieces;

/// A file to send, as a language describes it.
pub(crate) struct File {
    /// Where its bytes are.
    pub(crate) content: Content,
    /// The name that the request says. Without one, a path's own.
    pub(crate) name: Option<String>,
    /// The MIME type that the request says. Without one, the core's default.
    pub(crate) mime_type: Option<String>,
}

/// Where the bytes of a file are.
#[derive(Clone)]
pub enum Content {
    /// On disk.
    Path(PathBuf),
    /// In memory.
    Bytes(Bytes),
    /// With the language, which hands over piece after piece; how many bytes these are together, if that is known.
    Pieces(Arc<Pieces>, Option<u64>),
}

/// What a command has of a file.
#[derive(Clone, Default)]
pub struct Attached {
    /// The file that it sends, or the path of the one that it writes.
    pub content: Option<Content>,
    /// What is known about its upload.
    pub session: Option<UploadSession>,
}

impl File {
    /// What the core reads. It calls `ask` for each piece that is to be asked for.
    pub(crate) fn source(self, ask: impl FnMut() + Send + 'static) -> FileSource {
        let mut source = match self.content {
            Content::Path(path) => FileSource::path(path),
            Content::Bytes(bytes) => FileSource::bytes("", bytes),
            Content::Pieces(pieces, size) => FileSource::reader("", size, pieces.reader(ask)),
        };
        if let Some(name) = self.name {
            source = source.file_name(name);
        }
        match self.mime_type {
            Some(mime_type) => source.mime_type(mime_type),
            None => source,
        }
    }
}
