//! Files to send.

use std::path::PathBuf;

use bytes::Bytes;
use polywrite::FileSource;

use crate::pieces::PieceReader;

/// A file to send, as a language describes it.
pub struct File {
    /// Where its bytes are.
    pub content: Content,
    /// The name that the server is told. Without one, a path's own.
    pub name: Option<String>,
    /// The MIME type that the server is told. Without one, the core's default.
    pub mime_type: Option<String>,
}

/// Where the bytes of a file are.
pub enum Content {
    /// On disk.
    Path(PathBuf),
    /// In memory.
    Bytes(Bytes),
    /// With the language, which hands over piece after piece; how many bytes these are together, if that is known.
    Pieces(PieceReader, Option<u64>),
}

impl From<File> for FileSource {
    fn from(file: File) -> Self {
        let named = |source: FileSource| match file.name {
            Some(name) => source.file_name(name),
            None => source,
        };
        let source = named(match file.content {
            Content::Path(path) => FileSource::path(path),
            Content::Bytes(bytes) => FileSource::bytes("", bytes),
            Content::Pieces(reader, size) => FileSource::reader("", size, reader),
        });
        match file.mime_type {
            Some(mime_type) => source.mime_type(mime_type),
            None => source,
        }
    }
}
