//! Commands: the one way in which JavaScript begins something.

use polywrite_bridge::{Attached, Given, Start, numbered, perform};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::client::NativeClient;
use crate::upload::GivenFile;

#[wasm_bindgen]
impl NativeClient {
    /// Begins a command and returns the ID that its events come under. Parameters and options are JSON objects, and
    /// `command` is its record; empty text for none, and for a call.
    #[allow(clippy::too_many_arguments, reason = "JavaScript calls it in one place")]
    pub fn begin(
        &self,
        operation: u32,
        params: String,
        options: String,
        command: String,
        cancellable: bool,
        file: Option<GivenFile>,
    ) -> u32 {
        let start = Start::of(cancellable, params.len());
        let given = move || Given::from_json(numbered(operation)?, &params, &options);
        let attached = file.map_or_else(Attached::default, |file| file.share().0);
        let client = self.client.clone();
        self.environment.start(start, |notes| perform(client, &command, given, attached, notes))
    }
}
