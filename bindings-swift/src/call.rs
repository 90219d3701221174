//! Calls: what Swift starts, and waits for or cancels.

use std::sync::Arc;

use polywrite::Operation;
use polywrite_bridge::{Command, Given, Note, Outcome, Running, operation};

use crate::WORKERS;
use crate::body::NativeBody;
use crate::client::{Listener, NativeClient};
use crate::download::NativeStream;
use crate::error::Result;
use crate::upload::NativeFile;

/// A call that runs. Cancelling or dropping it closes its request.
#[derive(uniffi::Object)]
pub struct NativeCall {
    operation: &'static Operation,
    outcome: Running<Outcome>,
}

#[uniffi::export]
impl NativeCall {
    /// Waits for the whole response; a call has it once.
    pub async fn response(&self) -> Result<Arc<NativeBody>> {
        Ok(Arc::new(NativeBody::of(self.operation, self.outcome.result().await?)?))
    }

    /// Waits for the response to begin; a call has it once.
    pub async fn stream(&self) -> Result<Arc<NativeStream>> {
        Ok(Arc::new(NativeStream(self.outcome.result().await?.into_stream()?)))
    }

    /// Cancels the call, which then fails with the kind `cancelled`.
    pub fn cancel(&self) {
        self.outcome.cancel();
    }
}

#[uniffi::export]
impl NativeClient {
    /// Starts a call. `parameters` is a JSON object keyed by wire names, `options` JSON or empty.
    pub fn call(&self, operation: &str, parameters: &str, options: &str) -> Result<Arc<NativeCall>> {
        self.begin(operation, parameters, options, "", None, None)
    }

    /// Starts a call that does more, as the record of a command of the bridge says; the rest is as for a call.
    pub fn begin(
        &self,
        operation: &str,
        parameters: &str,
        options: &str,
        command: &str,
        file: Option<NativeFile>,
        listener: Option<Box<dyn Listener>>,
    ) -> Result<Arc<NativeCall>> {
        let given = given(operation, parameters, options)?;
        let (operation, client, listener) = (given.operation, self.0.clone(), Arc::new(listener));
        let (content, session) = file.map_or((None, None), NativeFile::split);
        let command = Command::read(given, command)?.with_file(content, session);
        let report = move |note| {
            if let (Some(listener), Note::Progress(record) | Note::Later(record)) = (&*listener, note) {
                listener.receive(record);
            }
        };
        NativeCall::start(operation, command.run(client, report))
    }
}

impl NativeCall {
    fn start(
        operation: &'static Operation,
        outcome: impl Future<Output = polywrite::Result<Outcome>> + Send + 'static,
    ) -> Result<Arc<Self>> {
        Ok(Arc::new(Self { operation, outcome: Running::start(WORKERS, outcome)? }))
    }
}

fn given(id: &str, parameters: &str, options: &str) -> polywrite::Result<Given> {
    Given::from_json(operation(id)?, parameters, options)
}
