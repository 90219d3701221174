//! JSON text that other languages have written: it is valid, but the server may read it differently.

use super::{DEPTH, Refusal, place, too_deep};
use crate::received::{self, behind_string};

/// The longest float that is written without an exponent, in characters.
const LONGEST: usize = 310;

/// Finds what the server would read differently: an unpaired surrogate, integers beyond 64 bits, numbers beyond the range of
/// floats, and nesting that is too deep. One pass over the text, which must be valid JSON.
pub(crate) fn check(text: &str) -> Result<(), Refusal> {
    let bytes = text.as_bytes();
    let refuse = |offset, reason| Err(Refusal { place: place::at(text, offset), reason });
    let mut depth = 0;
    let mut index = 0;
    while let Some(byte) = bytes.get(index) {
        match byte {
            b'"' => {
                let end = behind_string(bytes, index);
                if let Some(unit) = received::half(&bytes[index..end]) {
                    return refuse(index, half(unit));
                }
                index = end;
                continue;
            }
            b'-' | b'0'..=b'9' => {
                let length = bytes[index..].iter().take_while(|byte| is_number(**byte)).count();
                if let Some(reason) = too_large(&text[index..index + length]) {
                    return refuse(index, reason);
                }
                index += length;
                continue;
            }
            b'{' | b'[' => {
                depth += 1;
                if depth > DEPTH {
                    return refuse(index, too_deep());
                }
            }
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        index += 1;
    }
    Ok(())
}

fn half(unit: u16) -> String {
    format!("has half of a character, U+{unit:04X}: a text was cut inside of an emoji or the like")
}

fn is_number(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E')
}

fn too_large(number: &str) -> Option<String> {
    // Eighteen digits always fit.
    if number.len() <= 18 && !number.contains(['e', 'E']) {
        return None;
    }
    if !number.contains(['.', 'e', 'E']) {
        // The server reads longer ones as floats. That changes nothing for numbers that are a float, to the last digit or in
        // the fewest digits that distinguish it from other floats, as JavaScript writes it.
        let is_float = || {
            let float = number.parse::<f64>();
            let is_same = |float: f64| float.to_string() == number || format!("{float:.0}") == number;
            number.len() <= LONGEST && float.is_ok_and(is_same)
        };
        let fits = number.parse::<i64>().is_ok() || is_float();
        return (!fits).then(|| "is a whole number beyond 64 bits; send it as a text".into());
    }
    let fits = number.parse::<f64>().is_ok_and(f64::is_finite);
    (!fits).then(|| "is a number too large for a float; send it as a text".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        check(text).unwrap_err().of("data")
    }

    #[test]
    fn whole_letters_and_64_bit_numbers_pass() {
        for text in [
            r#""\ud83c\udf08 \\ud83c \u00e9 \"""#,
            r#"{"a": [9223372036854775807, -9223372036854775808, 1e308, 0.1234567890123456789, 1e-400]}"#,
            "[]",
            "null",
        ] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn half_a_letter_is_refused_with_its_place() {
        let wanted = "`data.tags[2].title` has half of a character, U+D83C";
        for half in [r"\ud83c", r"\ud83c x", r"\ud83c\n", r"\ud83c\u0041", r"\ud83c\ud83c\udf08"] {
            let text = format!(r#"{{"tags": [1, {{"a": [1, 2]}}, {{"x": "[{{,", "title": "ab{half}"}}]}}"#);
            assert!(refused(&text).starts_with(wanted), "{}", refused(&text));
        }
        assert!(refused(r#"["\udf08"]"#).starts_with("`data[0]` has half of a character, U+DF08"));
        assert!(refused(r#""\ud83c""#).starts_with("`data` has half"));
    }

    #[test]
    fn a_key_is_text_too() {
        assert!(refused(r#"{"a": {"b": 1, "\ud83c": 2}}"#).starts_with("`data.a.b` has half"));
    }

    #[test]
    fn numbers_that_the_server_would_round_are_refused() {
        assert_eq!(check("[18446744073709552000, 9223372036854775808, -590295810358705700000]"), Ok(()));
        for number in ["9223372036854775809", "-9223372036854775809", &"7".repeat(200_000)] {
            let text = format!(r#"{{"a": {{"n": {number}}}}}"#);
            assert_eq!(refused(&text), "`data.a.n` is a whole number beyond 64 bits; send it as a text");
        }
        assert_eq!(refused("[0, 1e400]"), "`data[1]` is a number too large for a float; send it as a text");
    }

    #[test]
    fn nesting_ends_where_the_servers_does() {
        let nested = |depth| "[".repeat(depth) + &"]".repeat(depth);
        assert_eq!(check(&nested(DEPTH)), Ok(()));
        let refusal = check(&nested(DEPTH + 1)).unwrap_err();
        assert!(refusal.reason.starts_with("is nested deeper than 510 levels"), "{refusal:?}");
        assert!(refusal.place.chars().count() < 300);
    }
}
