//! Clients: settings and credentials.

use std::sync::Arc;

use polywrite::Client;
use polywrite_bridge::{described, made_of, numbered, span_of};
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::environment::Environment;
use crate::error::thrown;
use crate::queue::NativeQueue;

/// A client of the core, with the environment that its calls report to.
#[wasm_bindgen]
pub struct NativeClient {
    pub(crate) client: Client,
    pub(crate) environment: Arc<Environment>,
}

#[wasm_bindgen]
impl NativeClient {
    /// A client without project or credentials.
    #[wasm_bindgen(constructor)]
    pub fn new(queue: &NativeQueue) -> Self {
        Self { client: queue.client.clone(), environment: Arc::clone(&queue.environment) }
    }

    /// Another client with the same settings and credentials.
    pub fn copy(&self) -> Self {
        Self { client: self.client.clone(), environment: Arc::clone(&self.environment) }
    }

    /// Changes settings or credentials as a record says. Calls in flight keep those that they began with.
    pub fn change(&mut self, record: &str) -> Result<(), JsError> {
        self.client = thrown(made_of(&self.client, record))?;
        Ok(())
    }

    /// The span of the command of a record, as a JSON object; none for a step of work that takes several.
    pub fn span(&self, operation: u32, command: &str) -> Result<Option<String>, JsError> {
        thrown(span_of(&self.client, numbered(operation), command))
    }

    /// What it is set to, as a JSON object. Credentials are among it.
    pub fn describe(&self) -> String {
        described(&self.client)
    }
}
