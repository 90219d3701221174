//! JSON in ASCII, which no language has to decode before it reads it.

use super::latin1::ascii_prefix;

/// Adds a part of a JSON text to another one, its letters beyond ASCII escaped. What is not UTF-8 is replaced.
pub(crate) fn add_ascii(text: &mut Vec<u8>, json: &[u8]) {
    if json.is_ascii() {
        return text.extend_from_slice(json);
    }
    let json = String::from_utf8_lossy(json);
    let mut rest = &*json;
    loop {
        let (ascii, other) = rest.split_at(ascii_prefix(rest.as_bytes()));
        text.extend_from_slice(ascii.as_bytes());
        let Some(letter) = other.chars().next() else { return };
        for unit in letter.encode_utf16(&mut [0; 2]) {
            text.extend_from_slice(format!("\\u{unit:04x}").as_bytes());
        }
        rest = &other[letter.len_utf8()..];
    }
}

#[cfg(test)]
mod tests {
    use super::add_ascii;

    #[test]
    fn letters_beyond_ascii_are_escaped() {
        let mut text = b"1 ".to_vec();
        add_ascii(&mut text, r#"{"a":"é✓😀\n","b":"x"}"#.as_bytes());
        assert_eq!(text, br#"1 {"a":"\u00e9\u2713\ud83d\ude00\n","b":"x"}"#);
    }
}
