//! Commands: the one way in which JavaScript begins something.

use napi::Env;
use napi::bindgen_prelude::ClassInstance;
use napi_derive::napi;
use polywrite_bridge::{Command, Given, Start, number_of, numbered};

use crate::client::NativeClient;
use crate::upload::NativeFile;
use crate::value::Value;

/// Up to this size parameters are read and written in microseconds.
const QUICK: usize = 16 * 1024;

/// The number that commands name an operation by. Looking up its ID each time would take longer than all else here.
#[napi]
pub(crate) fn operation_number(id: String) -> Option<u32> {
    number_of(&id)
}

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
        let start = match (cancellable, params.len()) {
            (true, _) => Start::Cancellable,
            (false, ..=QUICK) => Start::Here,
            (false, _) => Start::Spawned,
        };
        let (client, queue) = (self.client.clone(), &self.environment.queue);
        let (id, longest) = (queue.next_id(), self.environment.longest_text);
        let notes = queue.notes(id);
        let (content, session) =
            file.map_or((None, None), |file| (Some(file.content.clone()), file.session.clone()));
        let given = move || Given::from_json(numbered(operation)?, &params, &options);
        let outcome = Command::read_and_run(client, &command, given, (content, session), notes);
        self.environment.start(env, id, start, async move {
            let (outcome, response) = outcome.await?;
            Ok((Value::of(outcome, longest)?, response))
        })
    }
}
