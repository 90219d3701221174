//! Which of 64 bytes are what, a bit for each.
//!
//! It names the processor's instructions, or reads eight bytes as a number: whether the compiler makes vectors of a loop
//! depends on how the library is built, and each event and page of a list passes here.

#[cfg(target_arch = "aarch64")]
mod aarch64;
mod marks;
#[cfg(any(test, not(any(target_arch = "aarch64", target_arch = "x86_64"))))]
mod words;
#[cfg(target_arch = "x86_64")]
mod x86_64;

#[cfg(target_arch = "aarch64")]
use aarch64 as vector;
#[cfg(not(any(target_arch = "aarch64", target_arch = "x86_64")))]
use words as vector;
#[cfg(target_arch = "x86_64")]
use x86_64 as vector;

pub(super) use marks::Marks;

/// How many bytes are compared together.
pub(super) const BLOCK: usize = 64;

/// What stands where in a block.
pub(super) fn marks(block: &[u8; BLOCK]) -> Marks {
    let mut marks = Marks::default();
    let mut rest = &block[..];
    while let Some((before, last)) = rest.split_last_chunk() {
        marks = vector::marks(last).before(&marks, vector::SIZE);
        rest = before;
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Marks, marks, vector, words};

    fn bits(bytes: &[u8], is: impl Fn(u8) -> bool) -> u64 {
        bytes.iter().rev().fold(0, |bits, byte| bits << 1 | u64::from(is(*byte)))
    }

    fn expected(bytes: &[u8]) -> Marks {
        Marks {
            quotes: bits(bytes, |byte| byte == b'"'),
            backslashes: bits(bytes, |byte| byte == b'\\'),
            brackets: bits(bytes, |byte| b"[]{}".contains(&byte)),
        }
    }

    #[test]
    fn each_byte_has_a_bit_of_its_own() {
        for byte in 0..=u8::MAX {
            for place in 0..BLOCK {
                for others in [b'a', b'"', b'[', 0, 0xff] {
                    let mut block = [others; BLOCK];
                    block[place] = byte;
                    assert_eq!(marks(&block), expected(&block), "{byte} at {place} among {others}");
                }
            }
        }
    }

    #[test]
    fn every_way_finds_the_same() {
        let text: Vec<u8> = (0..=u8::MAX).cycle().step_by(7).take(4 * BLOCK).collect();
        for start in 0..2 * BLOCK {
            let vector = text[start..].first_chunk::<{ vector::SIZE }>().unwrap();
            assert_eq!(vector::marks(vector), expected(vector));
            let word = text[start..].first_chunk::<{ words::SIZE }>().unwrap();
            assert_eq!(words::marks(word), expected(word));
        }
    }
}
