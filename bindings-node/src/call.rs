//! Commands: the one way in which JavaScript begins something.

use napi::Env;
use napi::bindgen_prelude::ClassInstance;
use napi_derive::napi;
use polywrite_bridge::{Attached, Given, Start, numbered, perform};

use crate::client::NativeClient;
use crate::upload::NativeFile;

#[napi]
impl NativeClient {
    /// Begins a command and returns the ID that its events come under. Parameters and options are JSON objects, and
    /// `command` is its record; empty text for none, and for a call.
    #[napi]
    #[allow(clippy::too_many_arguments, reason = "JavaScript calls it in one place")]
    pub fn begin(
        &self,
        env: &Env,
        operation: u32,
        params: String,
        options: String,
        command: String,
        cancellable: bool,
        file: Option<ClassInstance<'_, NativeFile>>,
    ) -> u32 {
        let start = Start::of(cancellable, params.len());
        let given = move || Given::from_json(numbered(operation)?, &params, &options);
        let attached = file.map_or_else(Attached::default, |file| file.0.clone());
        let client = self.client.clone();
        self.environment.start(env, start, |notes| perform(client, &command, given, attached, notes))
    }
}
