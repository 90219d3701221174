//! JSON in one byte per letter.

use super::ascii::{add_escape, ascii_prefix};

/// JSON in Latin-1, letters beyond it escaped, for languages that keep such strings in one byte per letter; `None` when
/// there are so many of them that two bytes are better.
pub fn latin1_json(json: &str) -> Option<Vec<u8>> {
    let mut text = Vec::with_capacity(json.len());
    let mut escapes_left = json.len() / 16;
    let mut rest = json;
    loop {
        let (ascii, other) = rest.split_at(ascii_prefix(rest.as_bytes()));
        text.extend_from_slice(ascii.as_bytes());
        let Some(letter) = other.chars().next() else { return Some(text) };
        match u8::try_from(u32::from(letter)) {
            Ok(byte) => text.push(byte),
            Err(_) => {
                escapes_left = escapes_left.checked_sub(1)?;
                letter.encode_utf16(&mut [0; 2]).iter().for_each(|unit| add_escape(&mut text, *unit));
            }
        }
        rest = &other[letter.len_utf8()..];
    }
}

#[cfg(test)]
mod tests {
    use super::latin1_json;

    #[test]
    fn letters_beyond_latin1_are_escaped() {
        let long = "x".repeat(100);
        let json = format!(r#"{{"a":"{long}é","b":"✓😀{long}"}}"#);
        let mut expected = format!(r#"{{"a":"{long}"#).into_bytes();
        expected.push(0xe9);
        expected.extend(format!(r#"","b":"\u2713\ud83d\ude00{long}"}}"#).bytes());
        assert_eq!(latin1_json(&json), Some(expected));
    }

    #[test]
    fn other_scripts_stay_as_they_are() {
        assert_eq!(latin1_json(&"漢字".repeat(50)), None);
    }
}
