//! 16 bytes with SSE2, which every x86-64 has.

use std::arch::x86_64::{_mm_cmpeq_epi8, _mm_loadu_si128, _mm_movemask_epi8, _mm_or_si128, _mm_set1_epi8};

use super::marks::Marks;

/// How many bytes are compared with one instruction.
pub(super) const SIZE: usize = 16;

#[inline]
#[expect(unsafe_code, reason = "the load reads as many bytes as there are, however they are aligned")]
pub(super) fn marks(bytes: &[u8; SIZE]) -> Marks {
    unsafe {
        let bytes = _mm_loadu_si128(bytes.as_ptr().cast());
        let each = |byte: u8| _mm_set1_epi8(byte as i8);
        let lower = _mm_or_si128(bytes, each(0x20));
        let bits = |equal| _mm_movemask_epi8(equal) as u64;
        Marks {
            quotes: bits(_mm_cmpeq_epi8(bytes, each(b'"'))),
            backslashes: bits(_mm_cmpeq_epi8(bytes, each(b'\\'))),
            // Brackets of both kinds differ in one bit only.
            brackets: bits(_mm_or_si128(
                _mm_cmpeq_epi8(lower, each(b'{')),
                _mm_cmpeq_epi8(lower, each(b'}')),
            )),
        }
    }
}
