//! Integers that JavaScript's numbers do not hold exactly.

use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

/// Integers of fewer digits are exact in a 64-bit float.
const BIG: usize = 16;

/// The largest integer that is exact in a 64-bit float, as are all below it.
const MAX_SAFE: u64 = (1 << 53) - 1;

/// What a marked integer begins with. Random, so that no text of a server can look like one.
pub(crate) static MARK: LazyLock<String> = LazyLock::new(|| {
    let random = || RandomState::new().hash_one(std::process::id());
    format!("{:016x}{:016x}", random(), random())
});

/// JSON in which integers of 64 bits that JavaScript's numbers do not hold exactly are strings with the mark before the
/// digits; `None` when there are no such integers. Larger ones become the nearest number, as fractions do.
pub(crate) fn marked(json: &str) -> Option<String> {
    let mut text = String::new();
    let mut copied = 0;
    for place in polywrite::long_numbers(json.as_bytes(), BIG) {
        let number = &json[place.clone()];
        // JSON has no zeros before other digits, and a string would hide them.
        let is_exact = !number.trim_start_matches('-').starts_with('0')
            && number.parse::<i64>().is_ok_and(|integer| integer.unsigned_abs() > MAX_SAFE);
        if is_exact {
            text.reserve(json.len() - copied);
            text.extend([&json[copied..place.start], "\"", &MARK, number, "\""]);
            copied = place.end;
        }
    }
    (copied > 0).then(|| text + &json[copied..])
}

#[cfg(test)]
mod tests {
    use super::{MARK, marked};

    #[test]
    fn integers_beyond_a_number_are_marked_and_all_else_stays() {
        let json = r#"{"a":[9007199254740993,1],"min": -9223372036854775808,"safe":9007199254740991}"#;
        let mark = MARK.as_str();
        let expected = format!(
            r#"{{"a":["{mark}9007199254740993",1],"min": "{mark}-9223372036854775808","safe":9007199254740991}}"#
        );
        assert_eq!(marked(json).unwrap(), expected);
        for json in [
            r#"{"a":"9007199254740993"}"#,
            "[9223372036854775808,99999999999999999999,12345678901234567.5,12345678901234567e3]",
            "[0009007199254740993]",
            "9007199254740991",
        ] {
            assert_eq!(marked(json), None, "{json}");
        }
    }
}
