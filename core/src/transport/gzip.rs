//! Unpacking compressed answers.

use std::io::{self, Write};

use bytes::{Buf, Bytes};
use flate2::write::MultiGzDecoder;

/// Unpacks a body while it arrives, in pieces of at most some 32 KiB however far it expands.
pub(super) struct Gzip {
    decoder: MultiGzDecoder<Vec<u8>>,
    /// What has arrived and is not unpacked yet.
    packed: Bytes,
    /// Whether anything has arrived: answers without a body may say that they are packed.
    begun: bool,
}

impl Gzip {
    pub(super) fn new() -> Self {
        Self { decoder: MultiGzDecoder::new(Vec::new()), packed: Bytes::new(), begun: false }
    }

    /// Takes what has arrived; [`unpack`](Self::unpack) must have given everything before.
    pub(super) fn feed(&mut self, packed: Bytes) {
        self.begun |= !packed.is_empty();
        self.packed = packed;
    }

    /// The next unpacked piece; `None` when more must arrive first.
    ///
    /// # Errors
    /// When the bytes are no gzip.
    pub(super) fn unpack(&mut self) -> io::Result<Option<Bytes>> {
        while !self.packed.is_empty() {
            let length = self.decoder.write(&self.packed)?;
            self.packed.advance(length);
            if let Some(piece) = self.take() {
                return Ok(Some(piece));
            }
        }
        Ok(None)
    }

    /// The last piece, if there is one. Nothing else may be called after it.
    ///
    /// # Errors
    /// When the end is missing, or the checksum is another.
    pub(super) fn finish(&mut self) -> io::Result<Option<Bytes>> {
        if !self.begun {
            return Ok(None);
        }
        self.decoder.try_finish()?;
        Ok(self.take())
    }

    fn take(&mut self) -> Option<Bytes> {
        let unpacked = self.decoder.get_mut();
        (!unpacked.is_empty()).then(|| std::mem::take(unpacked).into())
    }
}
