//! The body of a download, piece by piece.

use std::sync::Arc;

use polywrite_bridge::{Outcome, Start, Stream};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::environment::Environment;

/// The body of a response that is being read.
#[wasm_bindgen]
pub struct NativeStream {
    pub(crate) stream: Stream,
    pub(crate) environment: Arc<Environment>,
}

#[wasm_bindgen]
impl NativeStream {
    /// Asks for the next piece: an event of bytes, or of the end.
    pub fn next(&self) -> u32 {
        let next = Outcome::next_of(&self.stream);
        self.environment.start(Start::Cancellable, |_| next)
    }

    /// Gives the download up.
    pub fn close(&self) {
        self.stream.close();
    }
}
