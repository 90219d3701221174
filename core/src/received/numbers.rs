//! Whole numbers with many digits.

use std::ops::Range;

use super::strings::behind_string;

/// The ranges of the numbers that begin with at least so many digits.
pub(super) fn long(json: &[u8], digits: usize) -> Vec<Range<usize>> {
    if !has_long_run(json.len(), digits, |place| json[place]) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut place = 0;
    while let Some(byte) = json.get(place) {
        if *byte == b'"' {
            place = behind_string(json, place);
        } else if is_part(*byte) {
            let start = place;
            let length = json[start..].iter().take_while(|byte| is_part(**byte)).count();
            place += length;
            if leading_digits(&json[start..place]) >= digits {
                found.push(start..place);
            }
        } else {
            place += 1;
        }
    }
    found
}

fn leading_digits(number: &[u8]) -> usize {
    let number = number.strip_prefix(b"-").unwrap_or(number);
    number.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

fn is_part(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E')
}

/// Whether so many digits follow each other where a number may begin; the text before a run mostly shows that it belongs
/// to a string. A run of `digits` covers an index that is a multiple of it, so only those are checked, and from there the
/// bytes of the run: no byte twice, however the runs lie.
fn has_long_run(length: usize, digits: usize, byte: impl Fn(usize) -> u8) -> bool {
    let is_digit = |place: usize| byte(place).is_ascii_digit();
    let mut behind = 0;
    let mut place = digits - 1;
    while place < length {
        if !is_digit(place) {
            place += digits;
            continue;
        }
        let start =
            (behind..place).rev().find(|before| !is_digit(*before)).map_or(behind, |before| before + 1);
        let end = (place + 1..length).find(|after| !is_digit(*after)).unwrap_or(length);
        if end - start >= digits && (start == 0 || may_begin_behind(byte(start - 1))) {
            return true;
        }
        // Another run begins behind the byte that ended this one.
        behind = end + 1;
        place = end + digits;
    }
    false
}

fn may_begin_behind(byte: u8) -> bool {
    matches!(byte, b'-' | b':' | b',' | b'[' | b' ' | b'\t' | b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    const BIG: usize = 16;

    fn found(json: &str) -> Vec<&str> {
        long(json.as_bytes(), BIG).into_iter().map(|place| &json[place]).collect()
    }

    #[test]
    fn long_numbers_are_seen_outside_strings_only() {
        assert_eq!(found(r#"{"a":[1,9007199254740993]}"#), ["9007199254740993"]);
        assert_eq!(found("-9223372036854775808"), ["-9223372036854775808"]);
        assert_eq!(found(r#"{"a":"9007199254740993","b\"c":123456789012345}"#), [""; 0]);
        assert_eq!(found("[0,1,123456789,1234567890123456,5]"), ["1234567890123456"]);
        assert_eq!(found("[0,1,123456789,123456789012345,5]"), [""; 0]);
        assert_eq!(found("[0.1234567890123456,1234567890123456.5e3]"), ["1234567890123456.5e3"]);
        for space in [" ", "\t", "\n", "\r"] {
            assert_eq!(
                found(&format!("[{space}9007199254740993{space}]")),
                ["9007199254740993"],
                "{space:?}"
            );
        }
        assert_eq!(found(r#"{"$sequence":"1234567890123456789\\","n":1}"#), [""; 0]);
        assert_eq!(found(r#"[": 1234567890123456",1234567890123457,"x"#), ["1234567890123457"]);
    }

    #[test]
    fn runs_are_found_wherever_they_lie() {
        for before in 0..2 * BIG {
            for length in [BIG - 1, BIG, BIG + 1, 3 * BIG] {
                let text = format!("[{}{}]", ",".repeat(before), "1".repeat(length));
                assert_eq!(found(&text).len(), usize::from(length >= BIG), "{text}");
            }
        }
    }

    /// How many bytes are checked.
    fn looks(text: &str) -> usize {
        let count = Cell::new(0);
        let byte = |place: usize| {
            count.set(count.get() + 1);
            text.as_bytes()[place]
        };
        has_long_run(text.len(), BIG, byte);
        count.get()
    }

    #[test]
    fn work_grows_as_the_text_does() {
        for piece in ["0", "a", "000000000000000a", "0000000000000000a", "1,", "9007199254740993x", r#"\""#] {
            let text = |size: usize| format!("\"{}\"", piece.repeat(size));
            let (once, twice) = (looks(&text(4096)), looks(&text(8192)));
            assert!(twice <= 2 * once + BIG, "{piece}: {once} looks, then {twice}");
            assert!(twice <= 2 * text(8192).len(), "{piece}: {twice} looks");
        }
    }
}
