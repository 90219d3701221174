//! Texts for JavaScript.

use bytes::Bytes;
use napi::bindgen_prelude::Array;
use napi::{Env, JsStringLatin1};

/// From this size on a string is handed over without a copy; below, copying is cheaper.
const EXTERNAL: usize = 64 * 1024;

/// How many bytes are checked together for being ASCII.
const BLOCK: usize = 64;

/// The text of a response, in the encoding that JavaScript reads fastest.
///
/// V8 keeps a string in one byte per letter where all letters are Latin-1, and in two otherwise. One byte is quicker to
/// make and to parse, and needs no decoding, so JSON is brought into that form where it is not mostly in another script.
pub(crate) enum Text {
    /// One byte per letter.
    Latin1(Bytes),
    /// Anything; what is not UTF-8 is replaced.
    Utf8(Bytes),
}

impl Text {
    /// A text as it is.
    pub(crate) fn plain(text: impl Into<Bytes>) -> Self {
        let text = text.into();
        if text.is_ascii() { Text::Latin1(text) } else { Text::Utf8(text) }
    }

    /// JSON in one byte per letter; letters may be written another way. `None` for ASCII, which is that already, and where
    /// two bytes are better.
    pub(crate) fn json(json: &str) -> Option<Self> {
        if json.is_ascii() { None } else { latin1(json).map(|text| Text::Latin1(text.into())) }
    }

    /// Puts the string at a place of an array.
    pub(crate) fn put(self, env: &Env, array: &mut Array<'_>, place: u32) -> napi::Result<()> {
        match self {
            Text::Latin1(text) if text.len() >= EXTERNAL => {
                array.set(place, JsStringLatin1::from_data(env, Vec::from(text))?)
            }
            Text::Latin1(text) => array.set(place, env.create_string_latin1(&text)?),
            Text::Utf8(text) => array.set(place, &*String::from_utf8_lossy(&text)),
        }
    }
}

/// Whether a text has more letters than a string may have, counted as JavaScript does.
pub(crate) fn is_longer(text: &str, longest: usize) -> bool {
    text.len() > longest && text.encode_utf16().count() > longest
}

/// JSON as Latin-1, letters beyond it escaped; `None` when there are so many of them that UTF-16 is better.
fn latin1(json: &str) -> Option<Vec<u8>> {
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
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    text.extend_from_slice(format!("\\u{unit:04x}").as_bytes());
                }
            }
        }
        rest = &other[letter.len_utf8()..];
    }
}

fn ascii_prefix(bytes: &[u8]) -> usize {
    let blocks = bytes.chunks(BLOCK).take_while(|block| block.is_ascii()).count();
    let start = (blocks * BLOCK).min(bytes.len());
    start + bytes[start..].iter().take_while(|byte| byte.is_ascii()).count()
}

#[cfg(test)]
mod tests {
    use super::latin1;

    #[test]
    fn letters_beyond_latin1_are_escaped() {
        let long = "x".repeat(100);
        let json = format!(r#"{{"a":"{long}é","b":"✓😀{long}"}}"#);
        let mut expected = format!(r#"{{"a":"{long}"#).into_bytes();
        expected.push(0xe9);
        expected.extend(format!(r#"","b":"\u2713\ud83d\ude00{long}"}}"#).bytes());
        assert_eq!(latin1(&json), Some(expected));
    }

    #[test]
    fn other_scripts_stay_as_they_are() {
        assert_eq!(latin1(&"漢字".repeat(50)), None);
    }
}
