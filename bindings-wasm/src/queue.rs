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
            let (tag, value) = self.handed(event);
            flat.push(&value);
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

    /// An event as ts/native.ts knows it: the number of its kind (`Tag`) and its value.
    fn handed(&self, event: Event<Value<Bytes>>) -> (u32, JsValue) {
        match event {
            Event::Done(Value::Text(text), _) => (0, string(&text)),
            Event::Done(Value::BigText(text), _) => (1, string(&text)),
            Event::Done(Value::Bytes(body), _) => (2, Uint8Array::from(&body[..]).into()),
            Event::Failed(error) => (3, record(&error).into()),
            Event::Warning(text) => (4, text.into()),
            Event::Note(Note::Progress(text) | Note::Later(text)) => (5, text.into()),
            Event::Note(Note::Wanted) => (6, JsValue::UNDEFINED),
            Event::Done(Value::Stream(stream), _) => {
                (7, NativeStream { stream, environment: Arc::clone(&self.environment) }.into())
            }
            Event::Done(Value::End, _) => (8, JsValue::UNDEFINED),
        }
    }
}

/// The string of a text; what is not UTF-8 is replaced.
fn string(text: &[u8]) -> JsValue {
    JsValue::from_str(&String::from_utf8_lossy(text))
}
