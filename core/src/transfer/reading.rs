//! Reading bytes from a reader that a program has given.

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncReadExt};

use crate::error::{Error, ErrorKind, Result};

/// Reads exactly `length` bytes.
///
/// # Errors
/// `Argument` when the reader ends before, `Io` when it fails.
pub(super) async fn read_exactly(reader: &mut (impl AsyncRead + Unpin), length: usize) -> Result<Bytes> {
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
pub(super) async fn expect_end(reader: &mut (impl AsyncRead + Unpin)) -> Result<()> {
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
///
/// # Errors
/// `Io` when the reader fails.
pub(super) async fn read_up_to(
    reader: &mut (impl AsyncRead + Unpin),
    buffer: &mut Vec<u8>,
    limit: usize,
) -> Result<()> {
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

/// A failure of this machine that no argument caused.
pub(super) fn failed(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Io, message)
}
