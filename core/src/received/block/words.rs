//! Eight bytes as one number, for any processor.

use super::marks::Marks;
use crate::received::word::{curly, equal};

/// How many bytes a number has.
pub(super) const SIZE: usize = 8;

#[inline]
pub(super) fn marks(bytes: &[u8; SIZE]) -> Marks {
    let word = u64::from_le_bytes(*bytes);
    let curled = curly(word);
    Marks {
        quotes: bits(equal(word, b'"')),
        backslashes: bits(equal(word, b'\\')),
        brackets: bits(equal(curled, b'{') | equal(curled, b'}')),
    }
}

/// The lowest bits of eight bytes; the product has them in the highest one.
fn bits(ones: u64) -> u64 {
    ones.wrapping_mul(0x0102_0408_1020_4080) >> 56
}
