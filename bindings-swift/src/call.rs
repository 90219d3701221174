//! Calls: what Swift starts, and waits for or cancels.

use std::collections::HashMap;
use std::sync::Arc;

use polywrite::{Client, Operation, Params};
use polywrite_bridge::{File, Given, Outcome, Reading, Report, Request, Running, operation};

use crate::WORKERS;
use crate::body::NativeBody;
use crate::client::{Listener, NativeClient};
use crate::download::NativeStream;
use crate::error::Result;
use crate::upload::{NativeFile, NativeUploadSession};

/// A call that runs. Cancelling or dropping it closes its request.
#[derive(uniffi::Object)]
pub struct NativeCall {
    operation: Option<&'static Operation>,
    outcome: Running<Outcome>,
}

/// What a call does with the body of its request or response.
#[derive(uniffi::Enum)]
pub enum NativeTransfer {
    /// Leaves the response to be read piece by piece.
    Stream,
    /// Writes the response to the file of this path, which appears when it is complete.
    Save(String),
    /// Sends a file, and keeps in the session what the server has of it.
    Send(NativeFile, Option<Arc<NativeUploadSession>>),
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
    pub fn call(&self, operation: String, parameters: String, options: String) -> Result<Arc<NativeCall>> {
        self.start(&operation, &parameters, &options, Given::call)
    }

    /// Starts a call that the API definition does not know; `parameters` is as for a call.
    pub fn request(
        &self,
        method: String,
        path: String,
        headers: HashMap<String, String>,
        parameters: String,
    ) -> Result<Arc<NativeCall>> {
        let (headers, params) = (headers.into_iter().collect(), Params::from_json(&parameters)?);
        let request = Request { method, path, headers, params, reading: Reading::AsSent };
        let outcome = Running::start(WORKERS, request.send(self.0.clone()))?;
        Ok(Arc::new(NativeCall { operation: None, outcome }))
    }

    /// Starts a call that transfers a file or a stream; the rest is as for a call.
    pub fn transfer(
        &self,
        operation: String,
        parameters: String,
        options: String,
        transfer: NativeTransfer,
        listener: Option<Box<dyn Listener>>,
    ) -> Result<Arc<NativeCall>> {
        let report = listener.map(|it| -> Report { Box::new(move |moved| it.receive(moved.to_json())) });
        self.start(&operation, &parameters, &options, |given, client| async move {
            match transfer {
                NativeTransfer::Stream => Ok(Outcome::Stream(given.stream(client).await?)),
                NativeTransfer::Save(path) => given.save(client, path.into(), report).await,
                NativeTransfer::Send(file, session) => {
                    let session = session.as_ref().map(|session| &session.0);
                    given.upload(client, File::from(file), session, report).await
                }
            }
        })
    }
}

impl NativeClient {
    fn start<F: Future<Output = polywrite::Result<Outcome>> + Send + 'static>(
        &self,
        id: &str,
        parameters: &str,
        options: &str,
        call: impl FnOnce(Given, Client) -> F,
    ) -> Result<Arc<NativeCall>> {
        let given = Given::from_json(operation(id)?, parameters, options)?;
        let operation = Some(given.operation);
        let outcome = Running::start(WORKERS, call(given, self.0.clone()))?;
        Ok(Arc::new(NativeCall { operation, outcome }))
    }
}
