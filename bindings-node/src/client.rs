//! Clients: settings and credentials.

use std::sync::Arc;

use napi::Result;
use napi_derive::napi;
use polywrite::Client;
use polywrite_bridge::{described, made_of, numbered, span_of};

use crate::environment::Environment;
use crate::error::thrown;
use crate::queue::NativeQueue;

/// A client of the core, with the environment that its calls report to.
#[napi]
pub struct NativeClient {
    pub(crate) client: Client,
    pub(crate) environment: Arc<Environment>,
}

#[napi]
impl NativeClient {
    /// A client without project or credentials.
    #[napi(constructor)]
    pub fn new(queue: &NativeQueue) -> Self {
        Self { client: queue.client.clone(), environment: Arc::clone(&queue.environment) }
    }

    /// Another client with the same settings and credentials.
    #[napi]
    pub fn copy(&self) -> Self {
        Self { client: self.client.clone(), environment: Arc::clone(&self.environment) }
    }

    /// Changes settings or credentials as a record says. Calls in flight keep those that they began with.
    #[napi]
    pub fn change(&mut self, record: String) -> Result<()> {
        self.client = thrown(made_of(&self.client, &record))?;
        Ok(())
    }

    /// The span of the command of a record, as a JSON object; none for a step of work that takes several.
    #[napi]
    pub fn span(&self, operation: u32, command: String) -> Result<Option<String>> {
        thrown(span_of(&self.client, numbered(operation), &command))
    }

    /// What it is set to, as a JSON object. Credentials are among it.
    #[napi]
    pub fn describe(&self) -> String {
        described(&self.client)
    }
}
