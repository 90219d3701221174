//! Buffers that are used again, so that the pieces of a large file need no new memory.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

/// How much is read from a file at once. Small enough to stay in a processor's cache between reading and sending.
pub(crate) const BUFFER_SIZE: usize = 256 * 1024;

/// Buffers waiting to be used. Clones share them.
#[derive(Clone, Debug, Default)]
pub(crate) struct BufferPool {
    free: Arc<Mutex<Vec<Box<[u8]>>>>,
}

impl BufferPool {
    /// A buffer of [`BUFFER_SIZE`] with whatever it held before.
    pub(crate) fn take(&self) -> Box<[u8]> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        free.unwrap_or_else(|| vec![0; BUFFER_SIZE].into_boxed_slice())
    }

    /// The first `length` bytes of a buffer. Once the last clone is dropped, the buffer returns to the pool.
    pub(crate) fn freeze(&self, buffer: Box<[u8]>, length: usize) -> Bytes {
        Bytes::from_owner(Lent { buffer, length, pool: self.clone() })
    }
}

struct Lent {
    buffer: Box<[u8]>,
    length: usize,
    pool: BufferPool,
}

impl AsRef<[u8]> for Lent {
    fn as_ref(&self) -> &[u8] {
        &self.buffer[..self.length]
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let buffer = std::mem::take(&mut self.buffer);
        self.pool.free.lock().unwrap_or_else(PoisonError::into_inner).push(buffer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buffer_returns_when_its_bytes_are_dropped() {
        let pool = BufferPool::default();
        let mut buffer = pool.take();
        buffer[..3].copy_from_slice(b"abc");
        let bytes = pool.freeze(buffer, 3);
        let part = bytes.slice(1..);
        drop(bytes);
        assert_eq!(pool.free.lock().unwrap().len(), 0);
        assert_eq!(&part[..], b"bc");
        drop(part);
        assert_eq!(pool.free.lock().unwrap().len(), 1);
        assert_eq!(pool.take().len(), BUFFER_SIZE);
    }
}
