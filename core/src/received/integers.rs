//! Integers that a 64-bit float does not hold exactly.

use std::sync::LazyLock;

use super::long_numbers;
use crate::random;

/// Integers of fewer digits are exact in a 64-bit float.
const BIG: usize = 16;

/// The largest integer that is exact in a 64-bit float, as are all below it.
const MAX_SAFE: u64 = (1 << 53) - 1;

/// What a marked integer begins with. Random, so that no text of a server can look like one.
static MARK: LazyLock<String> = LazyLock::new(|| format!("{:016x}{:016x}", random::bits(), random::bits()));

/// What integers begin with that [`marked_integers`] has marked.
pub fn integer_mark() -> &'static str {
    &MARK
}

/// JSON in which integers of 64 bits that a 64-bit float does not hold exactly are strings with the mark before the digits,
/// for languages whose numbers are such floats; `None` when there are no such integers. Larger ones stay numbers, as
/// fractions do.
pub fn marked_integers(json: &str) -> Option<String> {
    marked_by(&MARK, json)
}

fn marked_by(mark: &str, json: &str) -> Option<String> {
    let mut text = String::new();
    let mut copied = 0;
    for place in long_numbers(json.as_bytes(), BIG) {
        let number = &json[place.clone()];
        // JSON has no zeros before other digits, and a string would hide them.
        let is_exact = !number.trim_start_matches('-').starts_with('0')
            && number.parse::<i64>().is_ok_and(|integer| integer.unsigned_abs() > MAX_SAFE);
        if is_exact {
            text.reserve(json.len() - copied);
            text.extend([&json[copied..place.start], "\"", mark, number, "\""]);
            copied = place.end;
        }
    }
    (copied > 0).then(|| text + &json[copied..])
}

#[cfg(test)]
mod tests {
    use super::{integer_mark, marked_by, marked_integers};

    #[test]
    fn integers_beyond_a_number_are_marked_and_all_else_stays() {
        let json = r#"{"a":[9007199254740993,1],"min": -9223372036854775808,"safe":9007199254740991}"#;
        let expected =
            r#"{"a":["!9007199254740993",1],"min": "!-9223372036854775808","safe":9007199254740991}"#;
        assert_eq!(marked_by("!", json).unwrap(), expected);
        for json in [
            r#"{"a":"9007199254740993"}"#,
            "[9223372036854775808,99999999999999999999,12345678901234567.5,12345678901234567e3]",
            "[0009007199254740993]",
            "9007199254740991",
        ] {
            assert_eq!(marked_by("!", json), None, "{json}");
        }
        let marked = format!("\"{}9007199254740993\"", integer_mark());
        assert_eq!(marked_integers("9007199254740993"), Some(marked));
    }
}
