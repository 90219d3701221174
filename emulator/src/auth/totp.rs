//! One-time passwords by the clock, as authenticator apps make them.

use ring::hmac;

use crate::{clock, random};

/// The letters of base 32.
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// How long a password is good, in seconds. RFC 6238 section 5.2.
const STEP: i64 = 30;

/// A new secret: 160 bits in base 32.
pub(crate) fn new_secret() -> String {
    let digits = random::hex(64);
    let pick = |pair: &[u8]| {
        let number = std::str::from_utf8(pair).ok().and_then(|pair| usize::from_str_radix(pair, 16).ok());
        char::from(ALPHABET[number.unwrap_or_default() % ALPHABET.len()])
    };
    digits.as_bytes().chunks(2).map(pick).collect()
}

/// Whether the password is that of now, or of the step before or after.
pub(crate) fn is_right(secret: &str, password: &str) -> bool {
    let step = clock::epoch() / STEP;
    (step - 1..=step + 1).any(|step| at(secret, step) == password)
}

/// The password of a step. RFC 4226 section 5.3.
fn at(secret: &str, step: i64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &decode(secret));
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let tag = tag.as_ref();
    let offset = usize::from(tag[tag.len() - 1] & 0x0f);
    let number = tag[offset..offset + 4].iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
    format!("{:06}", (number & 0x7fff_ffff) % 1_000_000)
}

fn decode(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (mut buffer, mut bits) = (0_u32, 0);
    for letter in text.bytes() {
        let Some(value) = ALPHABET.iter().position(|known| *known == letter) else { continue };
        buffer = buffer << 5 | value as u32;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((buffer >> bits) as u8);
            buffer &= (1 << bits) - 1;
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    // The secret and the times of RFC 6238 appendix B, whose passwords end so.
    #[test]
    fn agrees_with_the_standard() {
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        assert_eq!(decode(secret), b"12345678901234567890");
        assert_eq!(at(secret, 59 / STEP), "287082");
        assert_eq!(at(secret, 1_111_111_109 / STEP), "081804");
    }

    #[test]
    fn secrets_are_long_and_new() {
        assert_eq!(decode(&new_secret()).len(), 20);
        assert_ne!(new_secret(), new_secret());
    }
}
