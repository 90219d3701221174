//! Which JSON of a server every language refuses, decided once. Each check takes time in proportion to the text, whatever it
//! contains: visitors write much of it. `lossless` checks what is sent.

mod ascii;
mod block;
mod brackets;
mod integers;
mod latin1;
mod letters;
mod nesting;
mod numbers;
mod reader;
mod strings;
mod word;

use std::ops::Range;

pub(crate) use ascii::add_ascii;
pub use integers::{integer_mark, marked_integers};
pub use latin1::latin1_json;
pub(crate) use letters::half;
pub(crate) use nesting::is_deeper;
pub(crate) use reader::Reader;
pub(crate) use strings::behind_string;

/// How deep lists and objects may be nested in a response, the outermost counted: more than the 512 that PHP, and so
/// Appwrite, can write, and no more than a thread with a stack of 2 MiB can decode in a debug build.
pub const DEEPEST: usize = 640;

/// The digits of the largest number that a 64-bit float holds.
const LARGEST: usize = 309;

/// The message for a number that no 64-bit float holds.
pub(crate) const INFINITE: &str = "a number is larger than a 64-bit float can be";

/// Why languages would read a text differently, though it may be JSON.
pub(crate) fn problem(json: &[u8]) -> Option<String> {
    if is_deeper(json, DEEPEST) {
        Some(format!("nested more than {DEEPEST} levels deep"))
    } else if half(json).is_some() {
        Some("an unpaired UTF-16 surrogate is not a character".into())
    } else if has_infinite(json) {
        Some(INFINITE.into())
    } else {
        None
    }
}

/// The ranges of the numbers in a JSON text that begin with so many digits or more. Digits in strings do not count.
fn long_numbers(json: &[u8], digits: usize) -> Vec<Range<usize>> {
    numbers::long(json, digits)
}

/// Whether a number is larger than a 64-bit float can be.
pub(crate) fn has_infinite(json: &[u8]) -> bool {
    let number = |place: Range<usize>| std::str::from_utf8(&json[place]).ok()?.parse::<f64>().ok();
    long_numbers(json, LARGEST).into_iter().filter_map(number).any(f64::is_infinite)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_languages_would_read_differently_is_a_problem() {
        let largest = "9".repeat(308);
        for fine in ["1", &largest, r#""\ud83d\ude00""#, r#"{"a":[1e300]}"#, r#"["\\ud83d"]"#] {
            assert_eq!(problem(fine.as_bytes()), None, "{fine}");
        }
        let nested = "[".repeat(DEEPEST + 1);
        assert_eq!(problem(nested.as_bytes()).unwrap(), "nested more than 640 levels deep");
        let half = "an unpaired UTF-16 surrogate is not a character";
        assert_eq!(problem(br#"{"a":"\ud83d"}"#).unwrap(), half);
        for digits in [LARGEST + 1, 200_000] {
            let number = format!("[-{}]", "9".repeat(digits));
            assert_eq!(problem(number.as_bytes()).unwrap(), "a number is larger than a 64-bit float can be");
        }
    }
}
