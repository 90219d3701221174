//! The end of what a download has handed out.

use std::collections::VecDeque;

use bytes::{Buf, Bytes};

/// How much is kept, in bytes: two files of one size are hardly alike for so long.
const LENGTH: usize = 64 * 1024;

/// The last bytes that were handed out. What a server sends after a break begins with them again, unless it is another
/// file by now.
#[derive(Debug, Default)]
pub(super) struct Tail {
    pieces: VecDeque<Bytes>,
    length: usize,
}

impl Tail {
    /// How many bytes are kept.
    pub(super) fn length(&self) -> u64 {
        self.length as u64
    }

    /// Adds what is handed out next. Nothing is copied.
    pub(super) fn push(&mut self, piece: Bytes) {
        self.length += piece.len();
        self.pieces.push_back(piece);
        while let Some(excess) = self.length.checked_sub(LENGTH).filter(|excess| *excess > 0) {
            let Some(first) = self.pieces.front_mut() else { break };
            let dropped = excess.min(first.len());
            first.advance(dropped);
            self.length -= dropped;
            if first.is_empty() {
                self.pieces.pop_front();
            }
        }
    }

    /// Whether bytes are the ones that were handed out there, as far as they are kept; `behind` says how many bytes before
    /// the end they begin.
    pub(super) fn agrees(&self, behind: u64, bytes: &[u8]) -> bool {
        let skipped = behind.saturating_sub(self.length());
        let bytes = bytes.get(usize::try_from(skipped).unwrap_or(usize::MAX)..).unwrap_or_default();
        let start = self.length - usize::try_from(behind).unwrap_or(usize::MAX).min(self.length);
        let mut rest = bytes;
        let mut place = 0;
        for piece in &self.pieces {
            let known = &piece[start.saturating_sub(place).min(piece.len())..];
            place += piece.len();
            let shared = known.len().min(rest.len());
            if known[..shared] != rest[..shared] {
                return false;
            }
            rest = &rest[shared..];
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tail(pieces: &[&'static [u8]]) -> Tail {
        let mut tail = Tail::default();
        pieces.iter().for_each(|piece| tail.push(Bytes::from_static(piece)));
        tail
    }

    #[test]
    fn bytes_are_compared_where_they_stood() {
        let tail = tail(&[b"abc", b"", b"def"]);
        for (behind, bytes) in
            [(6, "abcdef"), (6, "ab"), (4, "cdef"), (4, "cd"), (3, "def"), (1, "f"), (0, "")]
        {
            assert!(tail.agrees(behind, bytes.as_bytes()), "{bytes} {behind} bytes before the end");
        }
        for (behind, bytes) in [(6, "abcdeX"), (6, "Xb"), (4, "cX"), (3, "Xef"), (1, "X")] {
            assert!(!tail.agrees(behind, bytes.as_bytes()), "{bytes} {behind} bytes before the end");
        }
    }

    #[test]
    fn what_is_not_kept_is_not_compared() {
        let tail = tail(&[b"abc"]);
        assert!(tail.agrees(5, b"??abc"));
        assert!(tail.agrees(5, b"?"));
        assert!(!tail.agrees(5, b"??abX"));
    }

    #[test]
    fn only_the_last_bytes_are_kept() {
        let mut tail = Tail::default();
        for piece in [vec![1; LENGTH], vec![2; 10], vec![3; LENGTH - 1]] {
            tail.push(piece.into());
        }
        assert_eq!(tail.length(), LENGTH as u64);
        assert!(tail.agrees(LENGTH as u64, &[2, 3, 3]));
        assert!(!tail.agrees(LENGTH as u64, &[2, 2]));
    }
}
