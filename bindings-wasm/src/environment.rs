//! What the calls of one runtime share.

use std::sync::Arc;

use bytes::Bytes;
use js_sys::Function;
use polywrite_bridge::{Ended, Notes, Queue, Start, Value, Wake};
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = queueMicrotask)]
    fn queue_microtask(function: &Function);
}

/// Wakes JavaScript after all that it does at present: it may be beginning the call whose event waits.
pub(crate) struct Waker(pub(crate) Function);

impl Wake for Waker {
    fn wake(&self) {
        queue_microtask(&self.0);
    }
}

/// What the calls of one runtime share.
pub(crate) struct Environment {
    pub(crate) queue: Arc<Queue<Value<Bytes>, Waker>>,
    /// How many letters a string may have here.
    pub(crate) longest_text: usize,
}

impl Environment {
    /// Runs a call that `make` makes, with what takes its notes, and returns the ID that its events come under.
    pub(crate) fn start<C>(&self, start: Start, make: impl FnOnce(Notes) -> C) -> u32
    where
        C: Future<Output = polywrite::Result<Ended>> + Send + 'static,
    {
        let longest = self.longest_text;
        self.queue.start(start, |notes| {
            let call = make(notes);
            async move {
                let (outcome, response) = call.await?;
                Ok((Value::of(outcome, longest)?, response))
            }
        })
    }
}
