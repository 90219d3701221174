//! The queue of events that JavaScript drains.

use std::sync::Arc;

use bytes::Bytes;
use js_sys::{Array, Function, Uint8Array};
use polywrite::Client;
use polywrite_bridge::{Event, Note, Queue, Value, client, made_of, record};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};

use crate::download::NativeStream;
use crate::environment::{Environment, Waker};
use crate::error::thrown;

/// The queue of one runtime.
#[wasm_bindgen]
pub struct NativeQueue {
    pub(crate) environment: Arc<Environment>,
    /// What every client starts from.
    pub(crate) client: Client,
}

#[wasm_bindgen]
impl NativeQueue {
    /// `wake` is called when events wait for `drain`, and `change` is the record of what every client starts from; a
    /// string may have at most `longest_text` letters.
    #[wasm_bindgen(constructor)]
    pub fn new(wake: Function, change: &str, longest_text: u32) -> Result<Self, JsError> {
        let queue = Queue::new(Waker(wake));
        let client = thrown(made_of(&client("Node.js", "nodejs"), change))?;
        Ok(Self { environment: Arc::new(Environment { queue, longest_text: longest_text as usize }), client })
    }

    /// All events so far, flat: value, tag, call ID, value, tag, call ID …
    pub fn drain(&self) -> Array {
        let flat = Array::new();
        for (id, event) in self.environment.queue.drain() {
            let tag = event.tag();
            flat.push(&self.value(event));
            flat.push(&tag.into());
            flat.push(&id.into());
        }
        flat
    }

    /// Has the response of a running call come before its end.
    pub fn ask(&self, id: u32) {
        self.environment.queue.ask(id);
    }

    /// Gives a call up: its request is aborted. No event follows.
    pub fn cancel(&self, id: u32) {
        self.environment.queue.cancel(id);
    }

    /// The value of an event.
    fn value(&self, event: Event<Value<Bytes>>) -> JsValue {
        match event {
            Event::Done(Value::Text(text) | Value::BigText(text), _) => string(&text),
            Event::Done(Value::Texts(texts) | Value::BigTexts(texts), _) => {
                texts.iter().map(|text| string(text)).collect::<Array>().into()
            }
            Event::Done(Value::Bytes(body), _) => Uint8Array::from(&body[..]).into(),
            Event::Failed(error) => record(&error).into(),
            Event::Warning(text) | Event::Note(Note::Progress(text)) => text.into(),
            Event::Note(Note::Heard { news, .. }) => news.json().into(),
            Event::Done(Value::Stream(stream), _) => {
                NativeStream { stream, environment: Arc::clone(&self.environment) }.into()
            }
            Event::Note(Note::Wanted) | Event::Done(Value::End, _) => JsValue::UNDEFINED,
        }
    }
}

/// The string of a text; what is not UTF-8 is replaced.
fn string(text: &[u8]) -> JsValue {
    JsValue::from_str(&String::from_utf8_lossy(text))
}
