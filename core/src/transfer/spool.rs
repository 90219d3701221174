//! Stores the bytes of a reader, in memory while they are few, else in a temporary file.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncReadExt};

use super::content::Content;
use super::disk::failed;
use super::file::SourceFile;
use super::task::blocking;
use crate::Id;
use crate::error::{Error, Result};

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

/// Reads exactly `length` bytes.
///
/// # Errors
/// `Argument` when the reader ends before, `Io` when it fails.
pub(crate) async fn read_exactly(reader: &mut (impl AsyncRead + Unpin), length: usize) -> Result<Bytes> {
    let mut buffer = Vec::with_capacity(length);
    read_up_to(reader, &mut buffer, length).await?;
    if buffer.len() < length {
        return Err(too_short());
    }
    Ok(buffer.into())
}

/// Checks that a reader has ended.
///
/// # Errors
/// `Argument` when it has not, `Io` when it fails.
pub(crate) async fn expect_end(reader: &mut (impl AsyncRead + Unpin)) -> Result<()> {
    let mut buffer = Vec::new();
    read_up_to(reader, &mut buffer, 1).await?;
    if buffer.is_empty() { Ok(()) } else { Err(too_long()) }
}

/// The reader ended before its announced size.
pub(super) fn too_short() -> Error {
    Error::argument("the reader returned fewer bytes than its announced size")
}

/// The reader went on after its announced size.
pub(super) fn too_long() -> Error {
    Error::argument("the reader returns more bytes than its announced size")
}

/// Reads until the buffer holds `limit` bytes or the reader ends.
async fn read_up_to(reader: &mut (impl AsyncRead + Unpin), buffer: &mut Vec<u8>, limit: usize) -> Result<()> {
    while buffer.len() < limit {
        let left = (limit - buffer.len()) as u64;
        match reader.take(left).read_buf(buffer).await {
            Ok(0) => break,
            Ok(_) => {}
            Err(cause) => {
                return Err(failed(format!("the reader failed: {cause}")).with_source(cause));
            }
        }
    }
    Ok(())
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
