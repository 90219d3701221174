//! Outcomes of calls as JavaScript values.

use bytes::Bytes;
use napi::Env;
use napi::bindgen_prelude::{Array, BufferSlice};
use polywrite::{Error, ErrorKind, Response, Result};
use polywrite_bridge::{Event, Outcome, joined, record};

use crate::download::NativeStream;
use crate::integers::marked;
use crate::text::{Text, is_longer};

/// How a call ended well.
pub(crate) enum Value {
    /// Text.
    Text(Text),
    /// JSON text with integers that JavaScript's numbers cannot hold.
    BigText(Text),
    /// Bytes.
    Bytes(Bytes),
    /// The response has begun.
    Stream(NativeStream),
    /// There is nothing more to say.
    End,
}

impl Value {
    /// Brings an outcome into the form that JavaScript takes quickest, whose texts have at most `longest` letters.
    pub(crate) fn of(outcome: Outcome, longest: usize) -> Result<Self> {
        Ok(match outcome {
            Outcome::Empty => Value::Text(Text::plain(Bytes::new())),
            Outcome::Location(location) => Value::Text(Text::plain(location)),
            Outcome::Bytes(pieces) => Value::Bytes(joined(pieces)),
            Outcome::Written(_) => Value::End,
            Outcome::Text(response) => {
                check_length(&response, response.text()?, longest)?;
                Value::Text(Text::plain(response.into_body()))
            }
            Outcome::Json(response) => {
                let text = response.json_text()?;
                check_length(&response, text, longest)?;
                match marked(text) {
                    Some(marked) => {
                        Value::BigText(Text::json(&marked).unwrap_or_else(|| Text::plain(marked)))
                    }
                    None => {
                        Value::Text(Text::json(text).unwrap_or_else(|| Text::plain(response.into_body())))
                    }
                }
            }
        })
    }
}

fn check_length(response: &Response, text: &str, longest: usize) -> Result<()> {
    if !is_longer(text, longest) {
        return Ok(());
    }
    let message = format!("the response has {} bytes, more than a string of JavaScript holds", text.len());
    let error = Error::new(ErrorKind::Decode, message).with_status(response.status());
    Err(error.with_hint("ask for less at a time").with_operation(response.operation().id))
}

/// Puts value, tag and the call's ID at the end of an array: all three, or nothing. What cannot be handed over fails its
/// call and no other.
pub(crate) fn put(env: &Env, flat: &mut Array<'_>, id: u32, event: Event<Value>) -> napi::Result<()> {
    let place = flat.len();
    let (mut tag, is_end) = (tag(&event), event.is_end());
    if let Err(cause) = put_value(env, flat, place, event) {
        if !is_end {
            return Ok(());
        }
        let message = format!("the response cannot be handed to JavaScript: {cause}");
        let failed = Event::Failed(Error::new(ErrorKind::Decode, message));
        tag = self::tag(&failed);
        put_value(env, flat, place, failed)?;
    }
    flat.insert(tag)?;
    flat.insert(id)
}

fn put_value(env: &Env, flat: &mut Array<'_>, place: u32, event: Event<Value>) -> napi::Result<()> {
    match event {
        Event::Done(Value::Text(text) | Value::BigText(text)) => text.put(env, flat, place),
        // Copied: Node hands only memory of its own to another thread.
        Event::Done(Value::Bytes(body)) => flat.set(place, BufferSlice::copy_from(env, body)?),
        Event::Done(Value::Stream(stream)) => flat.set(place, stream),
        Event::Failed(error) => flat.set(place, record(&error)),
        Event::Warning(text) | Event::Progress(text) => flat.set(place, text),
        Event::Wanted | Event::Done(Value::End) => flat.set(place, ()),
    }
}

/// The number that ts/native.ts knows an event by (`Tag`).
fn tag(event: &Event<Value>) -> u32 {
    match event {
        Event::Done(Value::Text(_)) => 0,
        Event::Done(Value::BigText(_)) => 1,
        Event::Done(Value::Bytes(_)) => 2,
        Event::Failed(_) => 3,
        Event::Warning(_) => 4,
        Event::Progress(_) => 5,
        Event::Wanted => 6,
        Event::Done(Value::Stream(_)) => 7,
        Event::Done(Value::End) => 8,
    }
}
