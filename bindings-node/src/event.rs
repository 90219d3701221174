//! Events of calls as JavaScript values.

use std::sync::Arc;

use napi::Env;
use napi::bindgen_prelude::{Array, BufferSlice};
use polywrite::{Error, ErrorKind};
use polywrite_bridge::{Event, record};

use crate::environment::Environment;
use crate::stream::NativeStream;
use crate::value::Value;

/// Puts value, tag and the call's ID at the end of an array: all three, or nothing. What cannot be handed over fails its
/// call and no other.
pub(crate) fn put(
    env: &Env,
    environment: &Arc<Environment>,
    flat: &mut Array<'_>,
    id: u32,
    event: Event<Value>,
) -> napi::Result<()> {
    let place = flat.len();
    let (mut tag, is_end) = (tag(&event), event.is_end());
    if let Err(cause) = put_value(env, environment, flat, place, event) {
        if !is_end {
            return Ok(());
        }
        let message = format!("the response cannot be handed to JavaScript: {cause}");
        let failed = Event::Failed(Error::new(ErrorKind::Decode, message));
        tag = self::tag(&failed);
        put_value(env, environment, flat, place, failed)?;
    }
    flat.insert(tag)?;
    flat.insert(id)
}

fn put_value(
    env: &Env,
    environment: &Arc<Environment>,
    flat: &mut Array<'_>,
    place: u32,
    event: Event<Value>,
) -> napi::Result<()> {
    match event {
        Event::Done(Value::Text(text) | Value::BigText(text)) => text.put(env, flat, place),
        // Copied: Node hands only memory of its own to another thread.
        Event::Done(Value::Bytes(body)) => flat.set(place, BufferSlice::copy_from(env, body)?),
        Event::Done(Value::Stream(stream)) => flat.set(place, NativeStream::new(stream, environment)),
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
