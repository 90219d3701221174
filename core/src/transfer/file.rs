//! A file that is read at any place by several readers at once.

use std::collections::BTreeMap;
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use bytes::Bytes;

use super::CHUNK;
use super::disk::{failed, unusable};
use super::source::Content;
use super::spool;
use crate::error::{Error, Result};

/// Up to this size in bytes, a file is read at once. Systems show the state of their parts as files, which say that they
/// have no bytes, or one page of them, however many can be read.
const SMALL: u64 = 64 * 1024;

/// How many bytes of each piece are kept, to tell a file that has grown from one that was written anew.
const SAMPLE: usize = 32;

/// An open file whose size and time were taken when it was opened.
#[derive(Debug)]
pub(crate) struct SourceFile {
    // Closed before `path` is removed: some systems don't remove open files.
    file: File,
    path: PathBuf,
    size: u64,
    modified: Option<SystemTime>,
    /// The beginnings of the pieces that were read, by where they stand.
    samples: Mutex<BTreeMap<u64, Vec<u8>>>,
    temporary: bool,
}

/// Opens a caller's file. A small one is read to its end.
///
/// # Errors
/// `Argument` naming the path when it is missing, unreadable or no regular file; `Io` when reading fails.
pub(crate) fn open(path: &Path) -> Result<Content> {
    let unusable = |cause| unusable("read", path, &cause);
    // Looked at before it is opened: opening a pipe waits for somebody to write to it.
    if !std::fs::metadata(path).map_err(unusable)?.is_file() {
        return Err(Error::argument(format!("cannot read {}: it is not a file", path.display())));
    }
    let file = File::open(path).map_err(unusable)?;
    let metadata = file.metadata().map_err(unusable)?;
    let file = SourceFile {
        file,
        path: path.to_owned(),
        size: metadata.len(),
        modified: metadata.modified().ok(),
        samples: Mutex::default(),
        temporary: false,
    };
    if file.size > SMALL {
        return Ok(Content::File(file.into()));
    }
    let content = file.read_to_end()?;
    // A file of the system's may have any size, but its time stays.
    let now = file.file.metadata().map_err(unusable)?;
    if file.modified != now.modified().ok() {
        return Err(failed(file.changed()));
    }
    Ok(content)
}

impl SourceFile {
    /// Takes over a file of ours, which is removed in the end.
    pub(crate) fn temporary(file: File, path: PathBuf) -> Self {
        Self { file, path, size: 0, modified: None, samples: Mutex::default(), temporary: true }
    }

    /// Says how much has been written to a temporary file.
    pub(crate) fn with_size(mut self, size: u64) -> Self {
        self.size = size;
        self
    }

    fn read_to_end(&self) -> Result<Content> {
        let unreadable = |cause| unusable("read", &self.path, &cause);
        let mut bytes = Vec::new();
        (&self.file).take(CHUNK + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        if bytes.len() as u64 <= CHUNK {
            return Ok(Content::Bytes(Bytes::from(bytes)));
        }
        spool::copy(io::Cursor::new(bytes).chain(&self.file))
            .map_err(|cause| failed(format!("cannot keep a copy of {}: {cause}", self.path.display())))
    }

    /// The size in bytes.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// Makes sure that what was read is of one version of the file: nobody has written to it since it was opened, or only
    /// at its end, as to a log. Of a file that is longer now, samples of what was read are read again.
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

    fn changed(&self) -> String {
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
        let length = SMALL + 1;
        std::fs::write(&path, vec![b'a'; length as usize]).unwrap();
        let Content::File(file) = open(&path).unwrap() else { panic!("it is large") };
        let mut buffer = [0; 3];
        file.read_exact_at(&mut buffer, 4).unwrap();
        assert_eq!((&buffer, file.size()), (b"aaa", length));
        let error = file.read_exact_at(&mut buffer, length - 1).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
        drop(file);
        std::fs::remove_file(&path).unwrap();
    }
}
