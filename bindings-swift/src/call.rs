//! Calls: what Swift starts, and waits for or cancels.

use std::sync::{Arc, Mutex, Weak};

use polywrite::Operation;
use polywrite_bridge::{Attached, Ended, Given, Note, Running, lock, operation, perform};

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
    running: Running<Ended>,
    heard: Arc<Mutex<String>>,
    /// Here and not with what runs, so that Swift frees it on the thread that frees the call.
    _listener: Option<Arc<dyn Listener>>,
}

#[uniffi::export]
impl NativeCall {
    /// Waits for the whole response; a call has it once.
    pub async fn response(&self) -> Result<Arc<NativeBody>> {
        NativeBody::of(self.operation, self.running.result().await?.0)
    }

    /// Waits for the response to begin; a call has it once.
    pub async fn stream(&self) -> Result<Arc<NativeStream>> {
        Ok(Arc::new(NativeStream(self.running.result().await?.0.into_stream()?)))
    }

    /// What was heard of the call with its end, as JSON; empty for nothing, and when it was asked for before.
    pub fn heard(&self) -> String {
        std::mem::take(&mut *lock(&self.heard))
    }

    /// Cancels the call, which then fails with the kind `cancelled`.
    pub fn cancel(&self) {
        self.running.cancel();
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
        let operation = self::operation(operation)?;
        let given = Given::from_json(operation, parameters, options)?;
        let attached = file.map_or_else(Attached::default, NativeFile::attached);
        let heard = Arc::<Mutex<String>>::default();
        let at_its_end = Arc::clone(&heard);
        let listener: Option<Arc<dyn Listener>> = listener.map(Arc::from);
        let hearing = listener.as_ref().map(Arc::downgrade);
        let receive = move |text| {
            if let Some(listener) = hearing.as_ref().and_then(Weak::upgrade) {
                listener.receive(text);
            }
        };
        let report = move |note| match note {
            // To call Swift from a thread of the runtime costs more than all else that a hook does.
            Note::Heard { news, may_wait: true } => *lock(&at_its_end) = news.json(),
            Note::Heard { news, .. } => receive(news.json()),
            Note::Progress(record) => receive(record),
            Note::Wanted => {}
        };
        let call = perform(self.0.clone(), command, || Ok(given), attached, Arc::new(report));
        let running = Running::start(WORKERS, call)?;
        Ok(Arc::new(NativeCall { operation, running, heard, _listener: listener }))
    }
}
