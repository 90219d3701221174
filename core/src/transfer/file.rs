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
        // Looked at before it is opened: opening a pipe waits for somebody to write to it.
        if !std::fs::metadata(path).map_err(|cause| refused(&cause))?.is_file() {
            return Err(refused(&"it is not a file"));
        }
        let file = File::open(path).map_err(|cause| refused(&cause))?;
        let metadata = file.metadata().map_err(|cause| refused(&cause))?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_temporary_file_is_removed_in_the_end() {
        let path = std::env::temp_dir().join(format!("polywrite-{}", crate::Id::unique()));
        let file = SourceFile::temporary(File::create(&path).unwrap(), path.clone());
        assert!(path.exists());
        drop(file);
        assert!(!path.exists());
    }

    #[test]
    fn a_callers_file_is_read_anywhere_and_stays() {
        let path = std::env::temp_dir().join(format!("polywrite-{}", crate::Id::unique()));
        std::fs::write(&path, "0123456789").unwrap();
        let file = SourceFile::open(&path).unwrap();
        let mut buffer = [0; 3];
        file.read_exact_at(&mut buffer, 4).unwrap();
        assert_eq!((&buffer, file.size()), (b"456", 10));
        let error = file.read_exact_at(&mut buffer, 9).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
        drop(file);
        std::fs::remove_file(&path).unwrap();
    }
}
