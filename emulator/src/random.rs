//! IDs and secrets.

use ring::rand::{SecureRandom, SystemRandom};

use crate::clock;

/// Random bytes as lower-case hexadecimal: `length` digits.
pub(crate) fn hex(length: usize) -> String {
    let mut bytes = vec![0; length.div_ceil(2)];
    // The system's generator does not fail on any platform the emulator runs on; zeros would only repeat an ID,
    // which every caller that matters checks for.
    let _ = SystemRandom::new().fill(&mut bytes);
    let mut text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    text.truncate(length);
    text
}

/// A new ID of 20 hexadecimal digits: seconds, microseconds, seven random digits.
pub(crate) fn id() -> String {
    let now = clock::moment();
    format!("{:08x}{:05x}{}", now.unix_timestamp(), now.microsecond(), hex(7))
}

/// A decimal code of `digits` digits.
pub(crate) fn code(digits: usize) -> String {
    hex(digits * 2)
        .as_bytes()
        .chunks(2)
        .map(|pair| {
            let sum: u32 = pair.iter().map(|byte| u32::from(*byte)).sum();
            char::from_digit(sum % 10, 10).unwrap_or('0')
        })
        .collect()
}
