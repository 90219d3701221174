//! Eight bytes as one number: whether the compiler makes vectors of a loop depends on how the library is built.

/// A 1 in each byte.
const EACH: u64 = 0x0101_0101_0101_0101;
const LOW: u64 = 0x7f * EACH;

/// A 1 in each byte that is this one, and a 0 in all others.
#[inline]
pub(super) fn equal(word: u64, byte: u8) -> u64 {
    // Equal bytes become 0; in all others the sum or the byte itself sets the highest bit.
    let difference = word ^ (u64::from(byte) * EACH);
    !(((difference & LOW) + LOW) | difference | LOW) >> 7
}

/// The bytes with the bit set in which brackets of both kinds differ: `[` becomes `{`, and `]` becomes `}`.
#[inline]
pub(super) fn curly(word: u64) -> u64 {
    word | (0x20 * EACH)
}
