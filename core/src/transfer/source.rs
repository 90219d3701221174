//! The file to upload: a path, bytes or a reader.

use std::cmp::Ordering;
use std::fmt;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncReadExt};

use super::CHUNK;
use super::content::{Content, Reader};
use super::disk;
use super::reading::{too_long, too_short};
use crate::error::Result;

/// The name of a file without one, which the server would refuse.
const NAMELESS: &str = "file";

/// A file to upload: a path, bytes in memory, or a reader.
///
/// ```
/// use polywrite::FileSource;
///
/// let picture = FileSource::path("holiday/beach.jpg").mime_type("image/jpeg");
/// let note = FileSource::bytes("note.txt", "Back at six.");
/// ```
pub struct FileSource {
    origin: Origin,
    file_name: Option<String>,
    mime_type: Option<String>,
}

enum Origin {
    Path(PathBuf),
    Bytes(Bytes),
    Reader(Reader, Option<u64>),
}

impl FileSource {
    /// A file on disk, read piece by piece while it is sent. When another program writes to it meanwhile, the upload fails;
    /// what is only appended is not sent. A file of the system's, such as those in `/proc`, is read to its end.
    pub fn path(path: impl Into<PathBuf>) -> Self {
        Self::new(Origin::Path(path.into()))
    }

    /// Bytes in memory; they are not copied.
    pub fn bytes(file_name: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self::new(Origin::Bytes(bytes.into())).file_name(file_name)
    }

    /// The bytes of a reader. With its size in bytes, only the chunks in flight are in memory; without, a file above 5 MiB is
    /// written to a temporary file first.
    pub fn reader(
        file_name: impl Into<String>,
        size: Option<u64>,
        reader: impl AsyncRead + Send + 'static,
    ) -> Self {
        Self::new(Origin::Reader(Box::pin(reader), size)).file_name(file_name)
    }

    /// The file's name for the server. Default: the last part of the path.
    #[must_use]
    pub fn file_name(mut self, file_name: impl Into<String>) -> Self {
        self.file_name = Some(file_name.into());
        self
    }

    /// The file's MIME type for the server. Default: `application/octet-stream`; the server detects the type itself.
    #[must_use]
    pub fn mime_type(mut self, mime_type: impl Into<String>) -> Self {
        self.mime_type = Some(mime_type.into());
        self
    }

    fn new(origin: Origin) -> Self {
        Self { origin, file_name: None, mime_type: None }
    }

    /// Opens the source, so that its bytes and their number are at hand.
    ///
    /// With `in_chunks`, a large reader of known size is left to be read chunk by chunk.
    ///
    /// # Errors
    /// `Argument` when a path cannot be read, or a reader fails or is not of its size.
    pub(crate) async fn open(self, in_chunks: bool) -> Result<Opened> {
        let of_path = match &self.origin {
            Origin::Path(path) => path.file_name().map(|name| name.to_string_lossy().into_owned()),
            _ => None,
        };
        let content = match self.origin {
            Origin::Path(path) => disk::open(path).await?,
            Origin::Bytes(bytes) => Content::Bytes(bytes),
            Origin::Reader(reader, Some(size)) if in_chunks && size > CHUNK => Content::Reader(reader, size),
            Origin::Reader(reader, size) => {
                // One byte too many is enough: the reader may never end.
                let limit = size.map_or(u64::MAX, |size| size.saturating_add(1));
                let content = disk::spool(reader.take(limit), CHUNK as usize).await?;
                match size.map(|size| content.size().cmp(&size)) {
                    None | Some(Ordering::Equal) => content,
                    Some(Ordering::Less) => return Err(too_short()),
                    Some(Ordering::Greater) => return Err(too_long()),
                }
            }
        };
        let name = self.file_name.or(of_path).filter(|name| !name.is_empty());
        Ok(Opened {
            content,
            file_name: name.unwrap_or_else(|| NAMELESS.to_owned()),
            mime_type: self.mime_type.unwrap_or_else(|| "application/octet-stream".to_owned()),
        })
    }
}

/// A source whose bytes are at hand.
pub(crate) struct Opened {
    pub(crate) content: Content,
    pub(crate) file_name: String,
    pub(crate) mime_type: String,
}

impl From<PathBuf> for FileSource {
    fn from(path: PathBuf) -> Self {
        FileSource::path(path)
    }
}

impl From<&Path> for FileSource {
    fn from(path: &Path) -> Self {
        FileSource::path(path)
    }
}

impl fmt::Debug for FileSource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = formatter.debug_struct("FileSource");
        match &self.origin {
            Origin::Path(path) => debug.field("path", path),
            Origin::Bytes(bytes) => debug.field("bytes", &bytes.len()),
            Origin::Reader(_, size) => debug.field("reader", size),
        };
        debug.field("file_name", &self.file_name).field("mime_type", &self.mime_type).finish()
    }
}
