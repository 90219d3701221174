//! Eight bytes as one number, for any processor.

use super::marks::Marks;

/// How many bytes a number has.
pub(super) const SIZE: usize = 8;

/// A 1 in each byte.
const EACH: u64 = 0x0101_0101_0101_0101;
const LOW: u64 = 0x7f * EACH;

#[inline]
pub(super) fn marks(bytes: &[u8; SIZE]) -> Marks {
    let word = u64::from_le_bytes(*bytes);
    let lower = word | (0x20 * EACH);
    Marks {
        quotes: bits(equal(word, b'"')),
        backslashes: bits(equal(word, b'\\')),
        // Brackets of both kinds differ in one bit only.
        brackets: bits(equal(lower, b'{') | equal(lower, b'}')),
    }
}

/// A 1 in each byte that is this one, and a 0 in all others.
fn equal(word: u64, byte: u8) -> u64 {
    // Equal bytes become 0; in all others the sum or the byte itself sets the highest bit.
    let difference = word ^ (u64::from(byte) * EACH);
    !(((difference & LOW) + LOW) | difference | LOW) >> 7
}

/// The lowest bits of eight bytes; the product has them in the highest one.
fn bits(ones: u64) -> u64 {
    ones.wrapping_mul(0x0102_0408_1020_4080) >> 56
}
