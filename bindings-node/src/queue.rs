//! The queue of events that JavaScript drains.

use std::sync::Arc;

use napi::Env;
use napi::bindgen_prelude::{Array, BufferSlice, Function};
use napi_derive::napi;
use polywrite::{Client, Error, ErrorKind};
use polywrite_bridge::{Event, Note, Queue, Value, client, made_of, record};

use crate::download::NativeStream;
use crate::environment::{Environment, Waker};
use crate::error::thrown;
use crate::text::Text;

/// The queue of one environment.
#[napi]
pub struct NativeQueue {
    pub(crate) environment: Arc<Environment>,
    /// What every client of this environment starts from.
    pub(crate) client: Client,
}

#[napi]
impl NativeQueue {
    /// `wake` is called when events wait for `drain`, and `change` is the record of what every client starts from; a
    /// string may have at most `longest_text` letters.
    #[napi(constructor)]
    pub fn new(wake: Function<'_, (), ()>, change: String, longest_text: u32) -> napi::Result<Self> {
        let wake = wake.build_threadsafe_function().weak::<true>().callee_handled::<false>().build()?;
        let queue = Queue::new(Waker(Arc::new(wake)));
        let client = thrown(made_of(&client("Node.js", "nodejs"), &change))?;
        let environment = Arc::new(Environment { queue, longest_text: longest_text as usize });
        Ok(Self { environment, client })
    }

    /// All events so far, flat: value, tag, call ID, value, tag, call ID …
    #[napi]
    pub fn drain<'env>(&self, env: &'env Env) -> napi::Result<Array<'env>> {
        let events = self.environment.queue.drain();
        self.environment.settle(env);
        let mut flat = env.create_array(0)?;
        for (id, event) in events {
            put(env, &self.environment, &mut flat, id, event)?;
        }
        Ok(flat)
    }

    /// Has the response of a running call come before its end.
    #[napi]
    pub fn ask(&self, id: u32) {
        self.environment.queue.ask(id);
    }

    /// Gives a call up: its connection is closed or its stream reset. No event follows.
    #[napi]
    pub fn cancel(&self, env: &Env, id: u32) {
        if self.environment.queue.cancel(id) {
            self.environment.settle(env);
        }
    }
}

/// Puts value, tag and the call's ID at the end of an array: all three, or nothing. What cannot be handed over fails its
/// call and no other.
fn put(
    env: &Env,
    environment: &Arc<Environment>,
    flat: &mut Array<'_>,
    id: u32,
    event: Event<Value<Text>>,
) -> napi::Result<()> {
    let (place, is_end) = (flat.len(), event.is_end());
    let tag = match put_value(env, environment, flat, place, event) {
        Ok(tag) => tag,
        Err(_) if !is_end => return Ok(()),
        Err(cause) => {
            let message = format!("the response cannot be handed to JavaScript: {cause}");
            let failed = Event::Failed(Error::new(ErrorKind::Decode, message));
            put_value(env, environment, flat, place, failed)?
        }
    };
    flat.insert(tag)?;
    flat.insert(id)
}

/// Puts the value of an event, and returns the event's tag.
fn put_value(
    env: &Env,
    environment: &Arc<Environment>,
    flat: &mut Array<'_>,
    place: u32,
    event: Event<Value<Text>>,
) -> napi::Result<u32> {
    let tag = event.tag();
    match event {
        Event::Done(Value::Text(text) | Value::BigText(text), _) => text.put(env, flat, place),
        Event::Done(Value::Texts(texts) | Value::BigTexts(texts), _) => {
            let mut list = env.create_array(0)?;
            for (place, text) in (0..).zip(texts) {
                text.put(env, &mut list, place)?;
            }
            flat.set(place, list)
        }
        // Copied: Node hands only memory of its own to another thread.
        Event::Done(Value::Bytes(body), _) => flat.set(place, BufferSlice::copy_from(env, body)?),
        Event::Failed(error) => flat.set(place, record(&error)),
        Event::Warning(text) | Event::Note(Note::Progress(text)) => flat.set(place, text),
        Event::Note(Note::Heard { news, .. }) => flat.set(place, news.json()),
        Event::Done(Value::Stream(stream), _) => {
            let environment = Arc::clone(environment);
            flat.set(place, NativeStream { stream, environment })
        }
        Event::Note(Note::Wanted) | Event::Done(Value::End, _) => flat.set(place, ()),
    }?;
    Ok(tag)
}
