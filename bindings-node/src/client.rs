//! Clients: settings and credentials.

use std::sync::Arc;

use napi::Result;
use napi_derive::napi;
use polywrite::{Client, ClientConfig};

use crate::error;
use crate::runtime::{NativeQueue, Queue};

/// A client of the core, with the queue that its calls report to.
#[napi]
pub struct NativeClient {
    pub(crate) client: Client,
    pub(crate) queue: Arc<Queue>,
}

#[napi]
impl NativeClient {
    /// A client without project or credentials.
    #[napi(constructor)]
    pub fn new(queue: &NativeQueue) -> Self {
        Self { client: queue.client.clone(), queue: Arc::clone(&queue.shared) }
    }

    /// Applies a patch of settings, as JSON. Calls in flight keep the settings that they began with.
    #[napi]
    pub fn configure(&mut self, settings: String) -> Result<()> {
        let configured = ClientConfig::from_json(&settings).and_then(|patch| self.client.configure(&patch));
        self.client = configured.map_err(|failure| error::thrown(&failure))?;
        Ok(())
    }

    /// A client with the settings of this one and none of its credentials.
    #[napi]
    pub fn without_credentials(&self) -> Result<Self> {
        let client = self
            .client
            .with_credential(polywrite::Credential::None)
            .map_err(|failure| error::thrown(&failure))?;
        Ok(Self { client, queue: Arc::clone(&self.queue) })
    }
}
