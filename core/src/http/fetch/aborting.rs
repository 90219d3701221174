//! The end of a request that no call waits for any more.

use wasm_bindgen::JsValue;

use super::js::{AbortController, Request};

/// Aborts a request, or the rest of its response, when it is dropped before [`end`](Self::end).
pub(super) struct Aborting {
    controller: AbortController,
    /// Kept because Node does not hear the signal once its garbage collector has taken the request.
    request: Option<Request>,
    has_ended: bool,
}

impl Aborting {
    pub(super) fn new() -> Self {
        Self { controller: AbortController::new(), request: None, has_ended: false }
    }

    /// What `fetch` takes.
    pub(super) fn signal(&self) -> JsValue {
        self.controller.signal()
    }

    /// Keeps the request that it aborts.
    pub(super) fn keep(&mut self, request: Request) {
        self.request = Some(request);
    }

    /// Notes that nothing is left to abort.
    pub(super) fn end(&mut self) {
        self.has_ended = true;
        self.request = None;
    }
}

impl Drop for Aborting {
    fn drop(&mut self) {
        if !self.has_ended {
            self.controller.abort();
        }
    }
}
