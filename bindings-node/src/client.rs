//! Clients: settings and credentials.

use std::collections::HashMap;
use std::sync::Arc;

use napi::Result;
use napi_derive::napi;
use polywrite::{Client, ClientConfig};
use serde_json::Value;

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

    /// Applies a patch of settings, as JSON. Calls in flight keep the settings that they began with.
    #[napi]
    pub fn configure(&mut self, settings: String) -> Result<()> {
        let configured = ClientConfig::from_json(&settings).and_then(|patch| self.client.configure(&patch));
        self.client = thrown(configured)?;
        Ok(())
    }

    /// A client with the settings of this one and none of its credentials.
    #[napi]
    pub fn without_credentials(&self) -> Result<Self> {
        self.or_thrown(self.client.without_credentials())
    }

    /// A client with what the environment says, given as a JSON object.
    #[napi]
    pub fn with_variables(&self, variables: String) -> Result<Self> {
        let variables: HashMap<String, String> = serde_json::from_str(&variables).unwrap_or_default();
        self.or_thrown(self.client.with_variables(|name| variables.get(name).cloned()))
    }

    /// A client with the credential in the headers of a request to a function: as the function itself, or as the user
    /// who called it.
    #[napi]
    pub fn with_function(&self, headers: Vec<(String, String)>, user: bool) -> Result<Self> {
        self.or_thrown(match user {
            true => self.client.with_function_user(headers),
            false => self.client.with_function_headers(headers),
        })
    }

    /// The names under which cookies or headers may have a session of its project.
    #[napi]
    pub fn session_sources(&self) -> Result<Vec<String>> {
        thrown(self.client.session_sources()).map(Vec::from)
    }

    /// A client with only the session that cookies or headers have for its project.
    #[napi]
    pub fn with_session_among(&self, found: Vec<(String, String)>) -> Result<Self> {
        self.or_thrown(self.client.with_session_among(found))
    }

    /// Where the API is.
    #[napi]
    pub fn endpoint(&self) -> &str {
        self.client.endpoint()
    }

    /// The project's ID.
    #[napi]
    pub fn project(&self) -> Option<&str> {
        self.client.project()
    }

    /// Whether any certificate is accepted.
    #[napi]
    pub fn self_signed(&self) -> bool {
        self.client.is_self_signed()
    }

    /// The headers that every call sends, names in lower case, as a JSON object.
    #[napi]
    pub fn headers(&self) -> String {
        let headers = self.client.headers().map(|(name, value)| (name.to_owned(), value.into()));
        Value::Object(headers.collect()).to_string()
    }

    /// The names of those headers whose values nothing may print.
    #[napi]
    pub fn hidden_headers(&self) -> Vec<String> {
        self.client.hidden_headers().map(str::to_owned).collect()
    }

    fn or_thrown(&self, client: polywrite::Result<Client>) -> Result<Self> {
        Ok(Self { client: thrown(client)?, environment: Arc::clone(&self.environment) })
    }
}
