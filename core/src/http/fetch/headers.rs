//! Headers, which JavaScript has as strings of one byte per letter.

use http::header::{HeaderMap, HeaderName, HeaderValue, SET_COOKIE};
use js_sys::Array;
use wasm_bindgen::JsValue;

use super::js::Headers;

/// The headers of a request.
///
/// # Errors
/// What JavaScript throws for a header that it does not take.
pub(super) fn sent(headers: &HeaderMap) -> Result<Headers, JsValue> {
    let sent = Headers::new();
    for (name, value) in headers {
        let value: String = value.as_bytes().iter().copied().map(char::from).collect();
        sent.append(name.as_str(), &value)?;
    }
    Ok(sent)
}

/// The headers of a response, as far as they are valid.
pub(super) fn received(headers: &Headers) -> HeaderMap {
    let mut received = HeaderMap::new();
    for pair in Array::from(headers) {
        let pair = Array::from(&pair);
        add(&mut received, &pair.get(0), &pair.get(1));
    }
    // Older runtimes put several together, with commas that cookies may have, too.
    if let Ok(cookies) = headers.get_set_cookie() {
        received.remove(SET_COOKIE);
        cookies.iter().for_each(|cookie| add(&mut received, &SET_COOKIE.as_str().into(), &cookie));
    }
    received
}

fn add(headers: &mut HeaderMap, name: &JsValue, value: &JsValue) {
    let (Some(name), Some(value)) = (name.as_string(), value.as_string()) else { return };
    // A letter for each byte; some runtimes read UTF-8 instead.
    let bytes: Option<Vec<u8>> = value.chars().map(|letter| u8::try_from(letter).ok()).collect();
    let value = HeaderValue::from_bytes(&bytes.unwrap_or_else(|| value.into_bytes()));
    if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), value) {
        headers.append(name, value);
    }
}
