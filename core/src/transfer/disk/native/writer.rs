//! Pieces of a body on their way into a file.

use std::fs::File;
use std::io::{self, IoSlice, Seek, SeekFrom, Write};
use std::sync::Arc;

use bytes::Bytes;

use super::partial::Partial;
use super::task::blocking;
use crate::error::Result;

/// How many bytes are gathered before they are written.
const BATCH: usize = 1024 * 1024;

/// Writes the pieces of one connection after another. Each connection has a handle of its own, and so its own place in the
/// file.
pub(super) struct Writer<'a> {
    file: Arc<File>,
    partial: &'a Partial,
    batch: Vec<Bytes>,
    gathered: usize,
}

impl<'a> Writer<'a> {
    pub(super) fn new(file: Arc<File>, partial: &'a Partial) -> Self {
        Self { file, partial, batch: Vec::new(), gathered: 0 }
    }

    /// Goes on at another place of the file.
    pub(super) fn go_to(&mut self, place: u64) -> Result<()> {
        let sought = (&*self.file).seek(SeekFrom::Start(place));
        sought.map(drop).map_err(|cause| self.partial.refused(&cause))
    }

    /// Takes a piece, and writes those that have gathered when they are many.
    ///
    /// # Errors
    /// `Argument` or `Io`, naming the file, when it cannot be written.
    pub(super) async fn take(&mut self, piece: Bytes) -> Result<()> {
        self.gathered += piece.len();
        self.batch.push(piece);
        if self.gathered >= BATCH { self.flush().await } else { Ok(()) }
    }

    /// Writes what has gathered.
    ///
    /// # Errors
    /// As [`take`](Self::take).
    pub(super) async fn flush(&mut self) -> Result<()> {
        self.gathered = 0;
        let (file, pieces) = (self.file.clone(), std::mem::take(&mut self.batch));
        let written = blocking(move || write_all(&file, &pieces)).await?;
        written.map_err(|cause| self.partial.refused(&cause))
    }
}

fn write_all(mut file: &File, pieces: &[Bytes]) -> io::Result<()> {
    let mut slices: Vec<IoSlice<'_>> = pieces.iter().map(|piece| IoSlice::new(piece)).collect();
    let mut rest = &mut slices[..];
    while !rest.is_empty() {
        match file.write_vectored(rest) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => IoSlice::advance_slices(&mut rest, written),
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
            Err(cause) => return Err(cause),
        }
    }
    Ok(())
}
