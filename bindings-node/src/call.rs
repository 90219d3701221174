//! Calls that are one request and one answer.

use bytes::Bytes;
use napi::bindgen_prelude::Array;
use napi::{Env, JsStringLatin1};
use napi_derive::napi;
use polywrite::{Answer, CallOptions, Error, Operation, Params, Response, Result};
use serde_json::value::RawValue;

use crate::client::NativeClient;
use crate::error;
use crate::runtime::{Event, Manner};

/// From this size on a string is handed over without a copy; below, copying is cheaper.
const EXTERNAL: usize = 64 * 1024;

/// Up to this size parameters are read and written in microseconds.
const QUICK: usize = 16 * 1024;

/// How many bytes are looked at together for being ASCII.
const BLOCK: usize = 64;

#[napi]
impl NativeClient {
    /// The number that calls name an operation by. Looking up its ID with each call would take longer than all else here.
    #[napi]
    pub fn operation_number(id: String) -> Option<u32> {
        let place = polywrite::operations().position(|operation| operation.id == id)?;
        u32::try_from(place).ok()
    }

    /// Makes a call. Parameters and options are JSON objects, empty text for none. Returns the ID that its event comes
    /// under, as everything that starts something does.
    #[napi]
    pub fn call(&self, env: &Env, operation: u32, params: String, options: String, cancellable: bool) -> u32 {
        let client = self.client.clone();
        let manner = match (cancellable, params.len()) {
            (true, _) => Manner::Cancellable,
            (false, ..=QUICK) => Manner::Quick,
            (false, _) => Manner::Lengthy,
        };
        self.queue.start(env, self.queue.next_id(), manner, async move {
            let (operation, params, options) = read(operation, &params, &options)?;
            if operation.answer == Answer::Bytes {
                let download = client.download(operation, params, options).await?;
                return Ok(Event::Bytes(download.bytes().await?));
            }
            answer(operation.answer, client.execute(operation, params, options).await?)
        })
    }

    /// The record of the error for an answer that should be JSON and is not.
    #[napi]
    pub fn malformed(operation: String, body: String) -> String {
        let operation = polywrite::operation(&operation).unwrap_or(&polywrite::RAW_CALL);
        // serde_json tells the place and quotes nothing, where JavaScript engines quote what may be a secret.
        let cause = match serde_json::from_str::<&RawValue>(&body) {
            Ok(_) => "not as JSON should be".to_owned(),
            Err(cause) => cause.to_string(),
        };
        error::record(&Error::decode(operation, body.as_bytes(), cause))
    }

    /// Makes a call that the API definition does not know. `path` may be a whole URL of the endpoint's server. With
    /// `redirected` the answer is where it points to.
    #[napi]
    pub fn request(
        &self,
        env: &Env,
        method: String,
        path: String,
        headers: String,
        params: String,
        redirected: bool,
    ) -> u32 {
        let client = self.client.clone();
        self.queue.start(env, self.queue.next_id(), Manner::Lengthy, async move {
            let headers = read_options(&format!(r#"{{"headers":{headers}}}"#))?.headers;
            let params = read_params(&params)?;
            let response = match redirected {
                true => client.redirect(&method, &path, &headers, params).await?,
                false => client.request(&method, &path, &headers, params).await?,
            };
            let is_json = response.header("content-type").is_some_and(|kind| kind.contains("json"));
            let kind = match (redirected, is_json) {
                (true, _) => Answer::Redirect,
                (false, true) => Answer::Json,
                (false, false) => Answer::Bytes,
            };
            answer(kind, response)
        })
    }
}

/// Reads what a call comes with.
pub(crate) fn read(
    operation: u32,
    params: &str,
    options: &str,
) -> Result<(&'static Operation, Params, CallOptions)> {
    let found = polywrite::operations()
        .nth(operation as usize)
        .ok_or_else(|| Error::argument(format!("there is no operation {operation}")))?;
    Ok((found, read_params(params)?, read_options(options)?))
}

fn read_params(params: &str) -> Result<Params> {
    if params.is_empty() { Ok(Params::new()) } else { Params::from_json(params) }
}

fn read_options(options: &str) -> Result<CallOptions> {
    if options.is_empty() {
        return Ok(CallOptions::new());
    }
    CallOptions::from_json(options)
}

/// The event of a whole answer.
pub(crate) fn answer(kind: Answer, response: Response) -> Result<Event> {
    Ok(match kind {
        Answer::Bytes => Event::Bytes(response.into_body()),
        Answer::Empty => Event::Text(Text::plain(Bytes::new())),
        Answer::Redirect => Event::Text(Text::plain(response.location()?.to_owned())),
        Answer::Text => Event::Text(Text::plain(response.into_body())),
        Answer::Json if response.has_big_integers() => Event::BigText(Text::json(response.into_body())),
        Answer::Json => Event::Text(Text::json(response.into_body())),
    })
}

/// The text of an answer, in the encoding that JavaScript takes quickest.
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

    /// JSON; letters may be written another way.
    pub(crate) fn json(body: Bytes) -> Self {
        if body.is_ascii() {
            return Text::Latin1(body);
        }
        match std::str::from_utf8(&body).ok().and_then(latin1) {
            Some(text) => Text::Latin1(text.into()),
            None => Text::Utf8(body),
        }
    }

    /// Puts the string at the end of an array.
    pub(crate) fn insert_into(self, env: &Env, array: &mut Array<'_>) -> napi::Result<()> {
        match self {
            Text::Latin1(text) if text.len() >= EXTERNAL => {
                array.insert(JsStringLatin1::from_data(env, Vec::from(text))?)
            }
            Text::Latin1(text) => array.insert(env.create_string_latin1(&text)?),
            Text::Utf8(text) => array.insert(&*String::from_utf8_lossy(&text)),
        }
    }
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
