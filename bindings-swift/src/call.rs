//! Calls: a task on the runtime that Swift waits for or gives up.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use polywrite::{Error, Params};
use polywrite_bridge::runtime::{Threads, driven};
use polywrite_bridge::{Given, Reading, Request, operation};
use tokio::task::{AbortHandle, JoinHandle};

use crate::body::NativeBody;
use crate::client::NativeClient;
use crate::error::NativeError;

/// Waiting for sockets needs few threads; the work on responses is done in Swift's own pool.
const WORKERS: Threads = Threads::Several(2);

/// A call under way. Giving it up or dropping it closes its request.
#[derive(Debug, uniffi::Object)]
pub struct NativeCall {
    task: Task<NativeBody>,
}

#[uniffi::export]
impl NativeClient {
    /// Starts a call. `parameters` is a JSON object keyed by wire names, `options` JSON or empty.
    pub fn call(
        &self,
        operation: String,
        parameters: String,
        options: String,
    ) -> Result<Arc<NativeCall>, NativeError> {
        let given = given(&operation, &parameters, &options)?;
        let (operation, client) = (given.operation, self.client.clone());
        NativeCall::start(async move { NativeBody::of(Some(operation), given.call(client).await?) })
    }

    /// Starts a call that the API definition does not know; `parameters` is as for a call.
    pub fn request(
        &self,
        method: String,
        path: String,
        headers: HashMap<String, String>,
        parameters: String,
    ) -> Result<Arc<NativeCall>, NativeError> {
        let params = Params::from_json(&parameters)?;
        let headers = headers.into_iter().collect();
        let request = Request { method, path, headers, params, reading: Reading::AsSent };
        let client = self.client.clone();
        NativeCall::start(async move { NativeBody::of(None, request.send(client).await?) })
    }

    /// Asks the server for a sign of life; the response is its text.
    pub fn ping(&self) -> Result<Arc<NativeCall>, NativeError> {
        let client = self.client.clone();
        NativeCall::start(async move { Ok(NativeBody::new(None, client.ping().await?.into_bytes())) })
    }
}

#[uniffi::export]
impl NativeCall {
    /// The body of the response, or where it redirects to. Waits; may be asked for once.
    pub async fn answer(&self) -> Result<Arc<NativeBody>, NativeError> {
        Ok(Arc::new(self.task.result().await?))
    }

    /// Gives the call up: `answer` then fails with the kind `cancelled`.
    pub fn cancel(&self) {
        self.task.cancel();
    }
}

impl NativeCall {
    pub(crate) fn start(
        work: impl Future<Output = Result<NativeBody, Error>> + Send + 'static,
    ) -> Result<Arc<Self>, NativeError> {
        Ok(Arc::new(Self { task: Task::start(work)? }))
    }
}

/// A task of the runtime with one result. Dropping it stops it.
#[derive(Debug)]
pub(crate) struct Task<T> {
    waiting: Mutex<Option<JoinHandle<Result<T, Error>>>>,
    abort: AbortHandle,
}

impl<T: Send + 'static> Task<T> {
    pub(crate) fn start(
        work: impl Future<Output = Result<T, Error>> + Send + 'static,
    ) -> Result<Self, Error> {
        let handle = driven(WORKERS)?.spawn(work);
        Ok(Self { abort: handle.abort_handle(), waiting: Mutex::new(Some(handle)) })
    }

    /// The result, once.
    pub(crate) async fn result(&self) -> Result<T, Error> {
        let handle = self.waiting.lock().unwrap_or_else(PoisonError::into_inner).take();
        let handle = handle.ok_or_else(|| Error::argument("a call answers once"))?;
        match handle.await {
            Ok(result) => result,
            Err(stopped) if stopped.is_cancelled() => Err(Error::cancelled()),
            Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
        }
    }

    pub(crate) fn cancel(&self) {
        self.abort.abort();
    }
}

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        self.abort.abort();
    }
}

/// Reads what a call comes with.
pub(crate) fn given(id: &str, parameters: &str, options: &str) -> Result<Given, Error> {
    Given::from_json(operation(id)?, parameters, options)
}
