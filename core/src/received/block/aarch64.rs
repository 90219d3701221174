//! 16 bytes with NEON, which every 64-bit ARM processor has.

use std::arch::aarch64::{
    uint8x16_t, vaddv_u8, vandq_u8, vceqq_u8, vdupq_n_u8, vget_high_u8, vget_low_u8, vld1q_u8, vorrq_u8,
};

use super::marks::Marks;

/// How many bytes are compared with one instruction.
pub(super) const SIZE: usize = 16;

/// The bit of each byte, in either half.
const BITS: [u8; SIZE] = [1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128];

#[inline]
#[expect(unsafe_code, reason = "the loads read as many bytes as there are, however they are aligned")]
pub(super) fn marks(bytes: &[u8; SIZE]) -> Marks {
    unsafe {
        let (bytes, places) = (vld1q_u8(bytes.as_ptr()), vld1q_u8(BITS.as_ptr()));
        let bits = |equal: uint8x16_t| {
            let bits = vandq_u8(equal, places);
            u64::from(vaddv_u8(vget_low_u8(bits))) | u64::from(vaddv_u8(vget_high_u8(bits))) << 8
        };
        let lower = vorrq_u8(bytes, vdupq_n_u8(0x20));
        Marks {
            quotes: bits(vceqq_u8(bytes, vdupq_n_u8(b'"'))),
            backslashes: bits(vceqq_u8(bytes, vdupq_n_u8(b'\\'))),
            // Brackets of both kinds differ in one bit only.
            brackets: bits(vorrq_u8(vceqq_u8(lower, vdupq_n_u8(b'{')), vceqq_u8(lower, vdupq_n_u8(b'}')))),
        }
    }
}
