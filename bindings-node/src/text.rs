//! Texts in the encoding that JavaScript reads fastest.

use bytes::Bytes;
use napi::bindgen_prelude::Array;
use napi::{Env, JsStringLatin1};
use polywrite::latin1_json;

/// From this size on a string is handed over without a copy; below, copying is cheaper.
const EXTERNAL: usize = 64 * 1024;

/// The text of a response.
///
/// V8 keeps a string in one byte per letter where all letters are Latin-1, and in two otherwise. One byte is quicker to
/// make and to parse, and needs no decoding, so JSON is brought into that form where it is not mostly in another script.
pub(crate) enum Text {
    /// One byte per letter.
    Latin1(Bytes),
    /// Anything; what is not UTF-8 is replaced.
    Utf8(Bytes),
}

impl polywrite_bridge::Text for Text {
    /// V8 copies what is smaller into memory that it uses again soon. What it does not copy stays until it collects garbage,
    /// and fresh memory for each text costs more than copying.
    const MESSAGES: usize = EXTERNAL;

    fn plain(text: Bytes) -> Self {
        if text.is_ascii() { Text::Latin1(text) } else { Text::Utf8(text) }
    }

    /// JSON in one byte per letter; letters may be written another way. `None` for ASCII, which is that already, and where
    /// two bytes are better.
    fn json(json: &str) -> Option<Self> {
        if json.is_ascii() { None } else { latin1_json(json).map(|text| Text::Latin1(text.into())) }
    }
}

impl Text {
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
