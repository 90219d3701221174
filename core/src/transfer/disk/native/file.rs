//! A file that several requests read at the same time, each its own range.

use std::collections::BTreeMap;
use std::fs::{File, Metadata};
use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// How many bytes of each piece are kept, to distinguish a file that has grown from one that was rewritten.
const SAMPLE: usize = 32;

/// An open file, with its size and time of when it was opened.
#[derive(Debug)]
pub(crate) struct SourceFile {
    // Closed before `path` is removed: some systems do not remove open files.
    file: File,
    pub(super) path: PathBuf,
    size: u64,
    pub(super) modified: Option<SystemTime>,
    /// The beginnings of the pieces that were read, by their offsets.
    samples: Mutex<BTreeMap<u64, Vec<u8>>>,
    temporary: bool,
}

impl SourceFile {
    /// A caller's file, which must not change while it is sent.
    pub(super) fn new(file: File, path: PathBuf, metadata: &Metadata) -> Self {
        let (size, modified) = (metadata.len(), metadata.modified().ok());
        Self { file, path, size, modified, samples: Mutex::default(), temporary: false }
    }

    /// The open file.
    pub(super) fn file(&self) -> &File {
        &self.file
    }

    /// A temporary file, which is removed when this is dropped.
    pub(crate) fn temporary(file: File, path: PathBuf) -> Self {
        Self { file, path, size: 0, modified: None, samples: Mutex::default(), temporary: true }
    }

    /// Sets the size of a temporary file.
    pub(crate) fn with_size(mut self, size: u64) -> Self {
        self.size = size;
        self
    }

    /// The size in bytes.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// Checks that all bytes read are of one version of the file: no program has written to it since it was opened, or only at
    /// its end, as to a log. Of a file that is longer now, samples of what was read are read again.
    ///
    /// # Errors
    /// When it has changed.
    pub(crate) fn expect_unchanged(&self) -> io::Result<()> {
        if self.temporary {
            return Ok(());
        }
        let now = self.file.metadata()?;
        if self.is_as_opened(&now) || (now.len() > self.size && self.has_its_samples()?) {
            Ok(())
        } else {
            Err(io::Error::other(self.changed()))
        }
    }

    fn has_its_samples(&self) -> io::Result<bool> {
        let samples = self.samples.lock().unwrap_or_else(PoisonError::into_inner).clone();
        for (offset, sample) in samples {
            let mut found = vec![0; sample.len()];
            self.fill(&mut found, offset)?;
            if found != sample {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn is_as_opened(&self, now: &Metadata) -> bool {
        now.len() == self.size && now.modified().ok() == self.modified
    }

    /// What an error says when the file has changed.
    pub(super) fn changed(&self) -> String {
        format!("{} has changed while it was sent", self.path.display())
    }

    /// Fills the whole buffer from `offset` on.
    ///
    /// # Errors
    /// `UnexpectedEof` when the file has become shorter.
    pub(crate) fn read_exact_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        self.fill(buffer, offset)?;
        if !self.temporary {
            let sample = || buffer[..buffer.len().min(SAMPLE)].to_vec();
            let mut samples = self.samples.lock().unwrap_or_else(PoisonError::into_inner);
            samples.entry(offset).or_insert_with(sample);
        }
        Ok(())
    }

    fn fill(&self, mut buffer: &mut [u8], mut offset: u64) -> io::Result<()> {
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
            // No caller could act on a failure; the system cleans its temporary folder.
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
}
