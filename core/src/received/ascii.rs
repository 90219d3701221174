//! JSON in ASCII, which no language has to decode before it reads it.

/// How many bytes are checked together for being ASCII.
const BLOCK: usize = 64;

/// Adds a part of a JSON text to another one, its letters beyond ASCII escaped. What is not UTF-8 is replaced.
pub(crate) fn add_ascii(text: &mut Vec<u8>, json: &[u8]) {
    if json.is_ascii() {
        return text.extend_from_slice(json);
    }
    let mut rest = json;
    while !rest.is_empty() {
        let (ascii, other) = rest.split_at(ascii_prefix(rest));
        text.extend_from_slice(ascii);
        let (letters, behind) = other.split_at(other.iter().take_while(|byte| !byte.is_ascii()).count());
        String::from_utf8_lossy(letters).encode_utf16().for_each(|unit| add_escape(text, unit));
        rest = behind;
    }
}

/// How many bytes there are before the first that is not ASCII.
pub(super) fn ascii_prefix(bytes: &[u8]) -> usize {
    let blocks = bytes.chunks(BLOCK).take_while(|block| block.is_ascii()).count();
    let start = (blocks * BLOCK).min(bytes.len());
    start + bytes[start..].iter().take_while(|byte| byte.is_ascii()).count()
}

/// Adds the escape of a unit of UTF-16.
pub(super) fn add_escape(text: &mut Vec<u8>, unit: u16) {
    let digit = |shift: u16| b"0123456789abcdef"[usize::from(unit >> shift & 15)];
    text.extend_from_slice(&[b'\\', b'u', digit(12), digit(8), digit(4), digit(0)]);
}

#[cfg(test)]
mod tests {
    use super::add_ascii;

    #[test]
    fn letters_beyond_ascii_are_escaped() {
        let mut text = b"1 ".to_vec();
        add_ascii(&mut text, r#"{"a":"é✓😀\n","b":"x"}"#.as_bytes());
        assert_eq!(text, br#"1 {"a":"\u00e9\u2713\ud83d\ude00\n","b":"x"}"#);
        let mut text = Vec::new();
        add_ascii(&mut text, b"\xe2\x9c\xe9 \xff");
        assert_eq!(text, br"\ufffd\ufffd \ufffd");
    }
}
