//! Stores the bytes of a reader, in memory while they are few, else in a temporary file.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use tokio::io::AsyncRead;

use super::file::SourceFile;
use super::task::blocking;
use crate::Id;
use crate::error::{Error, Result};
use crate::transfer::content::Content;
use crate::transfer::reading::{failed, read_up_to};

/// Reads to the end. Up to `limit` bytes stay in memory.
///
/// # Errors
/// `Io` when the reader fails, or the temporary folder cannot be written.
pub(crate) async fn spool(mut reader: impl AsyncRead + Unpin, limit: usize) -> Result<Content> {
    let mut buffer = Vec::new();
    read_up_to(&mut reader, &mut buffer, limit + 1).await?;
    if buffer.len() <= limit {
        return Ok(Content::Bytes(buffer.into()));
    }
    let (mut file, path) = blocking(create).await?.map_err(|cause| unwritable(&cause))?;
    let mut size = 0;
    // Made at once, so that the file is removed in every case.
    let guard = SourceFile::temporary(file.try_clone().map_err(|cause| unwritable(&cause))?, path);
    while !buffer.is_empty() {
        size += buffer.len() as u64;
        let written = blocking(move || {
            let result = file.write_all(&buffer);
            (file, buffer, result)
        });
        let (back, cleared, result) = written.await?;
        result.map_err(|cause| unwritable(&cause))?;
        (file, buffer) = (back, cleared);
        buffer.clear();
        read_up_to(&mut reader, &mut buffer, limit).await?;
    }
    Ok(Content::File(Arc::new(guard.with_size(size))))
}

/// Copies all that can be read into a temporary file.
///
/// # Errors
/// When it cannot be read, or the temporary folder cannot be written.
pub(super) fn copy(mut from: impl io::Read) -> io::Result<Content> {
    let (mut file, path) = create()?;
    let guard = SourceFile::temporary(file.try_clone()?, path);
    let size = io::copy(&mut from, &mut file)?;
    Ok(Content::File(Arc::new(guard.with_size(size))))
}

fn create() -> io::Result<(File, PathBuf)> {
    let path = std::env::temp_dir().join(format!("polywrite-{}", Id::unique()));
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    Ok((options.open(&path)?, path))
}

fn unwritable(cause: &io::Error) -> Error {
    let folder = std::env::temp_dir();
    failed(format!("cannot keep the upload in {}: {cause}", folder.display()))
}
