//! Decompressing responses.

use std::io::{self, Write};

use bytes::{Buf, Bytes};
use flate2::write::MultiGzDecoder;

/// Decompresses a body while it arrives, in pieces of at most about 32 KiB however far it expands.
pub(super) struct Gzip {
    decoder: MultiGzDecoder<Vec<u8>>,
    /// What has arrived and is not decompressed yet.
    compressed: Bytes,
    /// Whether any bytes have arrived: responses without a body may have the header, too.
    begun: bool,
}

impl Gzip {
    pub(in crate::transport) fn new() -> Self {
        Self { decoder: MultiGzDecoder::new(Vec::new()), compressed: Bytes::new(), begun: false }
    }

    /// Adds bytes that have arrived; [`decompress`](Self::decompress) must have returned everything before.
    pub(super) fn feed(&mut self, compressed: Bytes) {
        self.begun |= !compressed.is_empty();
        self.compressed = compressed;
    }

    /// The next decompressed piece; `None` when more must arrive first.
    ///
    /// # Errors
    /// When the bytes are not gzip.
    pub(super) fn decompress(&mut self) -> io::Result<Option<Bytes>> {
        while !self.compressed.is_empty() {
            let length = self.decoder.write(&self.compressed)?;
            self.compressed.advance(length);
            if let Some(piece) = self.take() {
                return Ok(Some(piece));
            }
        }
        Ok(None)
    }

    /// The last piece, if there is one. Nothing else may be called after it.
    ///
    /// # Errors
    /// When the end is missing, or the checksum is wrong.
    pub(super) fn finish(&mut self) -> io::Result<Option<Bytes>> {
        if !self.begun {
            return Ok(None);
        }
        self.decoder.try_finish()?;
        Ok(self.take())
    }

    fn take(&mut self) -> Option<Bytes> {
        let decompressed = self.decoder.get_mut();
        (!decompressed.is_empty()).then(|| std::mem::take(decompressed).into())
    }
}
