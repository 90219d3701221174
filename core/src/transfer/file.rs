//! A file that is read at any place by several readers at once.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// An open file whose size was taken when it was opened.
#[derive(Debug)]
pub(crate) struct SourceFile {
    // Closed before `path` is removed: some systems don't remove open files.
    file: File,
    path: PathBuf,
    size: u64,
    temporary: bool,
}

impl SourceFile {
    /// Opens a caller's file.
    ///
    /// # Errors
    /// `Argument` naming the path when it is missing, unreadable or no regular file.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let refused = |cause: &dyn std::fmt::Display| {
            Error::argument(format!("cannot read {}: {cause}", path.display()))
        };
        let file = File::open(path).map_err(|cause| refused(&cause))?;
        let metadata = file.metadata().map_err(|cause| refused(&cause))?;
        if !metadata.is_file() {
            return Err(refused(&"it is not a file"));
        }
        Ok(Self { file, path: path.to_owned(), size: metadata.len(), temporary: false })
    }

    /// Takes over a file of ours, which is removed in the end.
    pub(crate) fn temporary(file: File, path: PathBuf) -> Self {
        Self { file, path, size: 0, temporary: true }
    }

    /// Says how much has been written to a temporary file.
    pub(crate) fn with_size(mut self, size: u64) -> Self {
        self.size = size;
        self
    }

    /// The size in bytes.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// Fills the whole buffer from `offset` on.
    ///
    /// # Errors
    /// `UnexpectedEof` when the file has become shorter.
    pub(crate) fn read_exact_at(&self, mut buffer: &mut [u8], mut offset: u64) -> io::Result<()> {
        while !buffer.is_empty() {
            match read_at(&self.file, buffer, offset) {
                Ok(0) => {
                    let message = format!("{} has become shorter while it was sent", self.path.display());
                    return Err(io::Error::new(io::ErrorKind::UnexpectedEof, message));
                }
                Ok(read) => {
                    buffer = &mut buffer[read..];
                    offset += read as u64;
                }
                Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
                Err(cause) => {
                    return Err(io::Error::new(cause.kind(), format!("{}: {cause}", self.path.display())));
                }
            }
        }
        Ok(())
    }
}

impl Drop for SourceFile {
    fn drop(&mut self) {
        if self.temporary {
            // Nobody could act on a failure; the system cleans its temporary folder.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, offset)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, offset)
}
